/**
 * Mutation testing of the judge's decisions.
 * Run with `npx ts-node scripts/mutation/mutate.ts [--only <part of a file name>] [--write] [--corpora <folder to keep>]
 * [--minutes <at most>] [--resume <file that remembers outcomes>]`, or on any one file and its tests with
 * `--subject <file> --tests <test file>`.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import * as path from 'node:path';
import * as ts from 'typescript';
import { subjectOf } from './battery';
import type { Subject } from './battery';
import type { writeOrdinary } from './corpora';
import type { Mutant } from './operators';
import { page } from './page';
import type { FileResult, Outcome } from './page';
import type { Order, Report } from './worker';

const ROOT = path.join(__dirname, '../..');
const TARGETS = ['evaluators', 'policy', 'rules', 'destination.ts', 'opinion.ts'];
const TESTS = ['test/residency', 'test/catalogue/fixtures.test.ts'];
/** Tests; those of this very runner, which wake mutants of their own, are none of the judge's. */
const TRIALS = /^(?!mutation-).*\.test\.ts$/;
/** A mutant that takes longer than this does not end; noticing that is a kill. */
const PATIENCE_MS = 60_000;

interface Equivalent {
  readonly file: string;
  /** The line of source it stands in, without blanks around it; the same words may decide something elsewhere. */
  readonly line: string;
  readonly was: string;
  readonly replacement: string;
  readonly reason: string;
}

