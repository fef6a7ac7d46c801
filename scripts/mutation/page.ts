/** The page with the results of mutation testing. */
import type { Mutant } from './operators';

export interface Outcome {
  /** The trial that noticed; absent when the mutant survived. */
  readonly killer?: string;
  /** How many trials evaluated the mutated expression. */
  readonly reached?: number;
}

export interface FileResult {
  readonly file: string;
  readonly mutants: readonly {
    readonly mutant: Mutant;
    /** Absent when the mutant was not run. */
    readonly outcome: Outcome | undefined;
    /** Why it decides the same; such a mutant is not run. */
    readonly reason?: string;
  }[];
}

export interface Circumstances {
  readonly trials: number;
  readonly leftOut: readonly string[];
  /** Of a run that did everything; absent when it resumed another. */
  readonly seconds?: number;
}

/** Counts of one or more files. */
export function tally(results: readonly FileResult[]) {
  const all = results.flatMap(({ mutants }) => mutants);
  const equivalent = all.filter(({ reason }) => reason !== undefined).length;
  const killed = all.filter(({ outcome, reason }) => reason === undefined && outcome?.killer !== undefined).length;
  const notRun = all.filter(({ outcome, reason }) => reason === undefined && outcome === undefined).length;
  return { total: all.length, killed, equivalent, notRun, survived: all.length - equivalent - killed - notRun };
}

const cell = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('|', '\\|').slice(0, 110);
const code = (text: string): string => `\`${cell(text).replaceAll('`', "'")}\``;

/** The page as Markdown. */
export function page(results: readonly FileResult[], { trials, leftOut, seconds }: Circumstances): string {
  const sum = tally(results);
  const rows = results
    .filter(({ mutants }) => mutants.length > 0)
    .map((one) => {
      const { total, killed, equivalent, survived, notRun } = tally([one]);
      return `| \`${one.file}\` | ${total} | ${killed} | ${equivalent} | ${survived} | ${notRun} |`;
    });
  const survivors = results.flatMap(({ file, mutants }) =>
    mutants
      .filter(({ outcome, reason }) => outcome && outcome.killer === undefined && reason === undefined)
      .map(
        ({ mutant, outcome }) =>
          `| \`${file.replace('lib/residency/', '')}:${mutant.line}\` | ${cell(mutant.operator)} | ${code(mutant.was)} | ${code(mutant.replacement)} | ${outcome?.reached ?? 0} |`,
      ),
  );
  const equivalents = results.flatMap(({ file, mutants }) =>
    mutants
      .filter(({ reason }) => reason !== undefined)
      .map(
        ({ mutant, reason }) =>
          `| \`${file.replace('lib/residency/', '')}:${mutant.line}\` | ${code(mutant.was)} | ${code(mutant.replacement)} | ${cell(reason!)} |`,
      ),
  );
  return `# Mutation testing of the judge

Every decision of the evaluators, the policy reader, the structural rules, \`destination.ts\` and \`opinion.ts\` is made wrong, one at a
time, and the tests have to notice. Written by \`npx ts-node scripts/mutation/mutate.ts --write\` (one file:
\`--only <part of its name>\`).

A mutant is **killed** when an expectation is broken: by a test of \`test/residency\` or \`test/catalogue/fixtures.test.ts\`, by a
template-level twin of the leak corpus that no longer gets the verdict it must get, or by an application of
\`test/ordinary\` that is no longer silent. Differing from the original without breaking an expectation does not count. Of
every mutant only the trials that evaluate the mutated expression are run: all such tests, and an even sample of 120 such
items of the corpora, so that a survivor may be one that another item would have noticed.

Mutated are comparisons, \`&&\` and \`||\`, negations, conditions (forced both ways), verdicts, the makers of opinions
(\`closed\`, \`inside\`, \`unknown\`, \`outside\`), lists of findings (emptied), \`some\` and \`every\`, predicates, defaults, anchors and
flags of patterns, numbers, booleans, members of sets and \`trim\`/\`toLowerCase\`. Reasons and remedies in words, optional details of
a place and the lists of managed policies are not mutated.

**${sum.total} mutants: ${sum.killed} killed, ${sum.survived} survived, ${sum.equivalent} equivalent${sum.notRun > 0 ? `, ${sum.notRun} not run` : ''}**, by ${trials} trials${seconds === undefined ? '' : ` in ${seconds} s`}.

| File | Mutants | Killed | Equivalent | Survived | Not run |
| --- | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}

## Survivors

${survivors.length === 0 ? 'None.' : `| Where | Operator | Original | Mutant | Trials that reach it |\n| --- | --- | --- | --- | ---: |\n${survivors.join('\n')}`}

## Equivalent mutants

Listed by hand in \`scripts/mutation/equivalent.json\`: no input tells them from the original.

${equivalents.length === 0 ? 'None.' : `| Where | Original | Mutant | Why |\n| --- | --- | --- | --- |\n${equivalents.join('\n')}`}

## Trials left out

Tests that measure time, take longer than a second and a half, or fail without any mutant tell nothing here.

${leftOut.length === 0 ? 'None.' : leftOut.map((one) => `- ${cell(one)}`).join('\n')}
`;
}
