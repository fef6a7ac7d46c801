/** The section of the configuration about sites that were lost and are filled again from their copies, until a day. */
import { z } from 'zod';
import { strict } from './strict';

/** Longest time ahead for which copies may be carried home, in days: long enough for a large site, too short to be forgotten. */
export const RECOVERY_DAYS = 30;

export const recoverySchema = strict({
  /** Sites whose buckets are filled again, each from its partner. */
  sites: z.array(z.string()).min(1, 'is empty; name the sites that were lost, or take the section out'),
  /** Last day on which copies may be carried home; the day after, synth fails until this section is taken out. */
  until: z.iso.date({ error: 'is no date; write it like "2026-12-15"' }),
  approvedBy: z.string().min(3, 'names nobody; write who approved the recovery'),
  reason: z.string().min(20, 'is too short to be a reason; say in a sentence what was lost and why it is carried home'),
});

export type RecoveryConfig = z.output<typeof recoverySchema>;

interface Neighbours {
  readonly sites: readonly { readonly id: string }[];
  readonly replication: readonly { readonly from: string; readonly to: string }[];
  readonly recovery?: RecoveryConfig | undefined;
}

interface Problem {
  readonly path: (string | number)[];
  readonly message: string;
  readonly seen: unknown;
}

/** What is wrong between this section and the others. */
export function recoveryProblems({ sites, replication, recovery }: Neighbours): readonly Problem[] {
  if (!recovery) return [];
  const problems: Problem[] = [];
  const report = (path: (string | number)[], message: string, seen: unknown): void =>
    void problems.push({ path: ['recovery', ...path], message, seen });
  recovery.sites.forEach((id, i) => {
    if (recovery.sites.indexOf(id) !== i) report(['sites', i], 'is named twice; name each site once', id);
    else if (!sites.some((site) => site.id === id))
      report(['sites', i], `is no site of this enclave; the sites are ${sites.map((site) => site.id).join(', ')}`, id);
    else if (!replication.some(({ from }) => from === id))
      report(['sites', i], 'copies to nobody; there is nothing to carry home', id);
  });
  return problems;
}

/** One line when the last day has passed, or lies further ahead than is allowed; undefined otherwise. @param today ISO date */
export function recoveryLine(recovery: RecoveryConfig | undefined, today: string): string | undefined {
  if (!recovery) return undefined;
  const { until } = recovery;
  if (today > until)
    return `recovery.until: saw "${until}", which has passed (today is ${today}); take the section out, or have a later day approved`;
  const latest = new Date(Date.parse(today) + RECOVERY_DAYS * 86_400_000).toISOString().slice(0, 10);
  if (until > latest)
    return `recovery.until: saw "${until}", which is more than ${RECOVERY_DAYS} days ahead (today is ${today}); choose ${latest} or earlier`;
  return undefined;
}
