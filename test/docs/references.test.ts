/** What pages point at beside files: headings, programs, tests, and figures of other pages. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const markdownIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file));
const PAGES = ['README.md', 'CONTRIBUTING.md', 'test/emulator/README.md', ...markdownIn('docs')];
const read = (page: string): string => readFileSync(join(ROOT, page), 'utf8');
const withoutBlocks = (page: string): string => read(page).replace(/```[\s\S]*?```/g, '');

/** Anchors of the headings of a page, as GitHub makes them. */
function anchorsOf(page: string): Set<string> {
  const headings = [...withoutBlocks(page).matchAll(/^#+ (.+)$/gm)].map((m) => m[1]!);
  return new Set(
    headings.map((heading) =>
      heading
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .trim()
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\-_ ]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

test.each(PAGES)('%s links only to headings that exist', (page) => {
  const links = [...withoutBlocks(page).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)#([^)\s]+)\)/g)];
  const missing = links.filter(([, file, anchor]) => {
    const target = file === '' ? page : join(dirname(page), file!);
    return target.endsWith('.md') && !anchorsOf(target).has(anchor!);
  });
  expect(missing.map(([link]) => link)).toEqual([]);
});

test('some links lead to headings, so that the promise above is about something', () => {
  expect(PAGES.filter((page) => /\]\([^)\s]*#[^)]+\)/.test(withoutBlocks(page))).length).toBeGreaterThan(2);
});

test.each(PAGES)('%s names only programs and tests that exist', (page) => {
  const programs = [...read(page).matchAll(/\bts-node (?:--\S+ )*((?:scripts|bin)\/[\w./-]+)/g)].map((m) => m[1]!);
  expect(programs.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  const tests = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `test/${file}`);
  const named = [...read(page).matchAll(/\bnpx jest ([\w/-]+(?:\.\w+)*)/g)].map((m) => m[1]!);
  expect(named.filter((name) => !tests.some((file) => file.includes(name)))).toEqual([]);
});

test('the README counts the calls of the attack matrix as the matrix does', () => {
  const [, decided, pass, refused] = /(\d+) decided \((\d+) must pass, (\d+) must not\)/.exec(
    read('docs/attack-matrix.md'),
  )!;
  expect(read('README.md')).toContain(
    `plays ${decided} calls one by one, ${refused} that must be refused and ${pass} that must pass.`,
  );
});
