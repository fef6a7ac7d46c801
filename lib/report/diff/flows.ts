/**
 * Flows that appeared, are gone, or changed. A flow is the same when the same store leads by the same channel to the same
 * place; by which statement or property it does so is the way, not the flow.
 */
import type { Flow, Verdict } from '../../residency';
import { placeWords, storeWords } from '../wording';
import type { Comparison } from './comparison';
import type { Identity } from './identity';
import type { DiffRow, Effect } from './model';

const LEVEL: Readonly<Record<Verdict, number>> = { inside: 0, unknown: 1, outside: 2 };

/** All flows from one store by one channel to one place. */
interface Group {
  readonly key: string;
  /** Without the place. */
  readonly way: string;
  /** The worst of them, the uncovered before the covered. */
  worst: Flow;
}

/** Exceptions that cover nothing are no flows; the section on waivers tells of them. */
const isFlow = (flow: Flow): boolean => flow.store.type !== 'waiver';

function groups(flows: readonly Flow[], identity: Identity): Map<string, Group> {
  const found = new Map<string, Group>();
  for (const flow of flows) {
    if (!isFlow(flow)) continue;
    const way = JSON.stringify([identity.store(flow.store), flow.channel, flow.carries]);
    const key = `${way} ${identity.destination(flow)}`;
    const group = found.get(key);
    if (!group) found.set(key, { key, way, worst: flow });
    else if (rank(flow) > rank(group.worst)) group.worst = flow;
  }
  return found;
}

const rank = (flow: Flow): number => LEVEL[flow.verdict] * 2 + (flow.waiver === undefined ? 1 : 0);

/** The rows of the sections `flows` and `network`. */
export function flowRows({ base, head, inBase, inHead }: Comparison): readonly DiffRow[] {
  const before = groups(base.judgement.flows, inBase);
  const now = groups(head.judgement.flows, inHead);
  const kept: DiffRow[] = [];
  const gone: Group[] = [];
  for (const [key, old] of before) {
    const still = now.get(key);
    if (!still) gone.push(old);
    else kept.push(...changed(old.worst, still.worst));
  }
  const appeared = [...now.values()].filter(({ key }) => !before.has(key));
  return [...kept, ...redirected(gone, appeared)];
}

/** A way that led to one place and now leads to another is one row. */
function redirected(gone: readonly Group[], appeared: readonly Group[]): readonly DiffRow[] {
  const rows: DiffRow[] = [];
  const byWay = (all: readonly Group[]): Map<string, Group[]> => {
    const ways = new Map<string, Group[]>();
    for (const group of all)
      ways.set(`${group.way} ${group.worst.rule}`, [...(ways.get(`${group.way} ${group.worst.rule}`) ?? []), group]);
    return ways;
  };
  const left = byWay(gone);
  const paired = new Set<Group>();
  for (const [way, [now, ...more]] of byWay(appeared)) {
    const [old, ...others] = left.get(way) ?? [];
    if (!now || !old || more.length > 0 || others.length > 0) continue;
    paired.add(old).add(now);
    const from = LEVEL[old.worst.verdict];
    const to = LEVEL[now.worst.verdict];
    // Another place outside is another way out, even where one place was outside before.
    const effect: Effect = to > 0 ? 'widens' : from > 0 ? 'narrows' : 'neutral';
    rows.push(row(now.worst, 'changed', effect, words(old.worst), words(now.worst)));
  }
  for (const group of appeared)
    if (!paired.has(group) && !isNewPlacement(group))
      rows.push(
        row(
          group.worst,
          'appeared',
          LEVEL[group.worst.verdict] > 0 ? 'widens' : 'neutral',
          undefined,
          words(group.worst),
        ),
      );
  for (const group of gone)
    if (!paired.has(group) && !isNewPlacement(group))
      rows.push(row(group.worst, 'gone', LEVEL[group.worst.verdict] > 0 ? 'narrows' : 'neutral', words(group.worst)));
  return rows;
}

/** That a store of the EEA stands somewhere is told with the store. */
const isNewPlacement = ({ worst }: Group): boolean => worst.rule === 'store-placement' && worst.verdict === 'inside';

function changed(old: Flow, now: Flow): readonly DiffRow[] {
  const step = LEVEL[now.verdict] - LEVEL[old.verdict];
  const lostCover = old.waiver !== undefined && now.waiver === undefined && now.verdict !== 'inside';
  const otherCover = old.waiver !== now.waiver;
  if (step === 0 && !otherCover && old.store.class === now.store.class) return [];
  // What changed about the class alone is told with the store, unless data of it leaves.
  if (step === 0 && !otherCover && now.verdict === 'inside') return [];
  const looser = old.store.class !== now.store.class && now.verdict !== 'inside';
  const effect: Effect = step > 0 || lostCover || looser ? 'widens' : step < 0 ? 'narrows' : 'neutral';
  return [row(now, 'changed', effect, words(old), words(now))];
}

const words = (flow: Flow): string =>
  `${flow.verdict}, to ${placeWords(flow.destination)}${flow.waiver ? `, covered: ${flow.waiver}` : ''}`;

function row(flow: Flow, change: DiffRow['change'], effect: Effect, before?: string, after?: string): DiffRow {
  return {
    fingerprint: flow.fingerprint,
    section: flow.channel === 'network-path' ? 'network' : 'flows',
    change,
    effect,
    subject: storeWords(flow.store),
    resource: { stack: flow.store.stack, logicalId: flow.store.logicalId },
    type: flow.store.type,
    class: flow.store.class,
    channel: flow.channel,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    why: flow.why,
    ...(effect === 'widens' ? { remedy: flow.remedy } : {}),
    ...(effect === 'widens' && flow.waiver !== undefined ? { covered: flow.waiver } : {}),
    ...(flow.source ? { source: flow.source } : {}),
    ...(flow.program ? { program: flow.program } : {}),
  };
}
