/**
 * `npm run page:assets`: writes what the page carries and nobody should make at every run: the outlines of the map, and
 * style and script, bundled and minified. `--check` writes nothing and fails when a file is not what this would write.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { geography } from './geography';

const ROOT = resolve(__dirname, '../..');
const PAGE = join(ROOT, 'lib/report/page');

function bundled(entry: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(PAGE, 'browser', entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['chrome115', 'firefox115', 'safari16.4'],
    charset: 'utf8',
    legalComments: 'none',
  });
  return outputFiles[0]!.text.trim();
}

function assets(): Readonly<Record<string, object>> {
  const [style, script] = [bundled('page.css'), bundled('page.mjs')];
  for (const text of [style, script])
    if (/<\/|<!--/u.test(text))
      throw new Error('Style or script holds the end of an element; write it in another way.');
  return { 'geography.json': geography(), 'browser.json': { style, script } };
}

const stale = Object.entries(assets()).flatMap(([name, content]) => {
  const file = join(PAGE, 'data', name);
  const text = `${JSON.stringify(content, null, 2)}\n`;
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
    return [];
  }
  return readFileSync(file, 'utf8') === text ? [] : [relative(ROOT, file)];
});
if (stale.length > 0) {
  process.stderr.write(`${stale.join(', ')}: not what its sources make. Run npm run page:assets.\n`);
  process.exitCode = 1;
}
