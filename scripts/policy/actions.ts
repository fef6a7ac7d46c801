/**
 * Prints what the perimeter consists of and what stops each action that moves data; writes the generated part of
 * docs/perimeter.md with `--write`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { completenessTable, documentsTable, generatedPart, withGeneratedPart } from './page';
import { publicActions } from './public-actions';

const PAGE = join(__dirname, '../../docs/perimeter.md');

async function main(): Promise<void> {
  const actions = await publicActions();
  process.stdout.write(`${documentsTable()}\n\n${completenessTable(actions)}\n`);
  if (process.argv.includes('--write'))
    writeFileSync(PAGE, withGeneratedPart(readFileSync(PAGE, 'utf8'), generatedPart(actions)));
}

void main();
