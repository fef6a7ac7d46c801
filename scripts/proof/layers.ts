/** Writes docs/proof-layers.md from the policies of an assembly: `npx ts-node scripts/proof/layers.ts [cdk.out]`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layersPage } from './layers/page';
import { policiesAt } from './shipped';

writeFileSync(join(__dirname, '../../docs/proof-layers.md'), layersPage(policiesAt(process.argv[2])));
