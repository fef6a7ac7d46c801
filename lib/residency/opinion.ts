/**
 * What an evaluator says of one value: where it leads, and whether that place is inside. Opinions are ranked, never
 * averaged: adding a doubt can only make the answer worse.
 */
import type { Place, Verdict } from './model';

export interface Opinion {
  readonly place: Place;
  readonly verdict: Verdict;
  /** The reasoning in words, without a full stop. */
  readonly because: string;
  /** A capability without a destination yet. */
  readonly latent?: boolean | undefined;
  /** The value was judged and opens no way out (a flag that is off, data that comes in): no flow, but proof that it was read. */
  readonly closed?: boolean | undefined;
  /** A declared source outside may bring data in here: no way out, shown apart from the flows. */
  readonly inbound?: boolean | undefined;
}

const RANK: Readonly<Record<Verdict, number>> = { inside: 0, unknown: 1, outside: 2 };

/** Orders verdicts: negative when `a` is better than `b`. */
export function compareVerdicts(a: Verdict, b: Verdict): number {
  return RANK[a] - RANK[b];
}

/** The worst of some verdicts, or undefined when there are none. */
export function worstVerdict(verdicts: Iterable<Verdict>): Verdict | undefined {
  let worst: Verdict | undefined;
  for (const verdict of verdicts) if (worst === undefined || compareVerdicts(verdict, worst) > 0) worst = verdict;
  return worst;
}

/** The worst opinion, the first of equals; throws on none, because no opinion is not an acquittal. */
export function worstOpinion(opinions: readonly Opinion[]): Opinion {
  const [first, ...rest] = opinions;
  if (!first) throw new Error('A value was judged without any opinion; an evaluator must answer for every value.');
  return rest.reduce((worst, next) => (compareVerdicts(next.verdict, worst.verdict) > 0 ? next : worst), first);
}

export const inside = (place: Place, because: string): Opinion => ({ place, verdict: 'inside', because });
export const outside = (place: Place, because: string): Opinion => ({ place, verdict: 'outside', because });

/** Cannot be proved; `place` says as much as is known. */
export const unknown = (because: string, place: Partial<Place> & { readonly value: string }): Opinion => ({
  place: { kind: 'unknown', ...place },
  verdict: 'unknown',
  because,
});

/** Read, judged, and no way out. */
export const closed = (place: Place, because: string): Opinion => ({ place, verdict: 'inside', because, closed: true });
