/**
 * `npm run field [-- --write]`: the judge over templates that other people published, each as an application of its own. Fetches
 * packages from the npm registry. `--write` rewrites docs/FIELD.md.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { findRegion } from '../../lib/geo';
import type { Judgement } from '../../lib/residency';
import { NOTHING_REGISTERED, judge } from '../../lib/residency';
import { InputError, readApplication } from '../../lib/template';
import type { Outcome } from './page';
import { fieldPage } from './page';
import { HOME, publishedTemplates } from './templates';

const PAGE = path.join(__dirname, '../../docs/FIELD.md');

function judged(file: string): Judgement {
  const application = readApplication([{ path: file, ...HOME }], {
    partitionOf: (region) => findRegion(region)?.partition,
  });
  return judge(application, { ...NOTHING_REGISTERED, now: new Date(0) });
}

/** What the judge says; only what is no template may be refused, anything else it throws ends the run. */
function outcomeOf(packageName: string, file: string): Outcome {
  const name = path.basename(file);
  try {
    const { counts, findings } = judged(file);
    return { packageName, name, resources: counts.resources, findings };
  } catch (error) {
    if (error instanceof InputError) return { packageName, name, refused: error.message };
    throw error;
  }
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'field-'));
  try {
    const outcomes = publishedTemplates(folder).map(({ packageName, file }) => outcomeOf(packageName, file));
    const page = await format(fieldPage(outcomes), { ...(await resolveConfig(PAGE)), filepath: PAGE });
    if (process.argv.includes('--write')) writeFileSync(PAGE, page);
    process.stdout.write(page);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
