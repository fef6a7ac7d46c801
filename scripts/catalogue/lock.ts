/**
 * Compares `lib/catalogue/data/lock.json` with what the installed dependencies can express, and prints what came and what
 * went. With `--write` it accepts the present state; do that only after every newcomer has a verdict.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { currentLock, differences, lockFile, readLock } from './lock-file';

function main(): number {
  const current = currentLock();
  if (process.argv.includes('--write')) {
    writeFileSync(lockFile(), `${JSON.stringify(current)}\n`);
    console.log(`${path.basename(lockFile())}: ${Object.keys(current.types).length} types written`);
    return 0;
  }
  const found = differences(readLock(), current);
  console.log(found.length === 0 ? `nothing new: ${Object.keys(current.types).length} types` : found.join('\n'));
  return found.length === 0 ? 0 : 1;
}

process.exitCode = main();
