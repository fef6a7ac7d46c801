/**
 * IAM actions and the channels they open by API: those that rows name, and every action of the public list whose name says
 * it copies, replicates, shares, exports, restores, grants or centralises.
 */
import { dataFile } from './data-file';
import { rowIndex } from './row-index';

export interface ActionVerdict {
  readonly action: string;
  /** Slug of the row whose channel the action opens; absent when only the API can open it. */
  readonly row?: string;
  /** Why a reviewer found no channel, or which defence holds although no template property exists. */
  readonly reason: string;
  /** `channel`: opens one; `harmless`: reviewed, opens none. */
  readonly verdict: 'channel' | 'harmless';
}

/** `data/actions.json`: verdict → service → action → reason, which begins with `#slug` when a row describes the channel. */
type WrittenActions = Readonly<
  Record<'channel' | 'harmless', Readonly<Record<string, Readonly<Record<string, string>>>>>
>;

let byName: Map<string, ActionVerdict> | undefined;

function classified(): Map<string, ActionVerdict> {
  if (byName) return byName;
  byName = new Map();
  for (const entry of writtenActions()) byName.set(entry.action.toLowerCase(), entry);
  for (const [action, slug] of Object.entries(rowIndex().actions)) {
    const name = action.toLowerCase();
    if (!byName.has(name))
      byName.set(name, { action, verdict: 'channel', row: slug, reason: 'opens the channel of this row by call' });
  }
  return byName;
}

function writtenActions(): ActionVerdict[] {
  const file = dataFile<WrittenActions>('actions.json');
  return (['channel', 'harmless'] as const).flatMap((verdict) =>
    Object.entries(file[verdict]).flatMap(([service, names]) =>
      Object.entries(names).map(([name, text]) => read(`${service}:${name}`, verdict, text)),
    ),
  );
}

function read(action: string, verdict: ActionVerdict['verdict'], text: string): ActionVerdict {
  const tied = /^#(\S+)\s*(.*)$/s.exec(text);
  return tied ? { action, verdict, row: tied[1]!, reason: tied[2]! } : { action, verdict, reason: text };
}

/** Every classified action, sorted by name. */
export function actions(): readonly ActionVerdict[] {
  return [...classified().values()].sort((a, b) => (a.action < b.action ? -1 : 1));
}

/** Verdict on one action, whatever the case it is written in; undefined when it was never classified. */
export function actionVerdict(action: string): ActionVerdict | undefined {
  return classified().get(action.toLowerCase());
}
