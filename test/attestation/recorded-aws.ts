/** Answers of AWS as recorded, by operation; what is not recorded answers empty, as a list of nothing does. */
import { Bounded, Reading, attest } from '../../lib/attestation';
import type { Attestation, ReadingOptions, Readings, Sender, Service } from '../../lib/attestation';
import { keysService } from '../../lib/attestation/keys/service';
import { SERVICES } from '../../lib/attestation/services';
import { findRegion } from '../../lib/geo';
import { applicationOf } from '../../lib/template';
import type { Json } from '../../lib/template';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const STACK = 'dub-1-stores';

type Answer = object | ((input: Record<string, unknown>, region: string) => object);

/** Operation (`GetBucketPolicy`) → its answer, or the error it ends in. */
export type Answers = Readonly<Record<string, Answer>>;

export const refusal = (name = 'AccessDeniedException'): Error => Object.assign(new Error('no'), { name });

const sender = (answers: Answers, region: string): Sender => ({
  send: (command: never) => {
    const { constructor, input } = command as { constructor: { name: string }; input: Record<string, unknown> };
    const recorded = answers[constructor.name.replace(/Command$/u, '')] ?? {};
    const answer =
      typeof recorded === 'function'
        ? (recorded as Extract<Answer, (...a: never[]) => object>)(input, region)
        : recorded;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  },
});

/** Services under test; keys have tests of their own. */
export const STORES: readonly Service[] = SERVICES.filter(({ slug }) => slug !== keysService().slug);

export interface Recorded {
  readonly resources: Record<string, { Type: string; Properties?: Json; Condition?: string }>;
  /** Logical id → physical id, as CloudFormation records it. */
  readonly physical: Readonly<Record<string, string>>;
  readonly answers: Answers;
}

/** Attests a stack of these resources against these answers. @param regions looked at beside the stack's own */
export function attestRecorded(
  { resources, physical, answers }: Recorded,
  services: readonly Service[] = STORES,
  {
    regions = [],
    onCall = () => undefined,
    onAnswer = () => undefined,
  }: { regions?: readonly string[] } & Pick<ReadingOptions, 'onCall' | 'onAnswer'> = {},
): Promise<Attestation> {
  const application = applicationOf(
    [{ template: { Resources: resources as unknown as Json }, stackName: STACK, account: ACCOUNT, region: REGION }],
    { partitionOf: (region) => findRegion(region)?.partition },
  );
  return attest(application, recordedReadings({ physical, answers }, { onCall, onAnswer }), { services, regions });
}

/** Readings that answer as recorded, in every account and Region. */
export function recordedReadings(
  { physical, answers }: Pick<Recorded, 'physical' | 'answers'>,
  options: Omit<ReadingOptions, 'gate'> = {},
): Readings {
  const stack = {
    StackResourceSummaries: Object.entries(physical).map(([LogicalResourceId, PhysicalResourceId]) => ({
      LogicalResourceId,
      PhysicalResourceId,
      ResourceStatus: 'CREATE_COMPLETE',
    })),
  };
  const all: Answers = { ListStackResources: stack, ...answers };
  return (account, region) =>
    Promise.resolve(new Reading({ account, region }, () => sender(all, region), { gate: new Bounded(8), ...options }));
}

export const faultsOf = ({ claims, unexpected }: Attestation): string[] => [
  ...claims.filter(({ verdict }) => verdict !== 'holds').map(({ verdict, id }) => `${verdict} ${id}`),
  ...unexpected.map(({ type, name }) => `unexpected ${type} ${name}`),
];
