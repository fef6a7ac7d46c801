/**
 * Compares `lib/catalogue/data/lock.json` with what the installed dependencies can express, and prints what came and what
 * went. With `--write` it accepts the present state, and writes the index of the rows; do that only after every newcomer has a verdict.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { allRows } from '../../lib/catalogue';
import { indexOf } from '../../lib/catalogue/row-index';
import { currentLock, differences, lockFile, readLock } from './lock-file';

function main(): number {
  const current = currentLock();
  if (process.argv.includes('--write')) {
    writeFileSync(lockFile(), `${JSON.stringify(current)}\n`);
    writeFileSync(path.join(path.dirname(lockFile()), 'index.json'), `${JSON.stringify(indexOf(allRows()))}\n`);
    console.log(`${path.basename(lockFile())}: ${Object.keys(current.types).length} types written`);
    return 0;
  }
  const found = differences(readLock(), current);
  console.log(found.length === 0 ? `nothing new: ${Object.keys(current.types).length} types` : found.join('\n'));
  return found.length === 0 ? 0 : 1;
}

process.exitCode = main();
