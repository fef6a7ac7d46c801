import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allRows } from '../../../lib/catalogue';
import { settings } from '../perimeter';
import { coverageOf, crossRegionRows, defencesPage } from '../../../scripts/catalogue/defences-page';

const rows = crossRegionRows().map(coverageOf);

/** Widths of columns are the formatter's. */
const unaligned = (page: string): string => page.replace(/ +/g, ' ').replace(/-{3,}/g, '---');

test('docs/defences.md is the page the catalogue, the policies and the detectors generate', () => {
  const page = readFileSync(join(__dirname, '../../../docs/defences.md'), 'utf8');
  // When this fails: npx ts-node scripts/catalogue/defences.ts && npx prettier --write docs/defences.md
  expect(unaligned(page)).toBe(unaligned(defencesPage()));
});

test('every channel across Regions has each defence, or a reason why it cannot have it', () => {
  expect(rows.length).toBeGreaterThan(150);
  for (const { slug, permission, detection, attestation } of rows)
    for (const said of [permission, detection, attestation]) {
      expect([slug, said]).not.toEqual([slug, expect.stringMatching(/NOT (STOPPED|TOLD)/)]);
      expect(said.length).toBeGreaterThan(4);
      if (said.startsWith('none: ')) expect([slug, said.length > 30]).toEqual([slug, true]);
    }
});

/** IAM prefixes that are spelled otherwise than the service in the names of its types. */
const PREFIXES: Readonly<Record<string, string>> = { stepfunctions: 'states', apigatewayv2: 'apigateway' };

test('a service that is said not to be in use is not in use', () => {
  const inUse = settings.services.map((service) => service.replaceAll('-', ''));
  const unused = allRows().filter(({ defences }) =>
    Object.values(defences).some((defence: object) => /not in use|service stays off/.test(JSON.stringify(defence))),
  );
  expect(unused.length).toBeGreaterThan(50);
  for (const { slug, type } of unused) {
    const service = type.split('::')[1]!.toLowerCase();
    expect([slug, inUse.includes(PREFIXES[service] ?? service)]).toEqual([slug, false]);
  }
});

test('a row without a rule and an action that nothing stops would be said on the page', () => {
  const [row] = crossRegionRows();
  const changed = (defences: object) => coverageOf({ ...row!, defences: { ...row!.defences, ...defences } });
  expect(changed({ detection: { eventSource: 'x.amazonaws.com', eventNames: ['Y'] } }).detection).toBe('NOT TOLD');
  const action = { action: 's3:NoSuchAction', authorisedIn: 'source' };
  expect(changed({ permission: { actions: [action] } }).permission).toBe('`s3:NoSuchAction` NOT STOPPED');
});
