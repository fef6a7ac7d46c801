/** The coverage of every channel by which data or keys come to stand in another Region: four defences, or why not. */
import { enclave } from '../../config/enclave';
import { parseEnclave } from '../../config/parse';
import { allRows } from '../../lib/catalogue';
import type { ChannelRow } from '../../lib/catalogue';
import { siteRegions, stopOf } from '../../lib/policy';
import { RECORDED_ELSEWHERE, siteDetectors, trailFilters } from '../../lib/policy/detectors';
import { perimeterSettings } from '../../lib/enclave/perimeter/settings';

const config = parseEnclave(enclave);
if (!config.organization)
  throw new Error('config/enclave.ts has no section about the organisation: there is no perimeter to describe.');
const settings = perimeterSettings(config, config.organization);

/** Evaluators that ask in which Region something comes to stand. */
const REGION_EVALUATORS: readonly string[] = ['bedrockProfile', 'regionLiteral', 'regionSibling', 'stackRegion'];

/** Rows by which contents or keys, not mere descriptions, come to stand elsewhere. */
export function crossRegionRows(): readonly ChannelRow[] {
  return allRows().filter(
    ({ channel, evaluator, carries }) =>
      carries !== 'metadata' &&
      (channel === 'replication' || channel === 'backup-copy' || REGION_EVALUATORS.includes(evaluator)),
  );
}

export interface Coverage {
  readonly slug: string;
  readonly type: string;
  readonly synth: string;
  readonly permission: string;
  readonly detection: string;
  readonly attestation: string;
  /** Defences that do not apply to the row, each with its reason in its column. */
  readonly impossible: number;
}

const reason = (none: string): string => `none: ${none}`;
const code = (text: string): string => `\`${text}\``;

/** What holds one row, in words that name the statement, rule or call. */
export function coverageOf({ slug, type, evaluator, defences }: ChannelRow): Coverage {
  const { permission, detection, attestation } = defences;
  return {
    slug,
    type,
    synth: code(evaluator),
    permission:
      'none' in permission
        ? reason(permission.none)
        : permission.actions.map(({ action }) => stopped(action)).join('; '),
    detection: 'none' in detection ? reason(detection.none) : told(detection.eventSource, detection.eventNames),
    attestation:
      'none' in attestation ? reason(attestation.none) : code(`${attestation.service}:${attestation.operation}`),
    impossible: [permission, detection, attestation].filter((defence) => 'none' in defence).length,
  };
}

const KINDS: Readonly<Record<string, string>> = {
  service: 'service denied',
  never: 'denied to all',
  deployment: 'deployment only',
  repair: 'deployment or repair only',
  keyAdministration: 'key administrators only',
  key: 'destination key denied outside',
  region: 'Region denied',
  use: 'ordinary use, bounded',
  harmless: 'no channel by call',
};

/** An action and what stops it; one that nothing stops is said to be so. */
function stopped(action: string): string {
  const stop = stopOf(action, settings.services);
  return `${code(action)} ${stop ? KINDS[stop.kind] : 'NOT STOPPED'}`;
}

function told(source: string, names: readonly string[]): string {
  const by = RECORDED_ELSEWHERE.has(source)
    ? trailFilters(siteRegions(settings)).filter(({ pattern }) =>
        names.some((name) => pattern.includes(`"${source}"`) && pattern.includes(`"${name}"`)),
      )
    : siteDetectors().filter(({ pattern }) => names.some((name) => tells(pattern, source, name)));
  const rules = by.map(({ name }) => code(name)).join(', ');
  return rules === '' ? 'NOT TOLD' : `${rules}: ${names.map(code).join(', ')}`;
}

/** Whether a pattern, or an alternative of it, lists this event. */
function tells(pattern: object, source: string, name: string): boolean {
  const detail = (pattern as { detail?: { $or?: readonly Listed[] } & Partial<Listed> }).detail;
  const alternatives = detail?.$or ?? (detail?.eventName ? [detail as Listed] : []);
  return alternatives.some((one) => one.eventSource?.includes(source) && one.eventName?.includes(name));
}

interface Listed {
  readonly eventSource?: readonly string[];
  readonly eventName?: readonly string[];
}

/** The page `docs/defences.md`. */
export function defencesPage(): string {
  const rows = crossRegionRows().map(coverageOf);
  const four = rows.filter(({ impossible }) => impossible === 0).length;
  const of = (column: 'permission' | 'detection' | 'attestation'): number =>
    rows.filter((row) => !row[column].startsWith('none: ')).length;
  return `# Four defences

Every channel by which contents or keys can come to stand in another Region, and what holds it: the rule at synth, the
policies of the organisation, the detector as it happens, the call that shows it afterwards. Where one is impossible, its
column says why. Generated from the catalogue by \`npx ts-node scripts/catalogue/defences.ts\`; a test compares.

${rows.length} channels: ${rows.length} judged at synth, ${of('permission')} stopped by permission, ${of('detection')} detected, ${of('attestation')} with a call that attests; ${four} have all four.
For the rest of the ${allRows().length} channels see [CHANNELS.md](CHANNELS.md). What "denied" means is in
[perimeter.md](perimeter.md), who hears a detector in [oversight.md](oversight.md). That a call is named does not say that
\`npx enclave attest\` makes it in this version; the report of each run lists what it did not look at.

| channel | type | at synth | by permission | as it happens | afterwards |
| --- | --- | --- | --- | --- | --- |
${rows
  .map(
    (row) =>
      `| ${[code(row.slug), code(row.type), row.synth, row.permission, row.detection, row.attestation].join(' | ')} |`,
  )
  .join('\n')}
`;
}
