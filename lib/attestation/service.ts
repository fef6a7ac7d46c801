/**
 * What attesting one service means: which questions it asks, which declared types its claims speak about, and how one place
 * is attested. Most services are `kinds`: things that can be listed, compared with what is declared, and looked at one by one.
 */
import type { Application, Resource } from '../template';
import type { Declared } from './declared';
import { declaredAt } from './declared';
import type { Deployment } from './deployment';
import type { Answer, AttestedClaim, Claim, Finding, Missing, Subject, Unexpected } from './model';
import type { Place, Unreadable } from './place';
import type { AnyRead } from './read';
import type { Reading } from './reading';

/** Everything one service needs to attest one place. */
export interface Context {
  readonly place: Place;
  readonly reading: Reading;
  /** The same account in the Region where questions about the account as a whole are asked. */
  readonly home: Reading;
  /** Regions of this account that are looked at in this run. */
  readonly regions: readonly string[];
  readonly application: Application;
  readonly deployment: Deployment;
  /** The same account in another Region. */
  elsewhere(region: string): Promise<Reading | Unreadable>;
}

/** What one service found out about one place. */
export interface Part {
  readonly claims: readonly AttestedClaim[];
  readonly unexpected: readonly Unexpected[];
}

export interface Service {
  readonly slug: string;
  /** Declared types that claims of this service speak about. */
  readonly types: readonly string[];
  readonly reads: readonly AnyRead[];
  /** Slugs of the catalogue's rows that its claims and inventories answer for. */
  readonly channels: readonly string[];
  attest(context: Context): Promise<Part>;
  /** Every claim about the place, when nothing of it can be read. */
  unread(place: Place, declared: readonly Resource[], finding: Finding): readonly AttestedClaim[];
}

/** A declared resource with the real thing it became. */
export interface DeclaredThing {
  readonly resource: Resource;
  readonly subject: Subject;
  readonly deployment: Deployment;
  /** A property as one plain value, references to deployed resources included. */
  at(path: string): Declared;
}

export function declaredThing(resource: Resource, deployment: Deployment): DeclaredThing {
  const { source } = resource.template;
  const id = deployment.idOf(resource);
  return {
    resource,
    deployment,
    subject: {
      ...(source.account === undefined ? {} : { account: source.account }),
      ...(source.region === undefined ? {} : { region: source.region }),
      stack: source.stackName,
      logicalId: resource.logicalId,
      type: resource.type,
      name: (id.kind === 'answer' ? id.value : undefined) ?? resource.constructPath ?? resource.logicalId,
    },
    at: (path) => declaredAt(resource, path, deployment.textOf),
  };
}

/** Something an account holds. */
export interface Found {
  /** What CloudFormation would record as its physical id. */
  readonly id: string;
  readonly arn: string;
  /** CloudFormation's name for it, when it is not the kind's own. */
  readonly type?: string;
  /** The answer in words: enough to find it and to see what it is. */
  readonly seen: string;
  /** Data class its tags state. */
  readonly dataClass?: string;
  /** Further Regions it reaches. */
  readonly reaches?: readonly string[];
  /** Why it matters that nobody declared it; the kind's own reason when left out. */
  readonly why?: string;
  /** True when AWS made it for something that is declared, such as the automated backup of a database. */
  readonly derived?: boolean;
}

export interface Inventory<F extends Found> {
  readonly found: readonly F[];
  /** Answers that are missing for a complete list. */
  readonly gaps: readonly Missing[];
}

/** Things of one kind: how they are listed, looked at, and what is promised about a declared one. */
export interface Kind<F extends Found, E> {
  /** In words, plural: `buckets`. */
  readonly name: string;
  readonly types: readonly string[];
  /** Slugs of the catalogue's rows that the claims and the inventory of this kind answer for. */
  readonly channels: readonly string[];
  list(context: Context): Promise<Inventory<F>>;
  /** Evidence about a declared one that was found. */
  evidence(found: F, context: Context, declared: DeclaredThing): Promise<E>;
  claims(declared: DeclaredThing): readonly Claim<E>[];
  /** Why an undeclared one matters, and what to do. */
  readonly undeclared: { readonly why: string; readonly remedy: string };
}

/** A kind nobody looks at one by one: a declared one exists or does not, an undeclared one is unexpected. */
export const listed = (kind: Omit<Kind<Found, undefined>, 'evidence' | 'claims'>): Kind<Found, undefined> => ({
  ...kind,
  evidence: () => Promise.resolve(undefined),
  claims: () => [],
});

/** The data class among tags of either spelling; undefined when none states it. */
export const dataClassOf = (
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): { dataClass?: string } => {
  const stated = tags?.find(({ Key }) => Key === 'data-class')?.Value;
  return stated === undefined ? {} : { dataClass: stated };
};

/** A list answer as an inventory. */
export const inventoryOf = <T, F extends Found>(
  answer: Answer<readonly T[]>,
  found: (item: T) => F | readonly F[] | undefined,
): Inventory<F> =>
  answer.kind === 'missing'
    ? { found: [], gaps: [answer] }
    : { found: answer.value.flatMap((item) => found(item) ?? []), gaps: [] };
