import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { Attestation } from '../model';
import { describePlace } from '../places';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const UNEXPECTED = 'unexpected';

/** What is broken, unseen or unexpected as SARIF 2.1.0, for code scanning and its like. @param version of the tool */
export function attestationAsSarif({ claims, unexpected }: Attestation, version: string): string {
  const faults = claims.filter(({ verdict }) => verdict !== 'holds');
  const rules: ReportingDescriptor[] = [
    ...new Set([...faults.map(({ claim }) => claim), ...(unexpected.length > 0 ? [UNEXPECTED] : [])]),
  ]
    .sort()
    .map((id) => ({ id, shortDescription: { text: `deployed equals declared: ${id}` } }));
  const results: Result[] = [
    ...faults.map(({ id, claim, verdict, resource, expected, seen, why, remedy }): Result => ({
      ruleId: claim,
      level: verdict === 'broken' ? 'error' : 'warning',
      message: { text: `${why} (expected ${expected}; seen ${seen}). ${remedy}` },
      locations: [
        {
          logicalLocations: [
            { fullyQualifiedName: `${resource.stack ?? resource.account ?? ''}/${resource.name}`, kind: 'resource' },
          ],
        },
      ],
      partialFingerprints: { 'attestedClaim/v1': id },
      properties: { verdict, type: resource.type },
    })),
    ...unexpected.map(({ id, type, name, seen, reaches, why, remedy, dataClass }): Result => ({
      ruleId: UNEXPECTED,
      level: 'error',
      message: {
        text: `${why} (${seen}; reaches ${reaches.map(describePlace).join(', ') || 'no other Region'}). ${remedy}`,
      },
      locations: [{ logicalLocations: [{ fullyQualifiedName: name, kind: 'resource' }] }],
      partialFingerprints: { 'unexpected/v1': id },
      properties: { verdict: UNEXPECTED, type, dataClass },
    })),
  ];
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'enclave attest', version, rules } }, results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
