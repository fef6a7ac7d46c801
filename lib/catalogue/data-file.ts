/** Reads one of the files in `data/`, which stand beside the code that is published. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Without the search, links and bookkeeping of `require`: of a hundred small files they cost more than the reading. */
export const dataFile = <T>(name: string): T => JSON.parse(readFileSync(join(__dirname, 'data', name), 'utf8')) as T;
