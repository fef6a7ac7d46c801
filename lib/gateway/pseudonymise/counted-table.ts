/** A dataset's table, counted over one object. Used for answers and for exports, so both hide the same. */
import { ALL, TableCounter, shownTable } from '../aggregate';
import type { CountPlan, Entry, ShownTable } from '../aggregate';
import type { Dataset, TableDefinition } from '../datasets';
import type { Quarantine } from './quarantine';
import { recordRule } from './record-rule';
import type { RecordRule, RuleForm } from './record-rule';
import { RecordTreatment } from './record-treatment';
import { treatedStream } from './treated-stream';
import type { StoredBytes } from './treated-stream';

export interface TableOrder {
  readonly dataset: Dataset;
  readonly table: TableDefinition;
  readonly form: Extract<RuleForm, { kind: 'treated' }>;
  readonly minimumGroup: number;
  readonly noise: boolean;
}

/** The rows that may be shown. @throws what reading throws, TableRefused */
export async function countedTable(
  order: TableOrder,
  stored: StoredBytes,
  quarantine: Quarantine,
): Promise<ShownTable> {
  const { dataset, table, form, minimumGroup, noise } = order;
  const only = [...new Set([table.person, ...table.groupBy, ...table.sums.map(({ field }) => field)])];
  const rule = recordRule(dataset, { ...form, only });
  const counter = new TableCounter(countPlan(rule, table));
  const writer = { head: '', line: (row: Parameters<TableCounter['add']>[0]) => void counter.add(row) };
  const stream = treatedStream(dataset, new RecordTreatment(rule, writer, quarantine), stored);
  // Nothing is written while counting: the stream ends without a byte.
  for await (const chunk of stream) throw new TypeError(`counting wrote ${chunk.length} bytes`);
  return shownTable(counter.cells(), { minimumGroup, noise, bounds: table.sums });
}

/** `{"group":{"home":"NO","born":"*"},"persons":25,"sum":{"minutes":310}}`; `*` is for all values, null for an absent one. */
export function entryLine({ groupBy, sums }: TableDefinition, { group, persons, sums: totals }: Entry): string {
  return JSON.stringify({
    group: Object.fromEntries(groupBy.map((name, i) => [name, group[i] === ALL ? '*' : group[i]])),
    persons,
    ...(sums.length > 0 ? { sum: Object.fromEntries(sums.map(({ field }, i) => [field, totals[i]])) } : {}),
  });
}

function countPlan({ shown }: RecordRule, { person, groupBy, sums }: TableDefinition): CountPlan {
  const at = (name: string) => shown.indexOf(name);
  return {
    person: at(person),
    groupBy: groupBy.map(at),
    sums: sums.map(({ field, lower, upper }) => ({ at: at(field), lower, upper })),
  };
}