function filesAt(where: string, suits: RegExp): readonly string[] {
  const at = path.join(ROOT, where);
  if (where.endsWith('.ts')) return [at];
  return readdirSync(at, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && suits.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

interface Task {
  readonly subject: Subject;
  readonly mutant: Mutant;
}

/**
 * Hands the tasks to a process each until none is left; a process that does not answer is replaced. One is asked for its
 * trials even when nothing is left to try.
 */
async function work(
  tasks: Task[],
  begin: Order,
  until: number,
  done: (task: Task, outcome: Outcome) => void,
): Promise<Report | undefined> {
  let ready: Report | undefined;
  do {
    await new Promise<void>((resolve, reject) => {
      const child: ChildProcess = fork(path.join(__dirname, 'worker.ts'), {
        execArgv: ['--max-old-space-size=3000', '-r', 'ts-node/register'],
        cwd: ROOT,
        env: { ...process.env, CDK_VALIDATION: 'false' },
      });
      let current: Task | undefined;
      let clock: NodeJS.Timeout | undefined;
      const next = (): void => {
        current = Date.now() < until ? tasks.shift() : undefined;
        if (!current) {
          child.kill();
          return resolve();
        }
        clock = setTimeout(() => {
          done(current!, { killer: 'does not end' });
          child.kill('SIGKILL');
          resolve();
        }, PATIENCE_MS);
        child.send({ kind: 'mutant', file: current.subject.file, index: current.mutant.index } satisfies Order);
      };
      child.on('message', (report: Report) => {
        clearTimeout(clock);
        if (report.kind === 'ready') ready ??= report;
        else
          done(current!, {
            ...(report.killer === undefined ? {} : { killer: report.killer }),
            reached: report.reached,
          });
        next();
      });
      child.on('error', reject);
      child.on('exit', (code) => (code ? reject(new Error(`a worker ended with ${code}`)) : undefined));
      child.send(begin);
    });
  } while (tasks.length > 0 && Date.now() < until);
  return ready;
}

/** Outcomes of an earlier run, by the content of what was mutated. */
type Memory = Readonly<Record<string, Outcome>>;

/**
 * Keys of the mutants of a file by content: the file, the text of the top-level statement the mutant stands in, its place
 * there and what it writes. A change elsewhere in the file leaves an outcome as it was; a change in the statement forgets it.
 */
function keysOf({ file, text, mutants }: Subject): ReadonlyMap<Mutant, string> {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022);
  const name = path.relative(ROOT, file).replaceAll(path.sep, '/');
  return new Map(
    mutants.map((mutant) => {
      const within = source.statements.find(({ pos, end }) => pos <= mutant.start && mutant.end <= end);
      const start = within?.getStart(source) ?? 0;
      const content = [name, text.slice(start, within?.end), mutant.start - start, mutant.operator, mutant.replacement];
      return [mutant, createHash('sha256').update(JSON.stringify(content)).digest('base64url')];
    }),
  );
}

function recall(memory: string, subjects: readonly Subject[], outcomes: Map<Mutant, Outcome>): void {
  const known = JSON.parse(readFileSync(memory, 'utf8')) as Memory;
  for (const subject of subjects)
    for (const [mutant, key] of keysOf(subject)) if (known[key]) outcomes.set(mutant, known[key]);
}

function remember(memory: string, subjects: readonly Subject[], outcomes: ReadonlyMap<Mutant, Outcome>): void {
  const known: Record<string, Outcome> = {};
  for (const subject of subjects)
    for (const [mutant, key] of keysOf(subject)) {
      const outcome = outcomes.get(mutant);
      if (outcome) known[key] = outcome;
    }
  writeFileSync(memory, JSON.stringify(known));
}

async function main(args: readonly string[]): Promise<void> {
  const option = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const only = option('--only');
  const subject = option('--subject');
  const kept = option('--corpora');
  const begun = Date.now();
  // What is not run by then is reported as not run.
  const until = begun + Number(option('--minutes') ?? 60) * 60_000;
  const files = subject
    ? [path.resolve(subject)]
    : TARGETS.flatMap((one) => filesAt(`lib/residency/${one}`, /\.ts$/)).filter((file) => !only || file.includes(only));
  const subjects = files.map((file) => subjectOf(file, readFileSync(file, 'utf8')));
  const tests = subject ? [path.resolve(option('--tests') ?? '')] : TESTS.flatMap((one) => filesAt(one, TRIALS));
  const folder = kept ? path.resolve(kept) : mkdtempSync(path.join(tmpdir(), 'mutation-'));
  if (!subject) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- brings the CDK with it, which not every run needs
    const corpora = require('./corpora') as { writeOrdinary: typeof writeOrdinary };
    corpora.writeOrdinary(path.join(folder, 'ordinary'));
  }
  const equivalents = JSON.parse(
    readFileSync(path.join(__dirname, 'equivalent.json'), 'utf8'),
  ) as readonly Equivalent[];
  const reasonFor = ({ subject, mutant }: Task): string | undefined =>
    equivalents.find(
      (one) =>
        subject.file.endsWith(one.file) &&
        one.was === mutant.was &&
        one.replacement === mutant.replacement &&
        one.line === subject.text.slice(0, subject.text.indexOf('\n', mutant.start)).split('\n').at(-1)!.trim(),
    )?.reason;

  const outcomes = new Map<Mutant, Outcome>();
  const memory = option('--resume');
  if (memory !== undefined && existsSync(memory)) recall(memory, subjects, outcomes);
  const all = subjects.flatMap((subject) => subject.mutants.map((mutant): Task => ({ subject, mutant })));
  // Added tests kill no fewer: what was killed stays killed, what survived is tried again, what was never run comes first.
  const tasks = all
    .filter((task) => reasonFor(task) === undefined && outcomes.get(task.mutant)?.killer === undefined)
    .sort((a, b) => Number(outcomes.has(a.mutant)) - Number(outcomes.has(b.mutant)));
  process.stderr.write(`${all.length} mutants of ${files.length} files\n`);
  const begin: Order = {
    kind: 'begin',
    sources: subjects.map(({ file, text }) => ({ file, text })),
    tests,
    ...(subject ? {} : { folder }),
  };
  const processes = subject ? 1 : Math.min(2, availableParallelism());
  const reports = await Promise.all(
    Array.from({ length: processes }, () =>
      work(tasks, begin, until, (task, outcome) => {
        outcomes.set(task.mutant, outcome);
        if (outcome.killer === undefined)
          process.stderr.write(
            `survived ${path.relative(ROOT, task.subject.file)}:${task.mutant.line} [${task.mutant.operator}] reached by ${outcome.reached}: ${task.mutant.was} ⇒ ${task.mutant.replacement.replace(/\s+/g, ' ').slice(0, 120)}\n`,
          );
      }),
    ),
  );
  const ready = reports.find((one) => one?.kind === 'ready');
  if (!kept) rmSync(folder, { recursive: true, force: true });
  const results: FileResult[] = subjects.map((subject) => ({
    file: path.relative(ROOT, subject.file).replaceAll(path.sep, '/'),
    mutants: subject.mutants.map((mutant) => {
      const reason = reasonFor({ subject, mutant });
      return { mutant, outcome: outcomes.get(mutant), ...(reason === undefined ? {} : { reason }) };
    }),
  }));
  if (memory !== undefined) remember(memory, subjects, outcomes);
  const text = page(results, {
    trials: ready?.kind === 'ready' ? ready.trials : 0,
    leftOut: ready?.kind === 'ready' ? ready.leftOut : [],
    ...(memory === undefined ? { seconds: Math.round((Date.now() - begun) / 1000) } : {}),
  });
  if (args.includes('--write') && !only && !subject) writeFileSync(path.join(ROOT, 'docs/MUTATION.md'), text);
  else process.stdout.write(text);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
