/** The table of layers says what the shipped policies say today. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { layersPage } from '../../scripts/proof/layers/page';
import { shippedPolicies } from './shipped';

/** Without the padding that makes columns line up. */
const bare = (text: string): string => text.replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---');

test('docs/proof-layers.md names the layer that alone carries each invariant, as it is proved now', () => {
  const page = readFileSync(join(__dirname, '../../docs/proof-layers.md'), 'utf8');
  expect(bare(page)).toBe(bare(layersPage(shippedPolicies())));
}, 300_000);
