/** Every recorded call that opens a channel, from the rows of the catalogue and its table of actions. */
import { actions, allRows } from '../../catalogue';
import type { Channel } from '../../catalogue';
import { eventNameOf } from './event-names';
import { eventSourceOf } from './event-sources';
import { TAMPERING } from './tampering';

/** What a detector watches for: a channel, or a hand on the oversight itself. */
export type Subject = Channel | 'tampering' | 'copy-by-call';

export interface WatchedEvent {
  /** Such as `s3.amazonaws.com`. */
  readonly source: string;
  /** Such as `PutBucketReplication`. */
  readonly name: string;
  readonly subject: Subject;
}

/**
 * Subjects, the gravest first: an event that opens several channels is told once, as the gravest. `copy-by-call` holds
 * the actions that no template property opens.
 */
export const SUBJECTS: readonly Subject[] = [
  'tampering',
  'replication',
  'backup-copy',
  'sharing',
  'export',
  'copy-by-call',
  'exposure',
  'streaming',
  'granted-permission',
  'network-path',
  'arbitrary-code',
  'placement',
];

let watched: readonly WatchedEvent[] | undefined;

/** Each event once, sorted by source and name. */
export function watchedEvents(): readonly WatchedEvent[] {
  if (watched) return watched;
  const found = new Map<string, WatchedEvent>();
  for (const event of [...tampering(), ...ofRows(), ...ofActions()]) {
    const key = `${event.source} ${event.name}`;
    const before = found.get(key);
    if (!before || SUBJECTS.indexOf(event.subject) < SUBJECTS.indexOf(before.subject)) found.set(key, event);
  }
  watched = [...found.keys()].sort().map((key) => found.get(key)!);
  return watched;
}

const tampering = (): WatchedEvent[] =>
  Object.entries(TAMPERING).flatMap(([source, names]) =>
    Object.keys(names).map((name): WatchedEvent => ({ source, name, subject: 'tampering' })),
  );

const ofRows = (): WatchedEvent[] =>
  allRows().flatMap(({ channel, defences: { detection } }) =>
    'none' in detection
      ? []
      : detection.eventNames.map((name): WatchedEvent => ({ source: detection.eventSource, name, subject: channel })),
  );

function ofActions(): WatchedEvent[] {
  const channels = new Map(allRows().map(({ slug, channel }) => [slug, channel]));
  return actions().flatMap(({ action, verdict, row }): WatchedEvent[] => {
    const name = verdict === 'channel' ? eventNameOf(action) : undefined;
    if (name === undefined) return [];
    const subject = (row === undefined ? undefined : channels.get(row)) ?? 'copy-by-call';
    return [{ source: eventSourceOf(action.split(':')[0]!), name, subject }];
  });
}
