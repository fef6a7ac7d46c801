/** The long tables as compact data: every text once, rows as numbers. The page's script builds rows from it as they are looked at. */
import { basename } from 'node:path';
import type { Flow } from '../../residency';
import { placeInSource, placeWords, storeWords } from '../wording';
import type { Drawing, PlacedFlow } from './links';

/** A table of texts, column by column; the cells are positions in `texts`. */
export interface Columns {
  readonly texts: readonly string[];
  readonly columns: Readonly<Record<string, readonly number[]>>;
}

export interface StoreRow {
  readonly store: string;
  readonly type: string;
  readonly class: string;
  readonly region: string;
  readonly country: string;
  readonly account: string;
  /** Empty when nobody looked. */
  readonly name: string;
  readonly keys: string;
  readonly findings: string;
}

function columnsOf(rows: readonly Readonly<Record<string, string>>[], names: readonly string[]): Columns {
  const position = new Map<string, number>();
  const place = (text: string): number => {
    const known = position.get(text);
    if (known !== undefined) return known;
    position.set(text, position.size);
    return position.size - 1;
  };
  const columns = Object.fromEntries(names.map((name) => [name, rows.map((row) => place(row[name] ?? ''))]));
  return { texts: [...position.keys()], columns };
}

const storesColumns = ['store', 'type', 'class', 'region', 'country', 'account', 'name', 'keys', 'findings'] as const;

export const storeColumns = (rows: readonly StoreRow[]): Columns =>
  columnsOf(rows as unknown as readonly Readonly<Record<string, string>>[], storesColumns);

/** Where a reviewer looks, without the folder of the machine that synthesised. */
export const portableSource = (flow: Flow): string =>
  flow.source ? [basename(flow.source.file), flow.source.line].filter((part) => part !== undefined).join(':') : '';

/** Where the program or template says it, as `enclave check` prints it. */
export const fullSource = (flow: Flow): string => placeInSource(flow) ?? '';

const FLOW_COLUMNS = [
  ...['state', 'class', 'channel', 'store', 'type', 'stands', 'to', 'via', 'path', 'rule', 'why', 'remedy'],
  ...['carries', 'latent', 'source', 'fingerprint', 'waiver', 'verdict'],
];

/** `dub-1, eu-west-1`, `eu-west-1, account 111122223333`. */
function standsIn({ name, region, site }: PlacedFlow['from']): string {
  if (region === undefined || name.endsWith(region)) return name;
  return site ? `${name}, ${region}` : `${region}, ${name}`;
}

function flowRow({ flow, from }: PlacedFlow, sourceOf: (flow: Flow) => string): Readonly<Record<string, string>> {
  const { via, store, destination } = flow;
  return {
    class: store.class,
    channel: flow.channel,
    store: storeWords(store),
    type: store.type,
    stands: standsIn(from),
    to: destination.kind === 'everyone' ? `everyone (${destination.value})` : placeWords(destination),
    via: via ? `${storeWords(via)} (${via.type})` : '',
    path: flow.path,
    rule: flow.rule,
    why: flow.why,
    remedy: flow.verdict === 'inside' ? '' : flow.remedy,
    carries: flow.carries ?? '',
    latent: flow.latent ? 'latent' : '',
    source: sourceOf(flow),
    fingerprint: flow.fingerprint,
    waiver: flow.waiver ?? '',
    verdict: flow.verdict,
  };
}

export interface FlowColumns extends Columns {
  /** Per flow: index of its connection (-1: it stays) and of the places at its ends. */
  readonly link: readonly number[];
  readonly from: readonly number[];
  readonly destination: readonly number[];
}

export function flowColumns({ flows }: Drawing, sourceOf: (flow: Flow) => string): FlowColumns {
  const rows = flows.map((placed) => ({ ...flowRow(placed, sourceOf), state: placed.state }));
  return {
    ...columnsOf(rows, FLOW_COLUMNS),
    link: flows.map(({ link }) => link?.index ?? -1),
    from: flows.map(({ from }) => from.index),
    destination: flows.map(({ to }) => to.index),
  };
}
