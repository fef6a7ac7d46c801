import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseExternalStores, parseTransfers, parseWaivers } from '../../lib/residency';

test('the examples of the three registers are accepted as they are printed', () => {
  const page = readFileSync(join(__dirname, '../../docs/waivers.md'), 'utf8');
  const [waivers, transfers, stores] = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
    (m) => parse(m[1]!) as unknown,
  );
  expect(parseWaivers(waivers, 'docs/waivers.md')).toHaveLength(1);
  expect(parseTransfers(transfers, 'docs/waivers.md')).toHaveLength(1);
  expect(parseExternalStores(stores, 'docs/waivers.md')).toMatchObject({ stores: [{}], accounts: [{}], hosts: [{}] });
});
