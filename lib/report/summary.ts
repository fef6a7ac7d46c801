/** The few lines at the end of a synthesis: what was promised, what is built, what was found, where to look. */
import type { DataClass, Judgement } from '../residency';
import { countryName } from '../residency';
import { ANSWER, counted, figures } from './wording';

export interface SiteLine {
  readonly id: string;
  /** ISO code of the country promised. */
  readonly committed: string;
  /** ISO code of the country really built in. */
  readonly actual: string;
  /** Region, Outpost or zone, as words. */
  readonly placement: string;
}

export interface SummaryInput {
  readonly judgement: Judgement;
  readonly sites: readonly SiteLine[];
  /** What lies where: `templates` → `cdk.out`. */
  readonly paths: Readonly<Record<string, string>>;
}

/** Plain text, ending in a line break. */
export function summary({ judgement, sites, paths }: SummaryInput): string {
  const width = Math.max(0, ...sites.map((site) => site.id.length));
  const siteLines = sites.map((site) => {
    const promised = `committed ${countryName(site.committed)}`;
    const built = `actual ${countryName(site.actual)}`;
    const standIn = site.committed === site.actual ? '' : '  (stand-in)';
    return `  ${site.id.padEnd(width)}  ${promised}, ${built}, ${site.placement}${standIn}`;
  });
  const stored = new Map<DataClass, number>();
  for (const flow of judgement.flows)
    if (flow.rule === 'store-placement') stored.set(flow.store.class, (stored.get(flow.store.class) ?? 0) + 1);
  const classes = [...stored].sort(([a], [b]) => (a < b ? -1 : 1)).map(([cls, count]) => `${count} ${cls}`);
  const names = Object.keys(paths);
  const nameWidth = Math.max(0, ...names.map((name) => name.length));
  return [
    ...(sites.length > 0 ? [counted(sites.length, 'site'), ...siteLines] : []),
    `stores: ${classes.join(', ') || 'none'}`,
    `verdict: ${judgement.verdict}, ${ANSWER[judgement.verdict]}`,
    figures(judgement),
    ...names.map((name) => `${name.padEnd(nameWidth)}  ${paths[name]}`),
    '',
  ].join('\n');
}
