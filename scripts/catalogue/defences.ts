/** Writes `docs/defences.md` from the catalogue, the policies and the detectors. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crossRegionRows, defencesPage } from './defences-page';

writeFileSync(join(__dirname, '../../docs/defences.md'), defencesPage());
console.log(`docs/defences.md: ${crossRegionRows().length} channels`);
