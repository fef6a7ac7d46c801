/** The policy documents of an application, by whom or what they are about. */
import { rowsOf } from '../../../catalogue';
import type { ChannelRow } from '../../../catalogue';
import type { Leaf, Resource } from '../../../template';
import { ofAll } from '../canonical';
import type { NameOf } from '../canonical';
import type { Holder } from './holder';
import { foreign, managedPolicyAt } from './managed';
import type { Clause } from './statement';
import { clausesOf } from './statement';

/** What a document does: lets callers in, lets its holder act, or only narrows what others allow. */
export type DocumentKind = 'resource' | 'identity' | 'trust' | 'endpoint' | 'boundary' | 'organization' | 'managed';

const KINDS: ReadonlySet<string> = new Set<DocumentKind>([
  'resource',
  'identity',
  'trust',
  'endpoint',
  'boundary',
  'organization',
  'managed',
]);

/** All statements of one kind about one holder, from however many resources. */
export interface Policy {
  readonly kind: DocumentKind;
  readonly holder: Holder;
  /** The resources in which the statements are written. */
  readonly writtenIn: Resource[];
  readonly clauses: Clause[];
}

const ROWS = new Map<string, readonly ChannelRow[]>();

/** Rows of the catalogue that say where resources of a type hold policies. */
function policyRowsOf(type: string): readonly ChannelRow[] {
  let rows = ROWS.get(type);
  if (!rows) ROWS.set(type, (rows = rowsOf(type).filter((row) => row.evaluator === 'policyScan')));
  return rows;
}

/** True for resources in which a policy may be written. */
export const mayHoldPolicies = ({ type }: Resource): boolean => policyRowsOf(type).length > 0;

/** By kind and holder, under a key that is the same on both sides. @param holdersOf those that are wanted */
export function policiesOf(
  resources: Iterable<Resource>,
  nameOf: NameOf,
  holdersOf: (resource: Resource) => readonly Holder[],
): ReadonlyMap<string, Policy> {
  const found = new Map<string, Policy>();
  for (const resource of resources) {
    if (!resource.mayExist || !mayHoldPolicies(resource)) continue;
    const holders = holdersOf(resource);
    if (holders.length === 0) continue;
    for (const { kind, clauses } of documentsIn(resource, nameOf))
      for (const holder of holders) {
        const key = `${kind} ${holder.id}`;
        const policy = found.get(key) ?? { kind, holder, writtenIn: [], clauses: [] };
        found.set(key, policy);
        if (!policy.writtenIn.includes(resource)) policy.writtenIn.push(resource);
        policy.clauses.push(...clauses);
      }
  }
  return found;
}

interface Document {
  readonly kind: DocumentKind;
  /** Never empty. */
  readonly clauses: readonly Clause[];
}

/** The documents that are written in a resource. */
export function documentsIn(resource: Resource, nameOf: NameOf): readonly Document[] {
  return policyRowsOf(resource.type).flatMap((row): readonly Document[] => {
    const kind = String(row.args?.['policy']) as DocumentKind;
    const clauses = KINDS.has(kind) ? row.paths.flatMap((pattern) => read(resource, kind, pattern, nameOf)) : [];
    return clauses.length > 0 ? [{ kind, clauses }] : [];
  });
}

function read(resource: Resource, kind: DocumentKind, pattern: string, nameOf: NameOf): readonly Clause[] {
  if (kind === 'managed') return resource.at(`${pattern}[]`).flatMap((leaf) => attached(leaf, resource, nameOf));
  return resource
    .at(pattern)
    .flatMap((leaf) =>
      leaf.possible.length === 1 && !leaf.optional
        ? clausesOf(leaf.possible[0]!, nameOf)
        : leaf.possible.map((one) => ({ unreadable: ofAll([one], nameOf).join() })),
    );
}

/** A managed policy of the application is no name: its statements are among the permissions of whom it is attached to. */
function attached(leaf: Leaf, { template }: Resource, nameOf: NameOf): readonly Clause[] {
  if (managedPolicyAt(leaf, template.application)) return [];
  const names = ofAll(leaf.possible, nameOf).map((name) => (leaf.optional ? `perhaps ${name}` : name));
  return names.map(foreign);
}
