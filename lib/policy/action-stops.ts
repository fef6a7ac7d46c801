/**
 * What stops an IAM action that moves data, or that would weaken what stops others.
 *
 * The answer follows from the catalogue: where AWS authorises the call and whether a condition key carries the destination.
 * An action of a service in use whose destination is a mere parameter is denied to everyone, unless the reviewed table
 * (`reviewed-actions.json`) says otherwise, with a reason. So a channel added to the catalogue is denied from then on.
 */
import { createRequire } from 'node:module';
import { actionVerdict, actions, allRows, serviceOfAction } from '../catalogue';
import type { ActionRef } from '../catalogue';
import { BOUND_KEYS } from './destination-keys';

/** Stops a reviewer chose, in `reviewed-actions.json`. */
const REVIEWED_STOPS = ['never', 'deployment', 'repair', 'keyAdministration', 'region', 'use'] as const;
export type ReviewedStop = (typeof REVIEWED_STOPS)[number];

/**
 * `service`: not in use, denied as a whole. `never`: denied to everyone. `deployment`, `repair`, `keyAdministration`: denied
 * to everyone but the named roles. `key`: denied for destinations outside. `region`: authorised where the copy would
 * stand. `use`: allowed, bounded as the reason says. `harmless`: the catalogue found no channel.
 */
export type StopKind = 'service' | 'key' | 'harmless' | ReviewedStop;

export interface Stop {
  readonly kind: StopKind;
  /** Sentence a reviewer can check. */
  readonly reason: string;
}

/** Stop → service → action → reason. */
type Reviewed = Readonly<Record<ReviewedStop, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

const reviewed = createRequire(__filename)('./reviewed-actions.json') as Reviewed;

/** The reviewed table as rows, in file order. */
export function reviewedActions(): readonly {
  readonly action: string;
  readonly stop: Stop & { kind: ReviewedStop };
}[] {
  return REVIEWED_STOPS.flatMap((kind) =>
    Object.entries(reviewed[kind]).flatMap(([service, names]) =>
      Object.entries(names).map(([name, reason]) => ({ action: `${service}:${name}`, stop: { kind, reason } })),
    ),
  );
}

let references: Map<string, ActionRef[]> | undefined;

/** Where rows of the catalogue say the action is authorised. */
function referencesTo(action: string): readonly ActionRef[] {
  if (!references) {
    references = new Map();
    for (const { defences } of allRows()) {
      if ('none' in defences.permission) continue;
      for (const ref of defences.permission.actions) {
        const name = ref.action.toLowerCase();
        references.set(name, [...(references.get(name) ?? []), ref]);
      }
    }
  }
  return references.get(action.toLowerCase()) ?? [];
}

let table: Map<string, Stop> | undefined;

function reviewedStop(action: string): Stop | undefined {
  table ??= new Map(reviewedActions().map((row) => [row.action.toLowerCase(), row.stop]));
  return table.get(action.toLowerCase());
}

/**
 * What stops this action in an account where only `services` (IAM prefixes) may be used; undefined when neither the
 * catalogue nor the reviewed table knows it and its service is in use.
 */
export function stopOf(action: string, services: readonly string[]): Stop | undefined {
  if (!services.includes(serviceOfAction(action))) return { kind: 'service', reason: 'the service is not in use' };
  const chosen = reviewedStop(action);
  if (chosen) return chosen;
  const verdict = actionVerdict(action);
  if (!verdict) return undefined;
  if (verdict.verdict === 'harmless') return { kind: 'harmless', reason: verdict.reason };
  const refs = referencesTo(action);
  const key = refs.map(({ destinationKey }) => destinationKey).find((k) => k !== undefined && BOUND_KEYS.includes(k));
  if (key) return { kind: 'key', reason: `${key} carries the destination` };
  if (refs.length > 0 && refs.every(({ authorisedIn }) => authorisedIn === 'destination'))
    return { kind: 'region', reason: 'authorised in the Region where the copy would stand' };
  return { kind: 'never', reason: verdict.reason };
}

/** Every action of the services in use that one kind of stop holds, sorted. */
export function actionsStoppedBy(kind: StopKind, services: readonly string[]): readonly string[] {
  const known = new Set([...actions().map(({ action }) => action), ...reviewedActions().map(({ action }) => action)]);
  return [...known].filter((action) => stopOf(action, services)?.kind === kind).sort();
}
