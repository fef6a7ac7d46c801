import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

test('a row without a rule and an action that nothing stops would be said on the page', () => {
  const [row] = crossRegionRows();
  const changed = (defences: object) => coverageOf({ ...row!, defences: { ...row!.defences, ...defences } });
  expect(changed({ detection: { eventSource: 'x.amazonaws.com', eventNames: ['Y'] } }).detection).toBe('NOT TOLD');
  const action = { action: 's3:NoSuchAction', authorisedIn: 'source' };
  expect(changed({ permission: { actions: [action] } }).permission).toBe('`s3:NoSuchAction` NOT STOPPED');
});
