/**
 * Attests the perimeter: text and attachment of the policies of the organisation that templates declare. It is asked only
 * where a template declares one, because only the management account (or its delegate) is answered.
 */
import type { DescribePolicyCommandOutput, PolicyTargetSummary } from '@aws-sdk/client-organizations';
import { claimOn, claimThat, listOf, samePolicy, sameSet, setOf, setWords } from '../comparison';
import { kindsService } from '../kinds';
import { answered } from '../model';
import type { Answer } from '../model';
import { inventoryOf } from '../service';
import type { Context, Found, Inventory, Kind } from '../service';
import { ORGANIZATION_READS } from './organization-reader';

const POLICY = 'AWS::Organizations::Policy';
const DELEGATION = 'AWS::Organizations::ResourcePolicy';

interface PolicyEvidence {
  readonly policy: Answer<DescribePolicyCommandOutput | undefined>;
  readonly targets: Answer<readonly PolicyTargetSummary[]>;
}

/**
 * The kinds of policies that are a perimeter: what principals may do, what may be done with resources, how EC2 is set, and
 * that AI services keep nothing.
 */
const PERIMETER = [
  'SERVICE_CONTROL_POLICY',
  'RESOURCE_CONTROL_POLICY',
  'DECLARATIVE_POLICY_EC2',
  'AISERVICES_OPT_OUT_POLICY',
] as const;

const declaresHere = ({ application, place }: Context, type: string): boolean =>
  application
    .ofType(type)
    .some(({ template: { source } }) => source.account === place.account && source.region === place.region);

const POLICIES: Kind<Found, PolicyEvidence> = {
  name: 'policies of the organisation',
  types: [POLICY],
  channels: ['organization-policy'],
  undeclared: {
    why: 'no template declares this policy; beside a Deny it only narrows, but nobody has judged it',
    remedy: 'Declare it or register it; find in CloudTrail who made it.',
  },
  list: async (context): Promise<Inventory<Found>> => {
    if (!declaresHere(context, POLICY)) return { found: [], gaps: [] };
    const parts = await Promise.all(
      PERIMETER.map(async (Filter) =>
        inventoryOf(
          await context.reading.list(ORGANIZATION_READS.policies, { Filter }, ({ Policies }) => Policies),
          (item) => ({
            id: item.Id ?? '',
            arn: item.Arn ?? item.Id ?? '',
            seen: `${item.Name ?? 'policy'} (${item.Type ?? '?'})`,
            // FullAWSAccess and its like: AWS's own, and unchangeable.
            derived: item.AwsManaged === true,
          }),
        ),
      ),
    );
    return { found: parts.flatMap(({ found }) => found), gaps: parts.flatMap(({ gaps }) => gaps) };
  },
  evidence: async ({ id: PolicyId }, { reading }) => {
    const [policy, targets] = await Promise.all([
      reading.one(ORGANIZATION_READS.policy, { PolicyId }),
      reading.list(ORGANIZATION_READS.targets, { PolicyId }, ({ Targets }) => Targets),
    ]);
    return { policy, targets };
  },
  claims: (policy) => {
    const targets = setOf(policy.at('TargetIds'), (value) => listOf(value).map(String));
    return [
      claimOn(
        'text',
        'the policy of the template, and nothing beside it',
        (evidence: PolicyEvidence) => evidence.policy,
        (answer) => samePolicy(answer?.Policy?.Content, policy.at('Content')),
      ),
      claimOn(
        'attachments',
        setWords(targets, 'attached to nothing'),
        (evidence: PolicyEvidence) => evidence.targets,
        (found) =>
          sameSet(
            found.map(({ TargetId }) => TargetId ?? '?'),
            targets,
            'attached to nothing',
            'Attach the policy where the template says (organizations:AttachPolicy), and find in CloudTrail who changed it.',
          ),
      ),
    ];
  },
};

interface FoundDelegation extends Found {
  readonly text: string;
}

const DELEGATIONS: Kind<FoundDelegation, string> = {
  name: 'delegation of the organisation',
  types: [DELEGATION],
  channels: ['organization-delegation'],
  undeclared: {
    why: 'no template declares that other accounts may change policies of the organisation',
    remedy: 'Delete it (organizations:DeleteResourcePolicy), and find in CloudTrail who set it.',
  },
  list: async (context) => {
    if (!declaresHere(context, POLICY) && !declaresHere(context, DELEGATION)) return { found: [], gaps: [] };
    const answer = await context.reading.one(ORGANIZATION_READS.delegation, {});
    if (answer.kind === 'missing') return { found: [], gaps: [answer] };
    const { ResourcePolicySummary: summary, Content: text = '' } = answer.value?.ResourcePolicy ?? {};
    return inventoryOf(answered(summary?.Id === undefined ? [] : [summary.Id]), (id) => ({
      id,
      arn: summary?.Arn ?? id,
      seen: text.replace(/\s+/gu, ' ').slice(0, 200),
      text,
    }));
  },
  evidence: ({ text }) => Promise.resolve(text),
  claims: (delegation) => [
    claimThat('text', 'the delegation of the template', (text: string) => samePolicy(text, delegation.at('Content'))),
  ],
};

export const ORGANIZATION_SERVICE = kindsService('organization', ORGANIZATION_READS, [POLICIES, DELEGATIONS]);
