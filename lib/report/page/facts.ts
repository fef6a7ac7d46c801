/** Names and values, in the head of a page and at its end. */
import type { Markup } from './markup';
import { markup } from './markup';

export interface Fact {
  readonly name: string;
  readonly value: string;
  /** True for hashes and fingerprints. */
  readonly code?: boolean;
}

export const factList = (facts: readonly Fact[]): Markup =>
  markup`<dl class="facts">${facts.map(({ name, value, code }) => markup`<div><dt>${name}</dt><dd>${code ? markup`<code>${value}</code>` : value}</dd></div>`)}</dl>`;
