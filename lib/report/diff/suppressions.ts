/** Rules that were silenced, or speak again. */
import { rowFingerprint } from './fingerprint';
import type { DiffRow, Side, Suppression } from './model';

/** Rules about residency: silencing one is never harmless, and no acknowledgement is accepted for them. */
const RESIDENCY_RULE = /^Residency\b/iu;

/** The rows of the section `suppressions`. A rule is silenced at a place; the place may be renamed, so rules are counted. */
export function suppressionRows(base: Side, head: Side): readonly DiffRow[] {
  const before = byRuleAndReason(base.suppressions);
  const now = byRuleAndReason(head.suppressions);
  const rows: DiffRow[] = [];
  for (const [key, places] of now) {
    const more = places.length - (before.get(key)?.length ?? 0);
    if (more > 0) rows.push(row('appeared', newest(places, before.get(key) ?? [], more)));
  }
  for (const [key, places] of before) {
    const fewer = places.length - (now.get(key)?.length ?? 0);
    if (fewer > 0) rows.push(row('gone', newest(places, now.get(key) ?? [], fewer)));
  }
  return rows;
}

function byRuleAndReason(all: readonly Suppression[]): Map<string, Suppression[]> {
  const groups = new Map<string, Suppression[]>();
  for (const one of all) {
    const key = JSON.stringify([one.rule, one.reason]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

/** Those at places the other side does not have, at most as many as there are more. */
function newest(these: readonly Suppression[], those: readonly Suppression[], count: number): readonly Suppression[] {
  const places = new Set(those.map(({ at }) => at));
  const found = these.filter(({ at }) => !places.has(at)).slice(0, count);
  return found.length > 0 ? found : these.slice(0, count);
}

function row(change: 'appeared' | 'gone', places: readonly Suppression[]): DiffRow {
  const { rule, reason } = places[0]!;
  const at = places.map((one) => one.at).sort();
  const residency = RESIDENCY_RULE.test(rule);
  const where = at.length > 3 ? `${at.slice(0, 3).join(', ')} and ${at.length - 3} more` : at.join(', ');
  return {
    fingerprint: rowFingerprint('suppressions', change, rule, reason, where),
    section: 'suppressions',
    change,
    effect: !residency ? 'neutral' : change === 'appeared' ? 'widens' : 'narrows',
    subject: rule,
    ...(change === 'appeared' ? { after: reason } : { before: reason }),
    why: change === 'appeared' ? `silenced at ${where}` : `no longer silenced at ${where}`,
    ...(residency && change === 'appeared' ? { remedy: 'Register a waiver; residency rules cannot be silenced.' } : {}),
  };
}
