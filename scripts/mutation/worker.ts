/** A process that is handed one mutant after another and says who kills it. Talks to `mutate.ts` only. */
import * as path from 'node:path';
import * as fc from 'fast-check';
import { Battery, subjectOf } from './battery';
import type { Standing, Subject } from './battery';
import { mutated } from './operators';
import type { Mutant } from './operators';
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
let subjects = new Map<string, Subject>();

process.on('message', (order: Order) => void follow(order));

async function follow(order: Order): Promise<void> {
  if (order.kind === 'begin') {
    subjects = new Map(order.sources.map(({ file, text }) => [file, subjectOf(file, text)]));
    for (const file of [...subjects.keys(), ...order.tests]) own.add(file);
    battery = new Battery(world, order.tests, order.folder === undefined ? undefined : corpora(order.folder));
    await battery.measure([...subjects.values()]);
    return say({ kind: 'ready', ...battery.baseline });
  }
  const subject = subjects.get(order.file)!;
  const mutant = subject.mutants[order.index]!;
  const { killer, reached } = await outcome(subject, mutant);
  say({ kind: 'judged', file: order.file, index: order.index, reached, ...(killer === undefined ? {} : { killer }) });
}

/** Loaded only when asked for, because the corpora bring the CDK with them. */
function corpora(folder: string): Standing {
  const { leakTrials, ordinaryTrials } = world.load<typeof import('./corpora')>(path.join(__dirname, 'corpora.ts'));
  return (judge, options) => [
    ...ordinaryTrials(path.join(folder, 'ordinary'), judge, options),
    ...leakTrials(path.join(folder, `leaks-${process.pid}`), judge, options),
  ];
}

async function outcome(subject: Subject, mutant: Mutant): Promise<{ killer?: string; reached: number }> {
  try {
    return await battery!.killer(subject, mutant, mutated(subject.text, mutant));
  } catch (error) {
    return { killer: `does not load: ${String(error)}`, reached: 0 };
  }
}

const say = (report: Report): void => void process.send!(report);
