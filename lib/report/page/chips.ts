/** A word with its colour and its sign. */
import type { Markup } from './markup';
import { markup } from './markup';
import type { State } from './state';
import { SIGNS, STATE_WORDS } from './state';

export const chip = (kind: string, sign: string, words: string): Markup =>
  markup`<span class="chip ${kind}"><span class="sign" aria-hidden="true">${sign}</span>${words}</span>`;

export const stateChip = (state: State): Markup => chip(state, SIGNS[state], STATE_WORDS[state]);
