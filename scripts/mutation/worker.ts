/** A process that is handed one mutant after another and says who kills it. Talks to `mutate.ts` only. */
import * as path from 'node:path';
import * as fc from 'fast-check';
import { Battery, subjectOf } from './battery';
import type { Standing } from './battery';
import type * as Corpora from './corpora';
import { World } from './world';

/** A file as it was when the run began, whatever is written meanwhile. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

/** What `mutate.ts` sends: first the files, then mutants. */
export type Order =
  | {
      readonly kind: 'begin';
      readonly sources: readonly Source[];
      readonly tests: readonly string[];
      /** Where the corpora are written; without it only the tests are run. */
      readonly folder?: string;
    }
  | { readonly kind: 'mutant'; readonly file: string; readonly index: number };

export type Report =
  | { readonly kind: 'ready'; readonly trials: number; readonly leftOut: readonly string[] }
  | {
      readonly kind: 'judged';
      readonly file: string;
      readonly index: number;
      readonly killer?: string;
      readonly reached: number;
    };

const ROOT = path.join(__dirname, '../..');

// The same examples for every mutant, and no search for a smaller one.
fc.configureGlobal({ seed: 20261122, endOnFailure: true, numRuns: 25 });

const own = new Set<string>();
const isVolatile = (file: string): boolean =>
  own.has(file) ||
  file.startsWith(path.join(ROOT, 'lib/residency') + path.sep) ||
  /^test[\\/](residency|catalogue)[\\/]/.test(path.relative(ROOT, file));
const world = new World(isVolatile);
let battery: Battery | undefined;

process.on('message', (order: Order) => void follow(order));

async function follow(order: Order): Promise<void> {
  if (order.kind === 'begin') {
    const subjects = order.sources.map(({ file, text }) => subjectOf(file, text));
    for (const file of [...subjects.map(({ file }) => file), ...order.tests]) own.add(file);
    battery = new Battery(world, order.tests, order.folder === undefined ? undefined : corpora(order.folder));
    await battery.measure(subjects);
    return say({ kind: 'ready', ...battery.baseline });
  }
  const { file, index } = order;
  say({ kind: 'judged', file, index, ...(await battery!.judgeMutant(file, index)) });
}

/** Loaded only when asked for, because the corpora bring the CDK with them. */
function corpora(folder: string): Standing {
  const { leakTrials, ordinaryTrials } = world.load<typeof Corpora>(path.join(__dirname, 'corpora.ts'));
  return (judge, options) => [
    ...ordinaryTrials(path.join(folder, 'ordinary'), judge, options),
    ...leakTrials(path.join(folder, `leaks-${process.pid}`), judge, options),
  ];
}

const say = (report: Report): void => void process.send!(report);
