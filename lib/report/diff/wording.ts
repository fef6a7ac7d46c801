/** Words that every view of a difference uses. */
import { counted } from '../wording';
import type { DiffRow, DiffVerdict, ResidencyDiff, SampleRequest, Section } from './model';

export const SECTION_TITLES: Readonly<Record<Section, string>> = {
  flows: 'Flows',
  network: 'Network paths',
  keys: 'Keys',
  policies: 'Policies',
  stores: 'Stores',
  matrix: 'Security gateway',
  transfers: 'Transfers',
  waivers: 'Waivers',
  suppressions: 'Suppressions',
};

/** What the verdict means. */
export const MEANING: Readonly<Record<DiffVerdict, string>> = {
  residencyWidened: 'data can go, or be reached, where that was not so before, or it cannot be shown that it was',
  residencyNarrowed: 'nothing was opened, and something was closed',
  residencyUnchanged: 'where data can go, and who can reach it, is as before',
};

/** `2 widenings (1 not covered by a registered exception), 1 narrowing, 4 other changes`. */
export function tally({ rows, uncovered }: ResidencyDiff): string {
  const count = (effect: DiffRow['effect']): number => rows.filter((row) => row.effect === effect).length;
  const widens = count('widens');
  const cover = widens === 0 ? '' : ` (${uncovered} not covered by a registered exception)`;
  return `${counted(widens, 'widening')}${cover}, ${counted(count('narrows'), 'narrowing')}, ${counted(count('neutral'), 'other change')}`;
}

/** `before -> after`, or the one there is. */
export function changeWords({ before, after }: Pick<DiffRow, 'before' | 'after'>): string {
  if (before !== undefined && after !== undefined) return `${before} -> ${after}`;
  return after ?? before ?? '';
}

/** Where a reviewer looks: `file:line`. */
export function whereWords({ program, source }: Pick<DiffRow, 'program' | 'source'>): string {
  const at = program ?? source;
  if (!at) return '';
  return at.line === undefined ? at.file : `${at.file}:${at.line}`;
}

/** The request that is allowed now. */
export function sampleWords({ principal, action, resource, when = [] }: SampleRequest): string {
  const keys = when.length > 0 ? `with ${when.join(', ')}` : '';
  return [principal, `calls ${action}`, resource === undefined ? '' : `on ${resource}`, keys].filter(Boolean).join(' ');
}
