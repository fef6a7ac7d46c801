/** `npm run build`: compiles what is published and puts the catalogue's data and the policies beside it. */
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const DIST = join(ROOT, 'dist');

rmSync(DIST, { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  [require.resolve('typescript/bin/tsc'), '-p', join(ROOT, 'tsconfig.build.json')],
  { stdio: 'inherit' },
);
if (status !== 0) process.exit(status ?? 1);
// The lock file serves the completeness tests only; it is the larger part of the data.
cpSync(join(ROOT, 'lib/catalogue/data'), join(DIST, 'lib/catalogue/data'), {
  recursive: true,
  filter: (source) => basename(source) !== 'lock.json',
});
// `gateway explain` evaluates the policies as they are written.
cpSync(join(ROOT, 'config/gateway'), join(DIST, 'config/gateway'), { recursive: true });
