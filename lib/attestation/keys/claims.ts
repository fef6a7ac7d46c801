/**
 * What a template promises about a customer key, claim by claim, and how evidence shows or refutes each.
 *
 * Every claim is judged on its own: one refused API call leaves one claim `unseen` and the others as they are.
 */
import type { Declared } from '../declared';
import { strangeGrantee } from './grantee';
import type { KeyDeclaration } from './declaration';
import type { KeyDescription, KeyEvidence } from './kms-evidence';
import { FIX_TEMPLATE, NOT_SAID, REDEPLOY, equalText, isTrue, samePolicy, sameText, shown } from '../comparison';
import { broken, holds, unanswered, unseen } from '../model';
import type { Answer, Claim, Finding } from '../model';
import { describePlace, reachedPlace } from '../places';

export type KeyClaim = Claim<KeyEvidence>;

/** The only spec KMS rotates by itself (KMS developer guide, "Rotate AWS KMS keys"). */
const ROTATABLE_SPEC = 'SYMMETRIC_DEFAULT';

/** All claims about one declared key. A key that KMS cannot rotate has no claim about rotation. */
export function keyClaims(key: KeyDeclaration): KeyClaim[] {
  return [
    account(key),
    region(key),
    alias(key),
    singleRegion(key),
    manager(),
    origin(key),
    specification(key),
    state(key),
    ...(key.spec.kind === 'fixed' && key.spec.value !== ROTATABLE_SPEC ? [] : [rotation(key)]),
    policy(key),
    grants(key),
    tags(key),
  ];
}

// ---------------------------------------------------------------------------------------------------------------------
// Where the key is
// ---------------------------------------------------------------------------------------------------------------------

const ARN = /^arn:(?<partition>[^:]+):kms:(?<region>[^:]*):(?<account>[^:]*):key\//u;

function account({ subject }: KeyDeclaration): KeyClaim {
  const expected = subject.account ?? 'not fixed by the stack';
  return described('account', expected, ({ arn }) =>
    equalText(ARN.exec(arn)?.groups?.account ?? arn, subject.account, 'the key is in another account'),
  );
}

function region({ subject }: KeyDeclaration): KeyClaim {
  const expected = subject.region ? describePlace(reachedPlace(subject.region)) : 'not fixed by the stack';
  return described('region', expected, ({ arn }) => {
    const seen = ARN.exec(arn)?.groups?.region ?? arn;
    const finding = equalText(seen, subject.region, 'the key is in another Region');
    return { ...finding, seen: finding.verdict === 'unseen' ? finding.seen : describePlace(reachedPlace(seen)) };
  });
}

function alias({ aliases, unreadAliases }: KeyDeclaration): KeyClaim {
  const expected = aliases.length > 0 ? `${aliases.join(', ')} and no other` : 'no alias';
  return {
    slug: 'alias',
    expected,
    judge: ({ keyId, aliases: answer }) => {
      if (answer.kind === 'missing') return unanswered(answer);
      if (unreadAliases.length > 0) return unseen(unreadAliases.join('; '), FIX_TEMPLATE);
      const here = answer.value.filter(({ targetKeyId }) => targetKeyId === keyId).map(({ name }) => name);
      const faults = [
        ...aliases
          .filter((name) => !here.includes(name))
          .map((name) => {
            const target = answer.value.find((each) => each.name === name)?.targetKeyId;
            return target === undefined ? `${name} does not exist` : `${name} points to key ${target}`;
          }),
        ...here.filter((name) => !aliases.includes(name)).map((name) => `${name} is not declared`),
      ];
      const seen = here.length > 0 ? here.join(', ') : 'no alias';
      return faults.length === 0 ? holds(seen) : broken(seen, faults.join('; '), REDEPLOY);
    },
  };
}

function singleRegion({ multiRegion }: KeyDeclaration): KeyClaim {
  return described('single-region', 'the key exists in one Region only', (key) => {
    if (multiRegion.kind === 'open') return unseen(multiRegion.why, FIX_TEMPLATE);
    if (key.multiRegion === undefined) return NOT_SAID;
    if (!key.multiRegion) return holds('single-Region');
    return broken(
      describeMultiRegion(key),
      'a multi-Region key can be used, and data encrypted with it read, wherever a replica is',
      'Create a single-Region key, move the data to it and delete the multi-Region key with its replicas.',
    );
  });
}

