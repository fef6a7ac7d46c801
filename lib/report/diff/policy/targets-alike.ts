/** Organisation policies change on several targets at once: what is the same change is told once, and names them all. */
import type { Policy } from './documents';

/** What one holder had, and has. */
export interface PolicyChange {
  readonly before: Policy | undefined;
  readonly now: Policy;
}

/** The changes, those of organisation policies that say the same before and after put together. */
export function onTargetsAlike(changes: readonly PolicyChange[]): readonly PolicyChange[] {
  const others = changes.filter(({ now }) => now.holder.policies === undefined);
  const alike = new Map<string, PolicyChange[]>();
  for (const change of changes) {
    if (change.now.holder.policies === undefined) continue;
    const key = JSON.stringify([change.now.holder.policies, said(change.before), said(change.now)]);
    alike.set(key, [...(alike.get(key) ?? []), change]);
  }
  return [...others, ...[...alike.values()].map(together)];
}

const said = (policy: Policy | undefined): readonly string[] =>
  (policy?.clauses ?? []).map((clause) => JSON.stringify(clause)).sort();

function together(changes: readonly PolicyChange[]): PolicyChange {
  const [{ before, now }] = changes as [PolicyChange, ...PolicyChange[]];
  const subjects = changes.map((change) => change.now.holder.subject).sort();
  return { before, now: { ...now, holder: { ...now.holder, subject: subjects.join(', ') } } };
}
