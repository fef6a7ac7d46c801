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

let file: WrittenActions | undefined;

const writtenActions = (): WrittenActions => (file ??= dataFile<WrittenActions>('actions.json'));

/** By service, then by name in lower case. Of one service at a time: few policies name more than a dozen. */
const classified = new Map<string, ReadonlyMap<string, ActionVerdict>>();

function classifiedOf(service: string): ReadonlyMap<string, ActionVerdict> {
  const known = classified.get(service);
  if (known) return known;
  const found = new Map<string, ActionVerdict>();
  for (const verdict of ['channel', 'harmless'] as const) {
    const ofVerdict = writtenActions()[verdict];
    if (!Object.hasOwn(ofVerdict, service)) continue;
    for (const [name, text] of Object.entries(ofVerdict[service]!)) {
      const action = `${service}:${name}`;
      found.set(action.toLowerCase(), read(action, verdict, text));
    }
  }
  const named = rowIndex().actions;
  for (const action in named) {
    if (!action.startsWith(`${service}:`) || found.has(action.toLowerCase())) continue;
    const reason = 'opens the channel of this row by call';
    found.set(action.toLowerCase(), { action, verdict: 'channel', row: named[action]!, reason });
  }
  classified.set(service, found);
  return found;
}

function read(action: string, verdict: ActionVerdict['verdict'], text: string): ActionVerdict {
  const tied = /^#(\S+)\s*(.*)$/s.exec(text);
  return tied ? { action, verdict, row: tied[1]!, reason: tied[2]! } : { action, verdict, reason: text };
}

/** Prefix of an action's name, in lower case; empty when it has none. */
export const serviceOfAction = (action: string): string =>
  action.slice(0, Math.max(action.indexOf(':'), 0)).toLowerCase();

/** Services with a classified action. */
export function actionServices(): readonly string[] {
  const { channel, harmless } = writtenActions();
  const named = Object.keys(rowIndex().actions).map(serviceOfAction);
  return [...new Set([...Object.keys(channel), ...Object.keys(harmless), ...named])];
}

/** Sorts by the name of the action. */
export const byAction = (a: { readonly action: string }, b: { readonly action: string }): number =>
  a.action < b.action ? -1 : 1;

/** Every classified action of a service, sorted by name. */
export function actionsOf(service: string): readonly ActionVerdict[] {
  return [...classifiedOf(service).values()].sort(byAction);
}

/** Every classified action, sorted by name. */
export function actions(): readonly ActionVerdict[] {
  return actionServices().flatMap(actionsOf).sort(byAction);
}

/** Verdict on one action, whatever the case it is written in; undefined when it was never classified. */
export function actionVerdict(action: string): ActionVerdict | undefined {
  return classifiedOf(serviceOfAction(action)).get(action.toLowerCase());
}
