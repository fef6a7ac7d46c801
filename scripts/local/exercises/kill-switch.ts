import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeStateMachineCommand, ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { ENVIRONMENT, TABLE } from '../../../lib/gateway/contract';
import { parseSwitch } from '../../../lib/gateway/decision/kill-switch';
import type { ApiHandler } from '../../../lib/gateway/handling/answering';
import { bundleIn, deployedFunctions, variablesOf } from '../../../test/deployment/deployed-gateway';
import { PEOPLE, answerOf, eventOf, nonce } from '../../../test/gateway/memory-gateway';
import type { Exercise, World } from './world';

/** Access is switched on by two, the auditor's state machine switches it off alone, and the deployed broker refuses. */
export const stopping: Exercise = {
  name: 'kill switch',
  notShown:
    'that Step Functions runs the state machine (the emulator runs no state: its one call is read from the deployed definition and made as it stands there) and that IAM lets the auditor start it (docs/access-matrix.md).',
  async run(world) {
    const { account, placement } = world.enclave.sites[0]!;
    const at = await world.emulator.client(account, placement.region);
    const { call, parameter } = await deployedGateway(world);
    const ssm = new SSMClient(at);
    const access = async (): Promise<string> =>
      parseSwitch((await ssm.send(new GetParameterCommand({ Name: parameter }))).Parameter!.Value!)?.access ??
      'unreadable';
    const use = { dataset: 'social', class: 'interoperable', purpose: 'service-operation', object: 'posts.jsonl' };
    const reasons = async (): Promise<string> => String((await call('broker', 'anna', 'SE', use))['reasons']);
    await call('killSwitch', 'uma', 'DE', { access: 'on' });
    const proposed = await access();
    await call('killSwitch', 'olaf', 'NO', { access: 'on' });
    const on = { flag: await access(), broker: await reasons() };

    const sfn = new SFNClient(at);
    const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({}));
    const { stateMachineArn } = stateMachines.find(({ name }) => name?.endsWith('-stop-access')) ?? {};
    const { definition } = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
    const state = onlyState(definition!);
    const started = Date.now();
    await ssm.send(new PutParameterCommand({ ...state, Value: valueNow(state.Value) }));
    const off = { flag: await access(), broker: await reasons() };
    const seconds = (Date.now() - started) / 1000;
    await call('killSwitch', 'uma', 'DE', { access: 'on' });
    const again = await access();
    return [
      {
        what: 'one person alone does not switch on; operator and auditor together do',
        seen: `after one: ${proposed}; after two: ${on.flag}; the broker asks for ${on.broker}`,
        holds: proposed === 'off' && on.flag === 'on' && !on.broker.includes('kill-switch'),
      },
      {
        what: 'the one call of the auditor’s state machine switches off, and the deployed broker refuses at once',
        seen: `${off.flag} after ${seconds.toFixed(1)} s; the broker says ${off.broker}`,
        holds: off.flag === 'off' && off.broker === 'stop.kill-switch',
      },
      { what: 'one person alone does not switch on again', seen: again, holds: again === 'off' },
    ];
  },
};

interface PutParameter {
  readonly Name: string;
  readonly Value: string;
  readonly Type: 'String';
  readonly Overwrite: boolean;
}

/** Arguments of the one state of the definition. @throws Error when there is another, or another call */
function onlyState(definition: string): PutParameter {
  const { States } = JSON.parse(definition) as {
    States: Readonly<Record<string, { Resource: string; Arguments: PutParameter; End?: boolean }>>;
  };
  const [state, ...others] = Object.values(States);
  if (!state?.End || others.length > 0 || !state.Resource.endsWith(':aws-sdk:ssm:putParameter'))
    throw new Error('The state machine does something else than write one parameter.');
  return state.Arguments;
}

/** The text that the expression `{% '…' & $string($millis()) & '…' %}` stands for now. */
function valueNow(expression: string): string {
  const inner = /^\{% '(.*)' %\}$/.exec(expression)?.[1];
  if (inner === undefined) throw new Error(`The state machine writes ${expression}, which is no known expression.`);
  return inner.replaceAll("' & $string($millis()) & '", String(Date.now()));
}

/** The functions as they were uploaded, told what the deployed ones are told. */
async function deployedGateway(world: World) {
  const { account, placement, id } = world.enclave.sites[0]!;
  const variables = variablesOf(await deployedFunctions(world.emulator, account, placement.region));
  const bundle = bundleIn(world.assembly, id);
  // What the emulator lacks: Verified Permissions, and the place where Lambda unpacks a bundle.
  const given = { [ENVIRONMENT.files]: join(bundle, 'files'), [ENVIRONMENT.engine]: 'cedar-wasm' };
  Object.assign(process.env, await world.emulator.env({ account }), variables, given);
  process.env['AWS_REGION'] = placement.region;
  const functions = createRequire(__filename)(join(bundle, 'index.js')) as Record<string, ApiHandler>;
  const dynamo = new DynamoDBClient(await world.emulator.client(account, placement.region));
  for (const person of PEOPLE)
    await dynamo.send(
      new PutItemCommand({
        TableName: variables[ENVIRONMENT.peopleTable]!,
        Item: {
          [TABLE.partitionKey]: { S: `person#${person.id}` },
          [TABLE.version]: { N: '1' },
          [TABLE.document]: { S: JSON.stringify(person) },
        },
      }),
    );
  const call = async (name: string, person: string, network: string, body: object) => {
    const asked = JSON.stringify({ nonce: nonce(), issuedAt: Date.now(), ...body });
    return answerOf(await functions[name]!(eventOf(person, network, asked))).body;
  };
  return { call, parameter: variables[ENVIRONMENT.killSwitchParameter]! };
}
