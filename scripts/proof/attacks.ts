/** Writes docs/attack-matrix.md from the policies of an assembly: `npx ts-node scripts/proof/attacks.ts [cdk.out]`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ATTACKS, play } from '../../lib/proof/attacks';
import { matrixPage } from '../../lib/proof/attacks/page';
import { policiesAt } from './shipped';

writeFileSync(join(__dirname, '../../docs/attack-matrix.md'), matrixPage(play(policiesAt(process.argv[2]), ATTACKS)));
