/** Attests the customer keys of one place: the declared ones claim by claim, and the inventory of all. */
import { attested, answered, unseen } from '../model';
import type { AttestedClaim, Finding, Subject } from '../model';
import type { Place } from '../place';
import type { Reading } from '../reading';
import type { Context, Part, Service } from '../service';
import { keyClaims } from './claims';
import { ATTESTED_TYPES, keyDeclaration, keyDeclarations } from './declaration';
import type { KeyDeclaration } from './declaration';
import { identifyKeys } from './identity';
import type { KeyIdentity } from './identity';
import { INVENTORY_CLAIM, inventoryFinding, unexpectedKeys } from './inventory';
import { readKeyPlace } from './key-place';
import type { KeyPlace } from './key-place';
import type { KeyEvidence, KmsReader } from './kms-evidence';
import { KEY_READS, kmsReader } from './kms-reader';

/** @param readerOf gives the KMS reader of a place; recorded answers can stand in for it */
export const keysService = (readerOf: (reading: Reading) => KmsReader = kmsReader): Service => ({
  slug: 'keys',
  types: ATTESTED_TYPES,
  reads: Object.values(KEY_READS),
  channels: [
    'kms-multi-region',
    'kms-replica-key',
    'kms-key-origin',
    'kms-key-policy',
    'kms-replica-key-policy',
    'kms-alias-target',
  ],
  attest: (context) => attestKeys(context, readerOf(context.reading)),
  unread: (place, declared, finding) => [
    attested(inventorySubject(place), INVENTORY_CLAIM, finding),
    ...declared
      .filter(({ type }) => type === ATTESTED_TYPES[0])
      .flatMap((resource) => withoutEvidence(keyDeclaration(resource), finding)),
  ],
});

const inventorySubject = (place: Place): Subject => ({
  ...place,
  type: 'AWS::KMS',
  name: `customer keys of ${place.account} in ${place.region}`,
});

async function attestKeys({ place, application }: Context, reader: KmsReader): Promise<Part> {
  const declarations = keyDeclarations(application).filter(
    ({ subject }) => subject.account === place.account && subject.region === place.region,
  );
  const keys = await readKeyPlace(reader);
  const identities = await identifyKeys(declarations, keys);
  const judged = await Promise.all(
    [...identities].map(([declaration, identity]) => attestKey(declaration, identity, keys)),
  );
  const declared = new Set([...identities.values()].flatMap(({ keyId }) => (keyId === undefined ? [] : [keyId])));
  return {
    claims: [attested(inventorySubject(place), INVENTORY_CLAIM, inventoryFinding(keys)), ...judged.flat()],
    unexpected: unexpectedKeys(place, keys, declared),
  };
}

const EXISTENCE = { slug: 'existence', expected: 'the key exists' } as const;

async function attestKey(
  declaration: KeyDeclaration,
  { keyId, finding }: KeyIdentity,
  keys: KeyPlace,
): Promise<AttestedClaim[]> {
  const description = keyId === undefined ? undefined : keys.customerKeys.get(keyId);
  if (keyId === undefined || !description) {
    const [existence, ...rest] = withoutEvidence(declaration, unseen('the key was not found', finding.remedy));
    return existence ? [{ ...existence, ...finding }, ...rest] : [];
  }
  const { reader } = keys;
  const [policy, rotation, grants, tags] = await Promise.all([
    reader.keyPolicy(keyId),
    reader.keyRotation(keyId),
    reader.keyGrants(keyId),
    reader.keyTags(keyId),
  ]);
  const evidence: KeyEvidence = {
    keyId,
    description: answered(description),
    aliases: keys.aliases,
    policy,
    rotation,
    grants,
    tags,
  };
  return [
    attested(declaration.subject, EXISTENCE, finding),
    ...keyClaims(declaration).map((claim) => attested(declaration.subject, claim, claim.judge(evidence))),
  ];
}

/** Every claim about a key that could not be looked at, existence first. */
const withoutEvidence = (key: KeyDeclaration, finding: Finding): AttestedClaim[] =>
  [EXISTENCE, ...keyClaims(key)].map((claim) => attested(key.subject, claim, finding));
