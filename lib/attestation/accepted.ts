/**
 * The register of what may stand in an account although no template of this application declares it: the CDK's bootstrap
 * buckets, the stores of other teams' stacks. Strict: an entry names one type and one name, has an owner, a reason, a data
 * class and an end; one that is over accepts nothing, and one that matches nothing is itself a finding.
 */
import { z } from 'zod';
import { parseRegister } from '../residency/registers/register-error';
import { accountId, dataClass, isoDate, regionName, sentence } from '../residency/registers/words';
import { attested, broken, holds } from './model';
import type { Accepted, AttestedClaim, Unexpected } from './model';

const acceptance = z.strictObject({
  /** CloudFormation's name of the type: `AWS::S3::Bucket`. */
  type: z.string().regex(/^[A-Z]\w+::\w+(::\w+)?$/u, 'a type is written as CloudFormation does, AWS::S3::Bucket'),
  /** The ARN or id as the attestation prints it; `*` stands for any text behind at least ten fixed characters. */
  name: z
    .string()
    .regex(/^[^*\s]{10,}/u, 'at least ten characters before the first *, so that it cannot mean everything'),
  account: accountId.optional(),
  region: regionName.optional(),
  class: dataClass,
  owner: sentence,
  reason: sentence,
  /** The last day on which it is accepted. */
  expires: isoDate,
});

const acceptedSchema = z.strictObject({ accepted: z.array(acceptance).default([]) });

export type Acceptance = z.output<typeof acceptance>;

/** Reads a parsed register. @throws RegisterError naming the first objection in one line */
export function parseAccepted(data: unknown, file: string): readonly Acceptance[] {
  return parseRegister(
    acceptedSchema,
    data ?? {},
    file,
    'An acceptance has type, name, class, owner, reason and expires (YYYY-MM-DD); account and region narrow it.',
  ).accepted;
}

/** Takes what is accepted out of the unexpected; what an entry no longer or never covers is named. */
export function acceptedOf(
  unexpected: readonly Unexpected[],
  register: readonly Acceptance[],
  today: string,
): { unexpected: Unexpected[]; accepted: Accepted[]; claims: AttestedClaim[] } {
  const used = new Set<Acceptance>();
  const left: Unexpected[] = [];
  const accepted: Accepted[] = [];
  for (const thing of unexpected) {
    const entry = register.find((each) => matches(each, thing));
    if (entry) used.add(entry);
    if (entry && entry.expires >= today && !/restricted/u.test(thing.dataClass)) {
      const { owner, reason, expires } = entry;
      accepted.push({ thing: { ...thing, dataClass: entry.class }, owner, reason, expires });
    } else left.push(thing);
  }
  return {
    unexpected: left,
    accepted,
    claims: register.map((entry, index) => registerClaim(entry, index, used, today)),
  };
}

function matches({ type, name, account, region }: Acceptance, thing: Unexpected): boolean {
  if (type !== thing.type || (account ?? thing.account) !== thing.account || (region ?? thing.region) !== thing.region)
    return false;
  const pattern = name
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/gu, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`, 'u').test(thing.name);
}

function registerClaim(entry: Acceptance, index: number, used: ReadonlySet<Acceptance>, today: string): AttestedClaim {
  const subject = { stack: 'accepted', logicalId: `entry-${index + 1}`, type: 'register', name: entry.name };
  const claim = { slug: 'in-force', expected: `is needed, and accepted until ${entry.expires}` };
  if (entry.expires < today)
    return attested(
      subject,
      claim,
      broken(
        `expired on ${entry.expires}`,
        'an expired entry accepts nothing',
        'Renew it with its owner, or delete it.',
      ),
    );
  return attested(
    subject,
    claim,
    used.has(entry)
      ? holds(`accepted by ${entry.owner}`)
      : broken(
          'matches nothing',
          'an entry that nothing needs would cover what comes next',
          'Delete it, or correct its name.',
        ),
  );
}
