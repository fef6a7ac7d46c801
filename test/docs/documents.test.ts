import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { commands } from '../../bin/cli';
import { checkCommand } from '../../bin/commands/check';

const ROOT = resolve(__dirname, '../..');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'test/emulator/README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('.md'))
    .map((f) => join('docs', f)),
];
const read = (page: string): string => readFileSync(join(ROOT, page), 'utf8');
/** A page without its code: what looks like a link in code is none. */
const prose = (page: string): string =>
  read(page)
    .replace(/```[\s\S]*?```/g, '')
    .replace(/(`+)[^\n]*?\1/g, '');
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;
const known = commands().map((command) => command.name());

test.each(PAGES)('%s links only to what exists', (page) => {
  const links = [...prose(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)]*)?\)/g)].map((m) => m[1]!);
  const missing = links.filter((link) => !existsSync(join(ROOT, dirname(page), link)));
  expect(missing).toEqual([]);
});

test.each(PAGES)('%s names only npm scripts and enclave commands that exist', (page) => {
  const named = [...read(page).matchAll(/npm run (?:-s )?([a-z][a-z:-]*)/g)].map((m) => m[1]!);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
  const used = [...read(page).matchAll(/npx enclave +([a-z]+)/g)].map((m) => m[1]!);
  expect(used.filter((name) => !known.includes(name))).toEqual([]);
});

test('the README lists exactly the options of enclave check', () => {
  const table = /## For the owner of a pipeline([\s\S]*?)\n## /.exec(read('README.md'))?.[1] ?? '';
  const documented = [...new Set([...table.matchAll(/--([a-z]+)/g)].map((m) => m[1]!))].sort();
  expect(documented).toEqual(
    checkCommand()
      .options.map((o) => o.name())
      .sort(),
  );
});

test('the README shows real output: no block was left to be filled in', () => {
  expect(read('README.md')).not.toMatch(/_OUTPUT\b|TODO|TBD/);
});

test('the lock file records no address a package was fetched from', () => {
  expect(read('package-lock.json')).not.toMatch(/"resolved": "https?:/);
});

test('no dependency comes under a copyleft or source-available licence alone, and every pinned one is installed as pinned', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { license?: string; dev?: boolean }>;
  };
  const refused = Object.entries(packages).filter(
    ([name, p]) => name && /\b(A?GPL|SSPL|BUSL)\b/i.test(p.license ?? '') && !/\bMIT OR\b/.test(p.license ?? ''),
  );
  expect(refused.map(([name]) => name)).toEqual([]);
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
  for (const version of Object.values({ ...dependencies, ...devDependencies }))
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
});
