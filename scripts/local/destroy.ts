/** `npm run destroy:local`: takes away what `deploy:local` left standing, says what CloudFormation keeps, ends the emulator. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Emulator } from '../../test/emulator/emulator';
import { stacksOf } from '../../bin/aws/assembly';
import { running } from './connect';
import { standing, unprotect } from './standing';
import { ASSEMBLY, forget, readState } from './state';

/** Numbers of resources by type that outlive their stacks, from the deletion policies in the templates. */
function keptTypes(): Map<string, number> {
  const kept = new Map<string, number>();
  for (const { templateFile } of stacksOf(ASSEMBLY)) {
    const { Resources } = JSON.parse(readFileSync(templateFile, 'utf8')) as {
      Resources: Record<string, { Type: string; DeletionPolicy?: string }>;
    };
    for (const { Type, DeletionPolicy } of Object.values(Resources)) {
      if (DeletionPolicy?.startsWith('Retain')) kept.set(Type, (kept.get(Type) ?? 0) + 1);
    }
  }
  return kept;
}

async function main(): Promise<void> {
  const emulator = await running();
  if (!emulator) {
    process.stdout.write('Nothing stands: no local deployment answers.\n');
    forget();
    return;
  }
  const stacks = stacksOf(ASSEMBLY);
  await unprotect(emulator, await standing(emulator, stacks));
  const { status, output } = await emulator.cdk(
    ['destroy', '--all', '--force', '--app', ASSEMBLY],
    resolve(__dirname, '../..'),
  );
  if (status !== 0) {
    process.stderr.write(`${output}\n`);
    process.exit(1);
  }
  const left = (await standing(emulator, stacks)).filter((s) => s.status !== 'absent');
  process.stdout.write(
    `${stacks.length - left.length} of ${stacks.length} stacks taken away. Kept, as their templates demand:\n`,
  );
  for (const [type, count] of [...keptTypes()].sort())
    process.stdout.write(`  ${String(count).padStart(3)} × ${type}\n`);
  const { pid } = readState() ?? {};
  await emulator.stop();
  if (pid !== undefined) Emulator.kill(pid);
  forget();
  process.stdout.write(
    pid === undefined
      ? 'The emulator was not started here and goes on.\n'
      : 'The emulator, and with it what was kept, is gone.\n',
  );
  process.exit(left.length ? 1 : 0);
}

void main();
