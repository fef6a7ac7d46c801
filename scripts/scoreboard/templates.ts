/** The templates of an assembly, for tools that are programs of their own. */
import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Files in one call: a command line has an end. */
const BATCH = 200;

/** Paths of all templates below the folder, in batches. */
export function templateBatches(directory: string): readonly (readonly string[])[] {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.template.json'))
    .sort()
    .map((file) => path.join(directory, file));
  return Array.from({ length: Math.ceil(files.length / BATCH) }, (_, batch) =>
    files.slice(batch * BATCH, (batch + 1) * BATCH),
  );
}
