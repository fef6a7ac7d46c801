import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesise } from '../enclave/synthesised';

test('the operations page lists every environment that has to be bootstrapped, and no other', () => {
  const page = readFileSync(join(__dirname, '../../docs/operations.md'), 'utf8');
  const rows = [...page.matchAll(/^ *\| `(\d{12})` \([^)]+\) +\| ([^|]+)\|$/gm)];
  const listed = rows.flatMap(([, account, regions]) =>
    regions!.split(',').map((region) => `${account}/${region.trim()}`),
  );
  const deployed = new Set([...synthesise().stacks.values()].map(({ account, region }) => `${account}/${region}`));
  expect(listed.sort()).toEqual([...deployed].sort());
  expect(page).toContain('these are eight\n   environments');
  expect(listed).toHaveLength(8);
});
