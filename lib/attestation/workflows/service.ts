/** Attests Step Functions: what each workflow does, as whom, and where it writes what it did. */
import type { DescribeStateMachineCommandOutput } from '@aws-sdk/client-sfn';
import { isDeepStrictEqual } from 'node:util';
import {
  DECLARE_OR_DELETE,
  FIX_TEMPLATE,
  REDEPLOY,
  claimOnAnswer,
  listOf,
  parsed,
  sameSet,
  sameText,
  setOf,
  setWords,
  shown,
  within,
} from '../comparison';
import type { Declared } from '../declared';
import { kindsService } from '../kinds';
import { broken, holds, unseen } from '../model';
import type { Answer, Claim, Finding } from '../model';
import { inventoryOf } from '../service';
import type { DeclaredThing, Found, Kind } from '../service';
import { WORKFLOW_READS } from './workflows-reader';

type MachineEvidence = Answer<DescribeStateMachineCommandOutput | undefined>;

const MACHINES: Kind<Found, MachineEvidence> = {
  name: 'state machines',
  types: ['AWS::StepFunctions::StateMachine'],
  channels: ['state-machine-definition', 'state-machine-definition-package', 'state-machine-role', 'state-machine-log'],
  undeclared: {
    why: 'no template declares this workflow, and it calls whatever service its role lets it call',
    remedy: DECLARE_OR_DELETE,
  },
  list: async ({ reading }) =>
    inventoryOf(
      await reading.list(WORKFLOW_READS.machines, {}, ({ stateMachines }) => stateMachines),
      ({ stateMachineArn: arn, type }) =>
        arn === undefined ? undefined : { id: arn, arn, seen: `${type ?? '?'} workflow` },
    ),
  evidence: ({ id: stateMachineArn }, { reading }) => reading.one(WORKFLOW_READS.machine, { stateMachineArn }),
  claims: machineClaims,
};

function machineClaims(machine: DeclaredThing): Claim<MachineEvidence>[] {
  const definition = definitionOf(machine);
  const role = machine.at('RoleArn');
  const logs = setOf(machine.at('LoggingConfiguration.Destinations'), (value) =>
    listOf(value).flatMap((each) => {
      const arn = within(each, 'CloudWatchLogsLogGroup', 'LogGroupArn');
      return arn === undefined ? [] : [String(arn)];
    }),
  );
  return [
    claimOnAnswer('definition', 'the steps of the template, and no other', (found) =>
      sameSteps(found?.definition, definition),
    ),
    claimOnAnswer('role', `as ${shown(role)}`, (found) => sameText(found?.roleArn, role, 'it runs as another role')),
    claimOnAnswer('log', setWords(logs, 'writes no log'), (found) =>
      sameSet(
        (found?.loggingConfiguration?.destinations ?? []).flatMap(
          ({ cloudWatchLogsLogGroup }) => cloudWatchLogsLogGroup?.logGroupArn ?? [],
        ),
        logs,
        'writes no log',
      ),
    ),
  ];
}

/** The definition however it is given. In S3 it is outside the template, so nobody can say what was declared. */
function definitionOf(machine: DeclaredThing): Declared {
  if (machine.at('DefinitionS3Location').kind !== 'absent')
    return { kind: 'open', why: 'the definition lies in S3 and not in the template' };
  if (machine.at('DefinitionSubstitutions').kind !== 'absent')
    return { kind: 'open', why: 'the definition has substitutions that CloudFormation fills in' };
  const text = machine.at('DefinitionString');
  return text.kind === 'absent' ? machine.at('Definition') : text;
}

/** By meaning: the order of keys and the blanks of the text do not matter. */
function sameSteps(seen: string | undefined, declared: Declared): Finding {
  if (declared.kind !== 'fixed')
    return unseen(declared.kind === 'open' ? declared.why : 'the template states no definition', FIX_TEMPLATE);
  const wanted = typeof declared.value === 'string' ? parsed(declared.value) : declared.value;
  const there = seen === undefined ? undefined : parsed(seen);
  if (wanted === undefined || there === undefined)
    return unseen('the definition is no JSON document', 'Read it in the console and report the text.');
  return isDeepStrictEqual(there, wanted)
    ? holds('the same steps')
    : broken('other steps', 'the workflow does what no template declares', REDEPLOY);
}

export const WORKFLOWS_SERVICE = kindsService('workflows', WORKFLOW_READS, [MACHINES]);
