/**
 * Deployed equals declared, for customer keys: the application's claims against what readers answer, and the inventory of
 * what no template declares. Pure apart from the readers it is given.
 */
import type { Application, Problem, Template } from '../template';
import { keyClaims } from './key-claims';
import { ATTESTED_TYPES, keyDeclarations } from './key-declaration';
import type { KeyDeclaration } from './key-declaration';
import { identifyKeys } from './key-identity';
import type { KeyIdentity } from './key-identity';
import { INVENTORY_CLAIM, inventoryFinding, unexpectedKeys } from './key-inventory';
import { readKeyPlace } from './key-place';
import type { KeyPlace } from './key-place';
import type { KeyEvidence, KmsReader } from './kms-evidence';
import { answered, attested, subjectId, unseen } from './model';
import type {
  Attestation,
  AttestationVerdict,
  AttestedClaim,
  Finding,
  NotAttested,
  Subject,
  Unexpected,
} from './model';

/** Why an account or Region cannot be read at all, and what to do. */
export interface Unreadable {
  readonly why: string;
  readonly remedy: string;
}

/** Gives the reader of an account and Region. */
export type ReaderFactory = (account: string, region: string) => Promise<KmsReader | Unreadable>;

export interface AttestOptions {
  /** Regions whose inventory is taken beside those the stacks stand in, for every account of the application. */
  readonly regions: readonly string[];
}

interface Place {
  readonly account: string;
  readonly region: string;
}

interface Part {
  readonly claims: readonly AttestedClaim[];
  readonly unexpected: readonly Unexpected[];
}

/** Compares what is deployed with what is declared. Never throws for what AWS refuses: that is `unseen`. */
export async function attest(
  application: Application,
  readers: ReaderFactory,
  { regions }: AttestOptions,
): Promise<Attestation> {
  const declarations = keyDeclarations(application);
  const at = (place: Place): KeyDeclaration[] =>
    declarations.filter(({ subject }) => subject.account === place.account && subject.region === place.region);
  const homeless = declarations.filter(({ subject }) => subject.account === undefined || subject.region === undefined);
  const parts: Part[] = [
    { claims: application.problems.map(problemClaim), unexpected: [] },
    { claims: homeless.flatMap((key) => withoutEvidence(key, NO_ENVIRONMENT)), unexpected: [] },
    ...(await Promise.all(
      placesOf(application.templates, regions).map((place) => attestPlace(place, at(place), readers)),
    )),
  ];
  return summary(
    parts.flatMap(({ claims }) => claims),
    parts.flatMap(({ unexpected }) => unexpected),
    notAttested(application),
  );
}

const NO_ENVIRONMENT = unseen(
  'the stack has no fixed account and Region',
  'Give the stack an explicit environment, so that it can be found.',
);

/** Every account of the application in every Region of the application and of the list. */
function placesOf(templates: readonly Template[], regions: readonly string[]): Place[] {
  const accounts = new Set(templates.flatMap(({ source }) => (source.account === undefined ? [] : [source.account])));
  const everywhere = new Set([
    ...templates.flatMap(({ source }) => (source.region === undefined ? [] : [source.region])),
    ...regions,
  ]);
  return [...accounts].sort().flatMap((account) => [...everywhere].sort().map((region) => ({ account, region })));
}

async function attestPlace(
  place: Place,
  declarations: readonly KeyDeclaration[],
  readers: ReaderFactory,
): Promise<Part> {
  const inventory: Subject = {
    ...place,
    type: 'AWS::KMS',
    name: `customer keys of ${place.account} in ${place.region}`,
  };
  const reader = await readers(place.account, place.region);
  if (!('listKeys' in reader)) {
    const finding = unseen(reader.why, reader.remedy);
    return {
      claims: [
        attested(inventory, INVENTORY_CLAIM, finding),
        ...declarations.flatMap((key) => withoutEvidence(key, finding)),
      ],
      unexpected: [],
    };
  }
  const keys = await readKeyPlace(reader);
  const identities = await identifyKeys(declarations, keys);
  const judged = await Promise.all(
    [...identities].map(([declaration, identity]) => attestKey(declaration, identity, keys)),
  );
  const declared = new Set([...identities.values()].flatMap(({ keyId }) => (keyId === undefined ? [] : [keyId])));
  return {
    claims: [attested(inventory, INVENTORY_CLAIM, inventoryFinding(keys)), ...judged.flat()],
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

function problemClaim(problem: Problem, index: number): AttestedClaim {
  const subject: Subject = {
    stack: problem.template?.source.stackName ?? problem.file,
    type: 'template',
    name: problem.file,
    ...(problem.logicalId === undefined ? {} : { logicalId: problem.logicalId }),
  };
  const claim = { slug: `readable-${index + 1}`, expected: 'the template can be read completely' };
  return attested(
    subject,
    claim,
    unseen(problem.message, 'Synthesise again; attest only what the assembly shows completely.'),
  );
}

function notAttested(application: Application): NotAttested[] {
  const counts = new Map<string, number>();
  for (const { type, mayExist } of application.resources())
    if (mayExist && !ATTESTED_TYPES.includes(type)) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, count]) => ({ type, count }));
}

function summary(
  claims: readonly AttestedClaim[],
  unexpected: readonly Unexpected[],
  out: readonly NotAttested[],
): Attestation {
  const count = (verdict: AttestedClaim['verdict']): number => claims.filter((each) => each.verdict === verdict).length;
  const counts = {
    holds: count('holds'),
    broken: count('broken'),
    unseen: count('unseen'),
    unexpected: unexpected.length,
  };
  return { verdict: worst(counts), claims: [...claims].sort(byPlace), unexpected, counts, notAttested: out };
}

function worst({ holds, broken, unseen: notSeen, unexpected }: Attestation['counts']): AttestationVerdict {
  if (broken > 0) return 'broken';
  if (unexpected > 0) return 'unexpected';
  return notSeen > 0 || holds === 0 ? 'unseen' : 'holds';
}

/** Stable order: by stack and resource, claims of one resource as they are declared (sort is stable). */
const byPlace = (a: AttestedClaim, b: AttestedClaim): number => {
  const [one, other] = [subjectId(a.resource), subjectId(b.resource)];
  return one === other ? 0 : one < other ? -1 : 1;
};
