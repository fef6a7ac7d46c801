/** What a reader wants to know of a flow first. A covered flow still leaves: it is not called inside. */
import type { Flow } from '../../residency';

/** Worst first; the order of lists and filters. */
export const STATES = ['outside', 'unknown', 'covered', 'inside'] as const;
export type State = (typeof STATES)[number];

/** Beside every colour stands a sign and a word. */
export const SIGNS: Readonly<Record<State, string>> = { outside: '✕', unknown: '?', covered: '§', inside: '✓' };

export const STATE_WORDS: Readonly<Record<State, string>> = {
  outside: 'outside',
  unknown: 'unknown',
  covered: 'covered by a register',
  inside: 'inside',
};

export const stateOf = ({ verdict, waiver }: Pick<Flow, 'verdict' | 'waiver'>): State =>
  verdict !== 'inside' && waiver !== undefined ? 'covered' : verdict;
