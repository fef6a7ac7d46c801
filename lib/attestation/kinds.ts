/** Attests a service whose things are listed, compared with the declared ones, and looked at one by one. */
import type { Resource } from '../template';
import { attested, broken, holds, unanswered, unseen } from './model';
import type { AttestedClaim, Finding, Missing, Subject, Unexpected } from './model';
import type { Place } from './place';
import { reachedPlace } from './places';
import type { AnyRead } from './read';
import { declaredThing } from './service';
import type { Context, DeclaredThing, Found, Kind, Part, Service } from './service';

// A list of kinds of different evidence: each is only ever given what it found itself.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyKind = Kind<any, any>;

export const kindsService = (
  slug: string,
  reads: Readonly<Record<string, AnyRead>>,
  kinds: readonly AnyKind[],
): Service => ({
  slug,
  types: kinds.flatMap(({ types }) => types),
  reads: Object.values(reads),
  channels: kinds.flatMap(({ channels }) => channels),
  attest: async (context) => {
    const parts = await Promise.all(kinds.map((kind) => attestKind(kind, context)));
    return {
      claims: [
        attested(inventorySubject(slug, context.place), inventoryClaim(slug), completeness(parts)),
        ...parts.flatMap(({ claims }) => claims),
      ],
      unexpected: parts.flatMap(({ unexpected }) => unexpected),
    };
  },
  unread: (place, declared, finding) => [
    attested(inventorySubject(slug, place), inventoryClaim(slug), finding),
    ...declared.map((resource) => attested(bareSubject(resource), EXISTENCE, finding)),
  ],
});

const EXISTENCE = { slug: 'existence', expected: 'what the template declares exists' } as const;

const inventoryClaim = (slug: string): { slug: string; expected: string } => ({
  slug: `${slug}-inventory`,
  expected: `everything the ${slug} service holds in this account and Region can be seen`,
});

const inventorySubject = (slug: string, { account, region }: Place): Subject => ({
  account,
  region,
  type: 'inventory',
  name: `${slug} of ${account} in ${region}`,
});

const bareSubject = ({ template: { source }, logicalId, type, constructPath }: Resource): Subject => ({
  ...(source.account === undefined ? {} : { account: source.account }),
  ...(source.region === undefined ? {} : { region: source.region }),
  stack: source.stackName,
  logicalId,
  type,
  name: constructPath ?? logicalId,
});

interface KindPart extends Part {
  readonly count: number;
  readonly gaps: readonly Missing[];
}

async function attestKind(kind: AnyKind, context: Context): Promise<KindPart> {
  const { place, deployment, application } = context;
  const declared = kind.types
    .flatMap((type) => application.ofType(type))
    .filter(({ mayExist, template }) => mayExist && isAt(place, template.source))
    .map((resource) => declaredThing(resource, deployment));
  const { found, gaps } = await kind.list(context);
  const byId = new Map<string, Found>(found.map((each) => [each.id, each]));
  const ids = new Set<string>();
  const claims = await Promise.all(
    declared.map(async (thing): Promise<AttestedClaim[]> => {
      const id = deployment.idOf(thing.resource);
      const there = id.kind === 'answer' && id.value !== undefined ? byId.get(id.value) : undefined;
      if (there) ids.add(there.id);
      if (!there) return withoutEvidence(kind, thing, absence(thing, gaps, kind));
      const evidence: unknown = await kind.evidence(there, context, thing);
      return [
        attested(thing.subject, EXISTENCE, holds(there.arn)),
        ...kind.claims(thing).map((claim) => attested(thing.subject, claim, claim.judge(evidence))),
      ];
    }),
  );
  return {
    claims: claims.flat(),
    unexpected: found
      .filter(({ id, derived }) => !ids.has(id) && !derived)
      .map((each) => unexpected(kind, each, place)),
    count: found.length,
    gaps,
  };
}

const isAt = (place: Place, source: { account?: string; region?: string }): boolean =>
  source.account === place.account && source.region === place.region;

function absence({ resource, deployment }: DeclaredThing, gaps: readonly Missing[], kind: AnyKind): Finding {
  const id = deployment.idOf(resource);
  if (id.kind === 'missing') return unanswered(id);
  const [gap] = gaps;
  if (gap) return unanswered(gap);
  if (resource.condition !== undefined && id.value === undefined)
    return unseen(
      'a condition decides whether it exists, and its stack does not hold it',
      'Deploy it, or take the condition out of the template.',
    );
  return broken(
    'not there',
    id.value === undefined
      ? `stack ${resource.template.source.stackName} does not hold ${resource.logicalId}`
      : `${id.value} is not among the ${kind.name} of this account and Region`,
    'Deploy the stack; if it was deployed, find in CloudTrail who deleted it.',
  );
}

function withoutEvidence(kind: AnyKind, thing: DeclaredThing, finding: Finding): AttestedClaim[] {
  const rest = finding.verdict === 'broken' ? unseen('it was not found', finding.remedy) : finding;
  return [
    attested(thing.subject, EXISTENCE, finding),
    ...kind.claims(thing).map((claim) => attested(thing.subject, claim, rest)),
  ];
}

const unexpected = (kind: AnyKind, found: Found, place: Place): Unexpected => ({
  id: `${place.account}/${place.region}/${found.arn}`,
  type: found.type ?? kind.types[0] ?? kind.name,
  account: place.account,
  region: place.region,
  name: found.arn,
  seen: found.seen,
  reaches: (found.reaches ?? []).filter((region) => region !== place.region).map(reachedPlace),
  dataClass: found.dataClass ?? 'unknown',
  why: found.why ?? kind.undeclared.why,
  remedy: kind.undeclared.remedy,
});

function completeness(parts: readonly KindPart[]): Finding {
  const [first, ...more] = parts.flatMap(({ gaps }) => gaps);
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  if (!first) return holds(`${count} seen`);
  return unseen(`${first.why}${more.length > 0 ? `, and ${more.length} more` : ''}`, first.remedy);
}
