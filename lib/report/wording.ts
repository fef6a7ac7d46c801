/** Words every view uses for places, stores and counts, so that no two views call one thing by two names. */
import type { Flow, Judgement, Place, StoreRef } from '../residency';
import { countryName } from '../residency';

/** `eu-west-2 (United Kingdom)`, `api.example.org (France)`, `everyone`. */
export function placeWords(place: Place): string {
  const where = [place.region === place.value ? undefined : place.region, place.country && countryName(place.country)];
  const known = where.filter((word) => word !== undefined);
  return known.length > 0 ? `${place.value} (${known.join(', ')})` : place.value;
}

/** How a store is named in a list: construct path, else stack and logical id. */
export function storeWords(store: Pick<StoreRef, 'stack' | 'logicalId' | 'constructPath'>): string {
  return store.constructPath ?? [store.stack, store.logicalId].filter(Boolean).join('/');
}

/** `1 store`, `2 stores`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Where a reviewer looks: `file:line`. */
export function placeInSource(flow: Flow): string | undefined {
  const at = flow.program ?? flow.source;
  if (!at) return undefined;
  return at.line === undefined ? at.file : `${at.file}:${at.line}`;
}

/** One sentence with the figures of a judgement. */
export function figures(judgement: Judgement): string {
  const { counts, findings } = judgement;
  return (
    `${counted(counts.stacks, 'stack')}, ${counted(counts.resources, 'resource')}, ${counted(counts.stores, 'store')}; ` +
    `flows: ${counts.inside} inside, ${counts.outside} outside, ${counts.unknown} unknown, ${counts.waived} waived; ` +
    counted(findings.length, 'finding')
  );
}

/** What the verdict means for the question asked. */
export const ANSWER = {
  none: 'no store was found',
  inside: 'no data can leave the EEA by any channel this version knows',
  outside: 'data can leave the EEA',
  unknown: 'it cannot be proved that no data leaves the EEA',
} as const;

/** Flows of one store. */
export interface StoreFlows {
  readonly store: StoreRef;
  readonly flows: readonly Flow[];
}

/** Flows grouped by store, in the order of the judgement. */
export function byStore(flows: readonly Flow[]): readonly StoreFlows[] {
  const groups = new Map<string, { store: StoreRef; flows: Flow[] }>();
  for (const flow of flows) {
    const key = JSON.stringify([flow.store.stack, flow.store.logicalId]);
    const group = groups.get(key);
    if (group) group.flows.push(flow);
    else groups.set(key, { store: flow.store, flows: [flow] });
  }
  return [...groups.values()];
}

/** True for flows that count against the application. */
export function isFinding(flow: Flow): boolean {
  return flow.verdict !== 'inside' && flow.waiver === undefined;
}
