/** Writes `docs/CHANNELS.md` from the catalogue. With `--check` it only compares and exits 1 when the page is stale. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { channelsPage } from './channels-page';

const PAGE = path.join(__dirname, '../../docs/CHANNELS.md');

function main(): number {
  const page = channelsPage();
  if (process.argv.includes('--check')) {
    const fresh = existsSync(PAGE) && readFileSync(PAGE, 'utf8') === page;
    console.log(
      fresh ? 'docs/CHANNELS.md is up to date' : 'docs/CHANNELS.md is stale: run scripts/catalogue/channels.ts',
    );
    return fresh ? 0 : 1;
  }
  writeFileSync(PAGE, page);
  console.log(`docs/CHANNELS.md: ${page.split('\n').length} lines`);
  return 0;
}

process.exitCode = main();