/** `multi-Region PRIMARY; replicas in us-east-1 (United States, outside the EEA)`. */
export function describeMultiRegion({ multiRegionType, replicas, primary, arn }: KeyDescription): string {
  const regionsOf = replicas.map((replica) => describePlace(reachedPlace(replica.region)));
  return [
    `multi-Region ${multiRegionType ?? 'key'}`,
    ...(primary && primary.arn !== arn ? [`primary in ${describePlace(reachedPlace(primary.region))}`] : []),
    regionsOf.length > 0 ? `replicas in ${regionsOf.join(', ')}` : 'no replica yet',
  ].join('; ');
}

// ---------------------------------------------------------------------------------------------------------------------
// What the key is
// ---------------------------------------------------------------------------------------------------------------------

function manager(): KeyClaim {
  return described('manager', 'managed by the customer', (key) =>
    equalText(key.manager, 'CUSTOMER', 'the key is not under our policy'),
  );
}

function origin({ origin: declared }: KeyDeclaration): KeyClaim {
  return described('origin', `key material from ${shown(declared)}`, (key) =>
    sameText(key.origin, declared, 'the key material has another origin, so somebody else may hold a copy of it'),
  );
}

function specification({ spec, usage }: KeyDeclaration): KeyClaim {
  return described('specification', `${shown(spec)} for ${shown(usage)}`, (key) => {
    const findings = [
      sameText(key.spec, spec, 'the key has another spec'),
      sameText(key.usage, usage, 'the key has another usage'),
    ];
    const worst =
      findings.find(({ verdict }) => verdict === 'broken') ?? findings.find(({ verdict }) => verdict === 'unseen');
    const seen = `${key.spec ?? 'a spec not said'} for ${key.usage ?? 'a usage not said'}`;
    return { ...(worst ?? holds(seen)), seen };
  });
}

function state({ enabled }: KeyDeclaration): KeyClaim {
  const wanted = enabled.kind === 'fixed' && !isTrue(enabled.value) ? 'Disabled' : 'Enabled';
  return described('state', `${wanted.toLowerCase()}, and not pending deletion`, (key) => {
    const { state: seen, deletionDate } = key;
    if (seen === undefined || key.enabled === undefined) return NOT_SAID;
    if (deletionDate !== undefined || /^Pending.*Deletion$/u.test(seen))
      return broken(
        deletionDate === undefined ? seen : `${seen}, gone after ${deletionDate}`,
        'when the key is gone, so is everything encrypted with it',
        'Cancel the deletion (kms:CancelKeyDeletion), enable the key, and find who scheduled it.',
      );
    if (enabled.kind === 'open') return unseen(enabled.why, FIX_TEMPLATE);
    return seen === wanted && key.enabled === (wanted === 'Enabled')
      ? holds(seen)
      : broken(seen, `the key is ${seen}`, REDEPLOY);
  });
}

function rotation({ rotation: declared, rotationDays }: KeyDeclaration): KeyClaim {
  const wanted = declared.kind === 'fixed' && isTrue(declared.value);
  return {
    slug: 'rotation',
    expected: wanted ? `rotates every ${shown(rotationDays)} days` : 'does not rotate by itself',
    judge: ({ rotation: answer }) => {
      if (answer.kind === 'missing') return unanswered(answer);
      if (declared.kind === 'open') return unseen(declared.why, FIX_TEMPLATE);
      const { enabled, periodInDays } = answer.value;
      if (enabled === undefined) return NOT_SAID;
      if (enabled !== wanted)
        return broken(enabled ? 'rotation enabled' : 'rotation disabled', 'rotation is not as declared', REDEPLOY);
      if (!wanted) return holds('rotation disabled');
      if (periodInDays === undefined) return NOT_SAID;
      return sameText(
        String(periodInDays),
        rotationDays,
        'the key rotates at another pace',
        (days) => `every ${days} days`,
      );
    },
  };
}

