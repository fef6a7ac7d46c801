/** Everything that may kill a mutant: tests and corpora, each knowing which mutants it reaches. */
import * as path from 'node:path';
import type { JudgeOptions } from '../../lib/residency';
import type { Judge } from './corpora';
import { mutantsOf, withMutants } from './operators';
import type { Mutant } from './operators';
import type { Trial } from './suite';
import { trialsIn } from './suite';
import type { World } from './world';

/** Longer than this and a trial is left to the test runner: a survivor would have to sit through it. */
const SLOW_MS = 1_500;
/** Items of the corpora that are asked about one mutant. */
const CORPUS_ITEMS = 120;
/** Measures the clock, not a verdict. */
const MEASURES_TIME = /ten thousand resources/;
/** Asks every row of the catalogue at once, for seconds: longer than any mutant may wait, so it is not even tried. */
const ASKS_EVERYTHING =
  /at every row without an error|at any row is judged the same|do not depend on the (?:order|style)/;

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
  /** The trial in the world as it is; test files are loaded anew with the modules they test. */
  trial(): Trial;
  readonly title: string;
  readonly isCorpus: boolean;
  readonly milliseconds: number;
  /** Numbers of the mutants whose expression was evaluated. */
  readonly reached: ReadonlySet<number>;
  /** Files of which anything was evaluated. */
  readonly files: ReadonlySet<string>;
}

export interface Baseline {
  readonly trials: number;
  /** Trials that fail, or take too long, without any mutant: they cannot tell anything. */
  readonly leftOut: readonly string[];
}

export interface Verdict {
  /** The trial that noticed. */
  readonly killer?: string;
  /** How many trials could have. */
  readonly reached: number;
}

/** What the switches in the mutated texts talk to. */
interface Switches {
  awake: number;
  reached: (numbers: readonly number[]) => void;
}
const switches = globalThis as unknown as Switches;
const NONE = -1;

export class Battery {
  private entries: readonly Entry[] = [];
  private readonly firstOf = new Map<string, number>();
  private readonly fileOf: string[] = [];
  private texts: ReadonlyMap<string, string> = new Map();
  /**
   * Mutants that take effect when modules load: those evaluated then, noticed by what evaluates anything of the file, and
   * those of files that remember, noticed by what evaluates anything of the folder.
   */
  private readonly atLoad = new Map<number, string>();
  private isClean = false;
  private loaded = new Map<string, readonly Trial[]>();
  private noticed = new Set<number>();
  baseline: Baseline = { trials: 0, leftOut: [] };

  constructor(
    private readonly world: World,
    private readonly testFiles: readonly string[],
    private readonly standing: Standing | undefined,
  ) {}

  /** Runs everything once with all mutants asleep, to see which trial reaches which. */
  async measure(subjects: readonly Subject[]): Promise<void> {
    const texts = new Map<string, string>();
    for (const { file, text, mutants } of subjects) {
      const first = this.fileOf.length;
      this.firstOf.set(file, first);
      for (const { index } of mutants) {
        this.fileOf.push(file);
        if (remembers(text)) this.atLoad.set(first + index, path.dirname(file));
      }
      texts.set(file, withMutants(text, mutants, first));
    }
    this.texts = texts;
    switches.reached = (numbers) => numbers.forEach((one) => this.noticed.add(one));
    this.reload(NONE);
    if (this.standing) this.world.load(JUDGE);
    const own = this.testFiles.flatMap((file) =>
      this.trialsOf(file).map(({ title }, at) => ({ title, trial: () => this.trialsOf(file)[at]! })),
    );
    for (const one of this.noticed) if (!this.atLoad.has(one)) this.atLoad.set(one, this.fileOf[one]!);
    const fixed = this.standing?.(
      () => this.judge(),
      () => this.options(),
    );
    const leftOut: string[] = [];
    const entries: Entry[] = [];
    const all = [
      ...own.map((one) => ({ ...one, isCorpus: false })),
      ...(fixed ?? []).map((one) => ({ title: one.title, trial: () => one, isCorpus: true })),
    ];
    for (const { title, trial, isCorpus } of all) {
      this.noticed = new Set();
      const begun = performance.now();
      const error = MEASURES_TIME.test(title)
        ? 'measures time'
        : ASKS_EVERYTHING.test(title)
          ? 'slow'
          : await failure(() => trial().run());
      const milliseconds = performance.now() - begun;
      const files = new Set([...this.noticed].map((one) => this.fileOf[one]!));
      if (error !== undefined) leftOut.push(`${title}: ${error}`);
      else if (milliseconds > SLOW_MS) leftOut.push(`${title}: slow`);
      else entries.push({ title, trial, isCorpus, milliseconds, reached: this.noticed, files });
    }
    switches.reached = () => undefined;
    this.entries = entries.sort((a, b) => a.milliseconds - b.milliseconds);
    this.baseline = { trials: entries.length, leftOut };
  }

  /** Wakes one mutant and asks every trial that reaches it, until one notices. */
  async judgeMutant(file: string, index: number): Promise<Verdict> {
    const number = this.firstOf.get(file)! + index;
    const near = this.atLoad.get(number);
    if (near !== undefined) this.reload(number);
    else if (!this.isClean) this.reload(NONE);
    switches.awake = number;
    const isNear = (one: string): boolean => near !== undefined && one.startsWith(near);
    const able = this.entries.filter(({ reached, files }) =>
      near === undefined ? reached.has(number) : [...files].some(isNear),
    );
    // Tests first: they are about single decisions. Of the corpora, whose items are many and alike, an even sample.
    const asked = [
      ...able.filter(({ isCorpus }) => !isCorpus),
      ...sample(
        able.filter(({ isCorpus }) => isCorpus),
        CORPUS_ITEMS,
      ),
    ];
    for (const entry of asked)
      if ((await failure(() => entry.trial().run())) !== undefined)
        return { killer: entry.title, reached: asked.length };
    return { reached: asked.length };
  }

  private reload(awake: number): void {
    switches.awake = awake;
    this.loaded = new Map();
    this.world.become(this.texts);
    this.isClean = awake === NONE;
    // A trial loads its test file when it is first asked for, which has to happen while nobody is awake.
    if (this.isClean) for (const file of this.testFiles) this.trialsOf(file);
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

/** A module that keeps answers from one question to the next: who asks first is chance. */
const remembers = (text: string): boolean => /^(?:let |const \w+ = new (?:Weak)?Map)/m.test(text);

function sample<T>(items: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, items.length / count);
  return Array.from({ length: Math.min(count, items.length) }, (_, at) => items[Math.floor(at * step)]!);
}

async function failure(run: () => unknown): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split('\n')[0] || 'failed';
  }
}
