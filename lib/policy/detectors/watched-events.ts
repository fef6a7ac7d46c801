/**
 * Every recorded call that opens a channel, from the rows of the catalogue and its table of actions, and every call that
 * the perimeter reserves: what nobody but the deployment may do is told when somebody does it all the same.
 */
import { actions, allRows, serviceOfAction } from '../../catalogue';
import type { Channel } from '../../catalogue';
import { reviewedActions } from '../action-stops';
import type { ReviewedStop } from '../action-stops';
import { eventNamesOf } from './event-names';
import { eventSourceOf } from './event-sources';
import { STORE_MAKING } from './store-making';
import { TAMPERING } from './tampering';

/** What a detector watches for: a channel, a hand on the oversight itself, or a call that the perimeter reserves. */
export type Subject = Channel | 'tampering' | 'copy-by-call' | 'reclassification' | 'reserved-call';

export interface WatchedEvent {
  /** Such as `s3.amazonaws.com`. */
  readonly source: string;
  /** Such as `PutBucketReplication`. */
  readonly name: string;
  readonly subject: Subject;
}

/**
 * Subjects, the gravest first: an event that opens several channels is told once, as the gravest. `copy-by-call` holds
 * the actions that no template property opens, `reclassification` calls that change the tags of a store, its class among them,
 * `reserved-call` whatever else only the deployment, a repair, a key administrator or nobody may call.
 */
export const SUBJECTS: readonly Subject[] = [
  'tampering',
  'replication',
  'backup-copy',
  'sharing',
  'export',
  'copy-by-call',
  'reclassification',
  'exposure',
  'streaming',
  'granted-permission',
  'network-path',
  'arbitrary-code',
  'reserved-call',
  'placement',
];

let watched: readonly WatchedEvent[] | undefined;

/** Each event once, sorted by source and name. */
export function watchedEvents(): readonly WatchedEvent[] {
  if (watched) return watched;
  const found = new Map<string, WatchedEvent>();
  for (const event of [...tampering(), ...ofRows(), ...ofActions(), ...ofReservedActions(), ...storeMaking()]) {
    const key = `${event.source} ${event.name}`;
    const before = found.get(key);
    if (!before || SUBJECTS.indexOf(event.subject) < SUBJECTS.indexOf(before.subject)) found.set(key, event);
  }
  watched = [...found.keys()].sort().map((key) => found.get(key)!);
  return watched;
}

const listed = (table: typeof TAMPERING, subject: Subject): WatchedEvent[] =>
  Object.entries(table).flatMap(([source, names]) =>
    Object.keys(names).map((name): WatchedEvent => ({ source, name, subject })),
  );

const tampering = (): WatchedEvent[] => listed(TAMPERING, 'tampering');
const storeMaking = (): WatchedEvent[] => listed(STORE_MAKING, 'placement');

const ofRows = (): WatchedEvent[] =>
  allRows().flatMap(({ channel, defences: { detection } }) =>
    'none' in detection
      ? []
      : detection.eventNames.map((name): WatchedEvent => ({ source: detection.eventSource, name, subject: channel })),
  );

function ofActions(): WatchedEvent[] {
  const channels = new Map(allRows().map(({ slug, channel }) => [slug, channel]));
  return actions().flatMap(({ action, verdict, row }): WatchedEvent[] => {
    if (verdict !== 'channel') return [];
    return callsOf(action, (row === undefined ? undefined : channels.get(row)) ?? 'copy-by-call');
  });
}

/** Stops that reserve a call; the others leave it to everybody, bounded. */
const RESERVED: readonly ReviewedStop[] = ['never', 'deployment', 'repair', 'keyAdministration'];
const COPIES = /:(Copy|Create\w*(Backup|Snapshots?|Replica)$|Restore|Modify\w*SnapshotAttribute$)/;
const TAGS = /:(Put\w*Tagging|(Tag|Untag)\w+|(Add|Remove)Tags\w*)$/;

const ofReservedActions = (): WatchedEvent[] =>
  reviewedActions().flatMap(({ action, stop: { kind } }) => {
    if (!RESERVED.includes(kind)) return [];
    if (TAGS.test(action)) return callsOf(action, 'reclassification');
    return callsOf(action, COPIES.test(action) ? 'copy-by-call' : 'reserved-call');
  });

const callsOf = (action: string, subject: Subject): WatchedEvent[] =>
  eventNamesOf(action).map((name) => ({ source: eventSourceOf(serviceOfAction(action)), name, subject }));
