/** Templates that published packages keep beside their tests. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import PACKAGES from './packages.json';

/** Where the templates are taken to be deployed: most of them are kept without a Region and an account. */
export const HOME = { region: 'eu-west-1', account: '111111111111' } as const;

/** What the tests of these packages write where a Region or an account would stand. */
const PLACEHOLDERS: readonly (readonly [RegExp, string])[] = [
  [/test-region(?:-1)?/g, HOME.region],
  [/\b(?:12345678|123456789012)\b/g, HOME.account],
];

export interface Published {
  readonly packageName: string;
  readonly file: string;
}

/** Fetches the packages into `folder` and answers with their templates. @throws when one cannot be had */
export function publishedTemplates(folder: string): readonly Published[] {
  const packed = run('npm', ['pack', '--silent', '--pack-destination', folder, ...PACKAGES])
    .trim()
    .split('\n');
  if (packed.length !== PACKAGES.length)
    throw new Error(`${PACKAGES.length} packages were asked for, ${packed.length} came`);
  return packed.flatMap((archive, index) => {
    const target = path.join(folder, String(index));
    mkdirSync(target);
    run('tar', ['-xzf', path.join(folder, archive), '-C', target]);
    return readdirSync(target, { recursive: true, encoding: 'utf8' })
      .filter(isTemplate)
      .sort()
      .map((name) => ({ packageName: PACKAGES[index]!, file: placed(path.join(target, name)) }));
  });
}

/** What a stack of assertions holds is the test, not the application. */
const isTemplate = (name: string): boolean =>
  /\.(?:template|expected)\.json$/.test(name) && !name.includes('DeployAssert') && !name.includes('node_modules');

/** Puts a Region and an account where a placeholder stands. */
function placed(file: string): string {
  const text = PLACEHOLDERS.reduce((all, [written, meant]) => all.replace(written, meant), readFileSync(file, 'utf8'));
  writeFileSync(file, text);
  return file;
}

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${program} ${args[0]} ended with ${status}: ${stderr.slice(-400)}`);
  return stdout;
}
