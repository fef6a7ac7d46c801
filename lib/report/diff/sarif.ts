/** What widens, as SARIF 2.1.0: each a result of code scanning at the line that opened it. */
import type { Location, Log, ReportingDescriptor, Result } from 'sarif';
import { SCHEMA, physical } from '../sarif';
import type { DiffRow, ResidencyDiff } from './model';
import { SECTION_TITLES, changeWords, sampleWords } from './wording';

/** SARIF as indented JSON, ending in a line break. @param version of the tool */
export function diffAsSarif({ rows }: ResidencyDiff, version: string): string {
  const told = rows.filter(({ effect }) => effect === 'widens');
  const sections = [...new Set(told.map(({ section }) => section))].sort();
  const rules = sections.map((section): ReportingDescriptor => ({
    id: `residency-widened-${section}`,
    shortDescription: { text: `${SECTION_TITLES[section]}: a change that widens where data can go` },
    defaultConfiguration: { level: 'error' },
  }));
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'enclave diff', version, rules } },
        columnKind: 'utf16CodeUnits',
        results: told.map((row) => resultOf(row, sections.indexOf(row.section))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf(row: DiffRow, ruleIndex: number): Result {
  const at = row.program ?? row.source;
  const location: Location = {
    ...(at ? { physicalLocation: physical(at) } : {}),
    logicalLocations: [{ fullyQualifiedName: row.subject, kind: 'resource' }],
  };
  const sample = row.sample ? ` Now allowed: ${sampleWords(row.sample)}.` : '';
  const change = changeWords(row);
  return {
    ruleId: `residency-widened-${row.section}`,
    ruleIndex,
    level: 'error',
    baselineState: row.change === 'changed' ? 'updated' : 'new',
    message: { text: `${row.why}.${change ? ` ${change}.` : ''}${sample}${row.remedy ? ` ${row.remedy}` : ''}` },
    locations: [location],
    partialFingerprints: { 'residencyChange/v1': row.fingerprint },
    ...(row.covered ? { suppressions: [{ kind: 'external' as const, justification: row.covered }] } : {}),
  };
}
