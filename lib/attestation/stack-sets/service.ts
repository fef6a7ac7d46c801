/** Attests stack sets: one call of theirs deploys a template into any account and Region. */
import type { StackInstanceSummary } from '@aws-sdk/client-cloudformation';
import { claimOn, listOf, sameSet, setOf, setWords, within } from '../comparison';
import { kindsService } from '../kinds';
import type { Answer, Claim } from '../model';
import type { DeclaredThing, Found, Inventory, Kind } from '../service';
import { STACK_SET_READS } from './stack-sets-reader';

type Instances = Answer<readonly StackInstanceSummary[]>;

interface FoundStackSet extends Found {
  readonly instances: Instances;
}

const STACK_SETS: Kind<FoundStackSet, Instances> = {
  name: 'stack sets',
  types: ['AWS::CloudFormation::StackSet'],
  channels: ['stack-set-region', 'stack-set-account'],
  undeclared: {
    why: 'no template declares this stack set, and it makes stores in every place it names',
    remedy: 'Delete its instances and then it; find in CloudTrail who made it.',
  },
  list: async ({ reading }): Promise<Inventory<FoundStackSet>> => {
    const sets = await reading.list(STACK_SET_READS.sets, { Status: 'ACTIVE' }, ({ Summaries }) => Summaries);
    if (sets.kind === 'missing') return { found: [], gaps: [sets] };
    const found = await Promise.all(
      sets.value.map(async ({ StackSetName: name = '', StackSetId: id = name }): Promise<FoundStackSet> => {
        const instances = await reading.list(
          STACK_SET_READS.instances,
          { StackSetName: name },
          ({ Summaries }) => Summaries,
        );
        const regions = instances.kind === 'answer' ? instances.value.flatMap(({ Region }) => Region ?? []) : [];
        return { id, arn: id, seen: `${regions.length} instances`, reaches: [...new Set(regions)], instances };
      }),
    );
    return { found, gaps: found.flatMap(({ instances }) => (instances.kind === 'missing' ? [instances] : [])) };
  },
  evidence: ({ instances }) => Promise.resolve(instances),
  claims: stackSetClaims,
};

function stackSetClaims(set: DeclaredThing): Claim<Instances>[] {
  const groups = set.at('StackInstancesGroup');
  const regions = setOf(groups, (value) =>
    listOf(value).flatMap((each) => listOf(within(each, 'Regions')).map(String)),
  );
  const accounts = setOf(groups, (value) =>
    listOf(value).flatMap((each) => listOf(within(each, 'DeploymentTargets', 'Accounts')).map(String)),
  );
  const answer = (instances: Instances): Instances => instances;
  return [
    claimOn('regions', setWords(regions, 'into no Region'), answer, (found) =>
      sameSet([...new Set(found.flatMap(({ Region }) => Region ?? []))], regions, 'into no Region'),
    ),
    claimOn('accounts', setWords(accounts, 'into no account by number'), answer, (found) =>
      sameSet(
        // Of an organisational unit the accounts are not named one by one.
        [...new Set(found.flatMap(({ Account, OrganizationalUnitId: unit }) => (Account && !unit ? [Account] : [])))],
        accounts,
        'into no account by number',
      ),
    ),
  ];
}

export const STACK_SETS_SERVICE = kindsService('stack-sets', STACK_SET_READS, [STACK_SETS]);
