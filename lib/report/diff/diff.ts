/** The difference between two judged applications, as rows and one verdict. A pure function of both sides. */
import { objectionTo } from '../../residency/exceptions';
import type { Waiver } from '../../residency';
import { comparisonOf } from './comparison';
import { flowRows } from './flows';
import { keyRows } from './keys';
import { matrixRows } from './matrix';
import type { DiffRow, Effect, EffectCounts, ResidencyDiff, Section, Side } from './model';
import { DIFF_SCHEMA_VERSION, SECTIONS } from './model';
import { networkRows } from './network';
import { policyRows } from './policies';
import { registerRows } from './registers';
import { storeRows } from './stores';
import { nameOf as subjectOf } from '../customer-keys';
import { suppressionRows } from './suppressions';

export interface DiffOptions {
  /** Accepted widenings that are no flows, by the fingerprint of their row; flows are covered by the side's own waivers. */
  readonly accepted?: readonly Waiver[];
  /** The day on which acceptances must hold. */
  readonly now: Date;
}

const EFFECT_ORDER: Readonly<Record<Effect, number>> = { widens: 0, narrows: 1, neutral: 2 };

/** Compares two judged applications. */
export function diff(base: Side, head: Side, options: DiffOptions): ResidencyDiff {
  const comparison = comparisonOf(base, head);
  const found = [
    ...flowRows(comparison),
    ...networkRows(comparison),
    ...keyRows(comparison),
    ...policyRows(comparison),
    ...storeRows(comparison),
    ...matrixRows(base, head),
    ...registerRows(base, head),
    ...suppressionRows(base, head),
  ];
  const rows = found.map((row) => accepted(row, options)).sort(inReadingOrder);
  const widened = rows.filter(({ effect }) => effect === 'widens');
  const narrowed = rows.some(({ effect }) => effect === 'narrows');
  return {
    schemaVersion: DIFF_SCHEMA_VERSION,
    verdict: widened.length > 0 ? 'residencyWidened' : narrowed ? 'residencyNarrowed' : 'residencyUnchanged',
    uncovered: widened.filter(({ covered }) => covered === undefined).length,
    counts: countsOf(rows),
    base: { verdict: base.judgement.verdict, counts: base.judgement.counts },
    head: { verdict: head.judgement.verdict, counts: head.judgement.counts },
    rows,
    renamings: comparison.pairing.pairs
      .flatMap(({ base: old, head: now, by }) => {
        if (by === undefined) return [];
        return [{ type: now.type, before: subjectOf(old), after: subjectOf(now), by }];
      })
      .sort((a, b) => compareText(a.after, b.after)),
  };
}

function accepted(row: DiffRow, { accepted: list = [], now }: DiffOptions): DiffRow {
  if (row.effect !== 'widens' || row.covered !== undefined) return row;
  const found = list.find((one) => one.fingerprint === row.fingerprint && !objectionTo(one, now));
  return found ? { ...row, covered: `accepted by ${found.approver} for ${found.owner}, until ${found.expires}` } : row;
}

function countsOf(rows: readonly DiffRow[]): Readonly<Record<Section, EffectCounts>> {
  const count = (section: Section, effect: Effect): number =>
    rows.filter((row) => row.section === section && row.effect === effect).length;
  return Object.fromEntries(
    SECTIONS.map((section) => [
      section,
      { widens: count(section, 'widens'), narrows: count(section, 'narrows'), neutral: count(section, 'neutral') },
    ]),
  ) as Record<Section, EffectCounts>;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What widens without cover first; then by section and subject, so that the order of the input means nothing. */
function inReadingOrder(a: DiffRow, b: DiffRow): number {
  return (
    EFFECT_ORDER[a.effect] - EFFECT_ORDER[b.effect] ||
    Number(a.covered !== undefined) - Number(b.covered !== undefined) ||
    SECTIONS.indexOf(a.section) - SECTIONS.indexOf(b.section) ||
    compareText(a.subject, b.subject) ||
    compareText(a.change, b.change) ||
    compareText(a.channel ?? '', b.channel ?? '') ||
    compareText(a.before ?? '', b.before ?? '') ||
    compareText(a.after ?? '', b.after ?? '') ||
    compareText(a.fingerprint, b.fingerprint)
  );
}
