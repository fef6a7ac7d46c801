/** The answers a class can be given in, richest first: the policies are asked for each until they permit one. */
import type { DataClass, GatewaySettings } from '../settings';
import type { Obligations } from './obligations';

/** The shortest session AWS STS issues, in seconds. */
export const SHORTEST_SESSION_SECONDS = 900;

/**
 * How long a session may be: never past the grant's end, never longer than the settings allow. Without a grant the
 * shortest there is. May be under {@link SHORTEST_SESSION_SECONDS}: then the policies refuse it.
 */
export function sessionSeconds(now: number, grantEnd: number | undefined, settings: GatewaySettings): number {
  if (grantEnd === undefined) return SHORTEST_SESSION_SECONDS;
  return Math.min(settings.sessionSeconds, Math.max(0, Math.floor((grantEnd - now) / 1000)));
}

/** Candidates for a class. Forms that no policy permits are asked for all the same: the policies say what is allowed. */
export function candidateAnswers(of: DataClass, seconds: number, { answers }: GatewaySettings): Obligations[] {
  const bounds = { maxRows: answers.maxRows, maxBytes: answers.maxBytes, sessionSeconds: seconds };
  const single = { ...bounds, minimumGroup: 0, noise: false };
  const groups = { ...bounds, minimumGroup: answers.minimumGroup, form: 'aggregated' } as const;
  return of === 'aggregate'
    ? [
        { ...groups, noise: false },
        { ...groups, noise: true },
      ]
    : [
        { ...single, form: 'raw' },
        { ...single, form: 'pseudonymised' },
      ];
}