// ---------------------------------------------------------------------------------------------------------------------
// Who may use the key
// ---------------------------------------------------------------------------------------------------------------------

function policy({ policy: declared }: KeyDeclaration): KeyClaim {
  return {
    slug: 'policy',
    expected: 'the key policy of the template, and nothing beside it',
    judge: ({ policy: answer }) => {
      if (answer.kind === 'missing') return unanswered(answer);
      if (declared.kind === 'absent')
        return unseen('the template states no policy, so KMS chose one', 'State the key policy in the template.');
      return samePolicy(answer.value, declared);
    },
  };
}

function grants({ subject }: KeyDeclaration): KeyClaim {
  return {
    slug: 'grants',
    expected: "grants only to AWS services of the key's Region and the account's service-linked roles",
    judge: ({ grants: answer }) => {
      if (answer.kind === 'missing') return unanswered(answer);
      if (subject.account === undefined || subject.region === undefined)
        return unseen('the stack has no fixed environment', FIX_TEMPLATE);
      const at = { account: subject.account, region: subject.region };
      const strange = answer.value.flatMap(({ grantId, grantee, operations }) => {
        const fault = strangeGrantee(grantee, at);
        return fault === undefined
          ? []
          : [`grant ${grantId}: ${fault} and may ${operations.join(', ') || 'do nothing named'}`];
      });
      const seen = `${answer.value.length} ${answer.value.length === 1 ? 'grant' : 'grants'}`;
      return strange.length === 0
        ? holds(seen)
        : broken(seen, strange.join('; '), 'Revoke the grant (kms:RevokeGrant) and find who made it.');
    },
  };
}

function tags({ tags: declared }: KeyDeclaration): KeyClaim {
  const wanted = tagMap(declared);
  return {
    slug: 'tags',
    expected: wanted.size > 0 ? [...wanted].map(([key, value]) => `${key}=${value}`).join(', ') : 'no tags',
    judge: ({ tags: answer }) => {
      if (answer.kind === 'missing') return unanswered(answer);
      if (declared.kind === 'open') return unseen(declared.why, FIX_TEMPLATE);
      // AWS's own tags are set by CloudFormation and cannot be set by hand.
      const seen = new Map([...answer.value].filter(([key]) => !key.startsWith('aws:')));
      const faults = [
        ...[...wanted].filter(([key]) => !seen.has(key)).map(([key]) => `${key} is missing`),
        ...[...wanted]
          .filter(([key, value]) => seen.has(key) && seen.get(key) !== value)
          .map(([key]) => `${key} is ${seen.get(key)}`),
        ...[...seen].filter(([key]) => !wanted.has(key)).map(([key, value]) => `${key}=${value} is not declared`),
      ];
      const text = seen.size > 0 ? [...seen].map(([key, value]) => `${key}=${value}`).join(', ') : 'no tags';
      return faults.length === 0 ? holds(text) : broken(text, faults.join('; '), REDEPLOY);
    },
  };
}

/** Tags of a template as a map; empty when there are none or they are open. */
export function tagMap(declared: Declared): ReadonlyMap<string, string> {
  const tagsOf = declared.kind === 'fixed' && Array.isArray(declared.value) ? declared.value : [];
  return new Map(
    tagsOf.flatMap((tag): [string, string][] =>
      typeof tag === 'object' && tag !== null && !Array.isArray(tag) && tag.Key !== undefined
        ? [[String(tag.Key), String(tag.Value ?? '')]]
        : [],
    ),
  );
}

// ---------------------------------------------------------------------------------------------------------------------
// Comparing
// ---------------------------------------------------------------------------------------------------------------------

/** A claim on the description of the key alone. */
function described(slug: string, expected: string, judge: (key: KeyDescription) => Finding): KeyClaim {
  return {
    slug,
    expected,
    judge: ({ description }: { readonly description: Answer<KeyDescription> }) =>
      description.kind === 'missing' ? unanswered(description) : judge(description.value),
  };
}
