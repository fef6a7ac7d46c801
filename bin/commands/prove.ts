/** `enclave prove [PATH]`: proves the perimeter of an assembly. Exit 0: every invariant holds; 1: one is refuted; 2: bad input. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import {
  INVARIANTS,
  ProofRefusal,
  allowsNothingNew,
  jsonView,
  markdownView,
  prove,
  readPolicies,
  smtLib,
  textView,
} from '../../lib/proof';
import type { ProofReport, Question } from '../../lib/proof';
import { version } from '../../package.json';
import { UsageError, applicationAt } from '../input';
import { haveReproved } from '../solver';
import type { AskedQuestion } from '../solver';

interface ProveOptions {
  readonly invariant: readonly string[];
  readonly tree?: boolean;
  readonly format: keyof typeof VIEWS;
  readonly smt?: string;
  readonly against?: string;
}

const DEFAULT_PATH = 'cdk.out';

const VIEWS = {
  text: textView,
  json: (report: ProofReport) => jsonView(report, version),
  markdown: markdownView,
} as const;

/** The command, ready to be added to the program. */
export function proveCommand(): Command {
  return new Command('prove')
    .description('Proves that no request breaks the perimeter, whatever identity policies say; or shows one that does.')
    .argument('[path]', 'cdk.out folder of the enclave', DEFAULT_PATH)
    .option('--invariant <slug>', 'prove only this one (may be repeated)', (slug, all: string[]) => [...all, slug], [])
    .option('--tree', 'show which statement closes each case')
    .addOption(new Option('--format <format>', 'form of the answer').choices(Object.keys(VIEWS)).default('text'))
    .option('--smt <folder>', 'write every question as SMT-LIB and have cvc5 answer it too')
    .option('--against <base>', 'prove instead that nothing is allowed that this older cdk.out denied')
    .action((path: string, options: ProveOptions) => {
      process.exitCode = proveAt(path, options);
    });
}

function proveAt(path: string, options: ProveOptions): number {
  if (path === DEFAULT_PATH && !existsSync(path))
    throw new UsageError(`${DEFAULT_PATH}: no such folder here. Run npx cdk synth first, or give the path of one.`);
  const written: AskedQuestion[] = [];
  const report = refusing(() => {
    const policies = readPolicies(applicationAt([path], {}));
    const invariants =
      options.against === undefined
        ? chosen(options.invariant)
        : [allowsNothingNew(readPolicies(applicationAt([options.against], {})))];
    return prove(policies, invariants, {
      trees: options.tree === true || options.format === 'json',
      ...(options.smt === undefined
        ? {}
        : {
            onAnswer: (question, formula, verdict) =>
              written.push(writeQuestion(options.smt!, question, formula, verdict, written.length)),
          }),
    });
  });
  process.stdout.write(VIEWS[options.format](report));
  const confirmed = options.smt === undefined || haveReproved(written);
  return report.holds && confirmed ? 0 : 1;
}

function writeQuestion(
  folder: string,
  { invariant, scope }: Question,
  formula: Parameters<typeof smtLib>[0],
  verdict: AskedQuestion['verdict'],
  index: number,
): AskedQuestion {
  const file = join(folder, `${String(index + 1).padStart(3, '0')}-${invariant.slug}.smt2`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, smtLib(formula, `${invariant.slug}, ${scope.name}: we say ${verdict}`));
  } catch (error) {
    throw new UsageError(
      `${file}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}). Give a folder that can be made.`,
    );
  }
  return { file, verdict };
}

function chosen(slugs: readonly string[]): typeof INVARIANTS {
  const stranger = slugs.find((slug) => !INVARIANTS.some((one) => one.slug === slug));
  if (stranger !== undefined)
    throw new UsageError(
      `--invariant ${stranger}: there is none of this name. Choose from ${INVARIANTS.map((one) => one.slug).join(', ')}.`,
    );
  return slugs.length === 0 ? INVARIANTS : INVARIANTS.filter(({ slug }) => slugs.includes(slug));
}

/** A refusal of the prover is bad input: it says which policy cannot be read. */
function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ProofRefusal) throw new UsageError(error.message);
    throw error;
  }
}
