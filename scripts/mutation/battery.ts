/** Everything that may kill a mutant: tests and corpora, each knowing which mutants it reaches. */
import * as path from 'node:path';
import type { JudgeOptions } from '../../lib/residency';
import type { Judge } from './corpora';
import { mutantsOf, probed } from './operators';
import type { Mutant } from './operators';
import type { Trial } from './suite';
import { trialsIn } from './suite';
import type { World } from './world';

/** Longer than this and a trial is left to the test runner: a survivor would have to sit through it. */
const SLOW_MS = 1_500;
/** Measures the clock, not a verdict. */
const MEASURES_TIME = /ten thousand resources/;

const JUDGE = path.join(__dirname, '../../lib/residency/index.ts');

/** A file whose decisions are put to the test. */
export interface Subject {
  readonly file: string;
  readonly text: string;
  readonly mutants: readonly Mutant[];
}

export function subjectOf(file: string, text: string): Subject {
  return { file, text, mutants: mutantsOf(file, text) };
}

/** Trials that do not depend on the state of modules, such as the corpora. */
export type Standing = (judge: () => Judge, options: () => JudgeOptions) => readonly Trial[];

interface Entry {
  /** The trial in the world as it is; test files are loaded anew after every change. */
  trial(): Trial;
  readonly title: string;
  readonly milliseconds: number;
  /** `file#index` of the mutants whose expression was evaluated. */
  readonly reached: ReadonlySet<string>;
  /** Files of which anything was evaluated. */
  readonly files: ReadonlySet<string>;
}

export interface Baseline {
  readonly trials: number;
  /** Trials that fail, or take too long, without any mutant: they cannot tell anything. */
  readonly leftOut: readonly string[];
}

const announced = new Set<string>();

export class Battery {
  private entries: Entry[] = [];
  /**
   * Mutants whose effect a trial may notice without evaluating them: those evaluated while modules load, noticed by what
   * evaluates anything of the file, and those of files that remember, noticed by what evaluates anything of the folder.
   */
  private readonly anywhere = new Map<string, string>();
  private loaded = new Map<string, readonly Trial[]>();
  baseline: Baseline = { trials: 0, leftOut: [] };

  constructor(
    private readonly world: World,
    private readonly testFiles: readonly string[],
    private readonly standing: Standing | undefined,
  ) {}

  /** Runs everything once on the originals, with probes. */
  async measure(subjects: readonly Subject[]): Promise<void> {
    Object.assign(globalThis, { reached: (file: string, indices: readonly number[]) => reach(file, indices) });
    this.world.become(
      new Map(
        subjects.map(({ file, text, mutants }) => [
          file,
          probed(text, mutants, (indices) => `globalThis.reached(${JSON.stringify(file)}, [${indices.join()}])`),
        ]),
      ),
    );
    this.loaded = new Map();
    announced.clear();
    if (this.standing) this.world.load(JUDGE);
    const files = this.testFiles.map((file) => ({ file, trials: this.trialsOf(file) }));
    for (const one of announced) this.anywhere.set(one, fileOf(one));
    for (const { file, text, mutants } of subjects)
      if (remembers(text)) for (const { index } of mutants) this.anywhere.set(`${file}#${index}`, path.dirname(file));
    const fixed =
      this.standing?.(
        () => this.judge(),
        () => this.options(),
      ) ?? [];
    const all = [
      ...files.flatMap(({ file, trials }) =>
        trials.map((one, at) => ({ title: one.title, trial: () => this.trialsOf(file)[at]! })),
      ),
      ...fixed.map((one) => ({ title: one.title, trial: () => one })),
    ];
    const leftOut: string[] = [];
    const entries: Entry[] = [];
    for (const { title, trial } of all) {
      announced.clear();
      const begun = performance.now();
      const error = MEASURES_TIME.test(title) ? 'measures time' : await failure(trial());
      const milliseconds = performance.now() - begun;
      if (error !== undefined) leftOut.push(`${title}: ${error}`);
      else if (milliseconds > SLOW_MS) leftOut.push(`${title}: slow`);
      else
        entries.push({
          title,
          trial,
          milliseconds,
          reached: new Set(announced),
          files: new Set([...announced].map(fileOf)),
        });
    }
    this.entries = entries.sort((a, b) => a.milliseconds - b.milliseconds);
    this.baseline = { trials: entries.length, leftOut };
  }

  /** The first trial that notices the mutant, or undefined when it survives; `reached` tells how many looked. */
  async killer(subject: Subject, mutant: Mutant, text: string): Promise<{ killer?: string; reached: number }> {
    const id = `${subject.file}#${mutant.index}`;
    this.loaded = new Map();
    this.world.become(new Map([[subject.file, text]]));
    const near = this.anywhere.get(id);
    const asked = this.entries.filter(({ reached, files }) =>
      near === undefined ? reached.has(id) : [...files].some((file) => file.startsWith(near)),
    );
    for (const entry of asked) {
      const error = await failure({ title: entry.title, run: () => entry.trial().run() });
      if (error !== undefined) return { killer: entry.title, reached: asked.length };
    }
    return { reached: asked.length };
  }

  private trialsOf(file: string): readonly Trial[] {
    const known = this.loaded.get(file) ?? trialsIn(this.world, file);
    this.loaded.set(file, known);
    return known;
  }

  private judge(): Judge {
    return this.world.load<{ judge: Judge }>(JUDGE).judge;
  }

  private options(): JudgeOptions {
    return {
      stores: this.world.load<{ NO_EXTERNAL_STORES: JudgeOptions['stores'] }>(JUDGE).NO_EXTERNAL_STORES,
      accounts: [],
      classDefault: 'restricted',
      transfers: [],
      waivers: [],
      reviewedTypes: [],
      now: new Date('2026-11-22T12:00:00Z'),
    };
  }
}

function reach(file: string, indices: readonly number[]): void {
  for (const index of indices) announced.add(`${file}#${index}`);
}

/** A module that keeps answers from one question to the next: who asks first is chance. */
const remembers = (text: string): boolean => /^(?:let |const \w+ = new (?:Weak)?Map)/m.test(text);

async function failure(trial: Trial): Promise<string | undefined> {
  try {
    await trial.run();
    return undefined;
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split('\n')[0] || 'failed';
  }
}

const fileOf = (id: string): string => id.slice(0, id.lastIndexOf('#'));
