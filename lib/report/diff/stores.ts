/** Stores that appeared, are gone, changed their class or their name. */
import { isStore } from '../../catalogue';
import { isKey } from '../../residency/rules/store-keys';
import type { DataClass, Flow, StoreRef } from '../../residency';
import type { Resource } from '../../template';
import { physicalNameOf } from '../../residency/labels';
import { placeWords } from '../wording';
import type { Comparison } from './comparison';
import { rowFingerprint } from './fingerprint';
import type { Identity } from './identity';
import type { DiffRow, Effect, Side } from './model';
import { nameOf as subjectOf } from '../customer-keys';
import { placeOf } from './written';

/** How strictly each class is kept, strictest first. */
const STRICTNESS: readonly DataClass[] = ['restricted', 'audit', 'interoperable', 'aggregate', 'public'];

/** What the judgement says of each store: its class, and where it stands. */
function standing({ judgement }: Side, identity: Identity): ReadonlyMap<Resource, Flow> {
  const found = new Map<Resource, Flow>();
  for (const flow of judgement.flows) {
    if (flow.rule !== 'store-placement') continue;
    const resource = identity.resourceOf(flow.store);
    if (resource) found.set(resource, flow);
  }
  return found;
}

const classWords = ({ class: cls, classified }: StoreRef): string =>
  classified ? cls : `not classified, treated as ${cls}`;

/** The rows of the section `stores`; keys among them stand in the section `keys`. */
export function storeRows({ base, head, pairing, inBase, inHead }: Comparison): readonly DiffRow[] {
  const before = standing(base, inBase);
  const now = standing(head, inHead);
  const rows: DiffRow[] = [];
  for (const [resource, flow] of before)
    if (pairing.gone.has(resource))
      rows.push(
        row(resource, flow, 'gone', 'neutral', `it stood in ${placeWords(flow.destination)}`, classWords(flow.store)),
      );
  for (const [resource, flow] of now) {
    const old = pairing.partnerOf(resource);
    const flowBefore = old && before.get(old);
    if (!old || !flowBefore) {
      const unclassified = flow.store.classified ? '' : ' and carries no data class';
      rows.push(
        row(
          resource,
          flow,
          'appeared',
          'neutral',
          `it stands in ${placeWords(flow.destination)}${unclassified}`,
          undefined,
          classWords(flow.store),
        ),
      );
      continue;
    }
    rows.push(...reclassified(resource, flowBefore, flow), ...renamed(old, resource, flow));
  }
  return rows;
}

function reclassified(resource: Resource, before: Flow, now: Flow): readonly DiffRow[] {
  const from = before.store;
  const to = now.store;
  if (from.class === to.class && from.classified === to.classified) return [];
  const step = STRICTNESS.indexOf(to.class) - STRICTNESS.indexOf(from.class);
  const effect: Effect = step > 0 ? 'widens' : step < 0 ? 'narrows' : 'neutral';
  const why =
    step > 0
      ? `data kept as ${from.class} is now kept as ${to.class}, which may go further`
      : step < 0
        ? `data kept as ${from.class} is now kept as ${to.class}, which may go less far`
        : to.classified
          ? 'the class it was treated as is now stated'
          : 'it no longer states its class and is treated as before';
  return [row(resource, now, 'changed', effect, why, classWords(from), classWords(to))];
}

function renamed(old: Resource, resource: Resource, flow: Flow): readonly DiffRow[] {
  const from = physicalNameOf(old);
  const to = physicalNameOf(resource);
  if (from === undefined || to === undefined || from === to || !isStore(resource.type)) return [];
  return [
    row(
      resource,
      flow,
      'changed',
      'neutral',
      'it has another physical name: CloudFormation makes a new store and leaves or deletes the old one',
      from,
      to,
    ),
  ];
}

function row(
  resource: Resource,
  flow: Flow,
  change: DiffRow['change'],
  effect: Effect,
  why: string,
  before?: string,
  after?: string,
): DiffRow {
  const section = isKey(resource) ? 'keys' : 'stores';
  return {
    fingerprint: rowFingerprint(section, change, flow.fingerprint, before ?? '', after ?? ''),
    section,
    change,
    effect,
    subject: subjectOf(resource),
    type: resource.type,
    class: flow.store.class,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    why,
    ...(effect === 'widens'
      ? { remedy: 'Keep the stricter class, or have the reclassification accepted by data protection.' }
      : {}),
    ...placeOf(resource),
  };
}
