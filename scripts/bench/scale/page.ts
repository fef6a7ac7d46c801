/** docs/SPEED.md, from what was measured. */
import { quantile } from './measure';

/** CPU seconds (medians) at one size. */
export interface SizeCost {
  readonly resources: number;
  readonly stacks: number;
  readonly megabytes: number;
  /** Reading and `JSON.parse` of the same files: the floor. */
  readonly parse: number;
  readonly read: number;
  /** Reading and judging. */
  readonly judge: number;
  /** Reading and judging over the floor, the median of the ratios within the rounds. */
  readonly overParse: number;
  /** The whole `enclave check` process, start included. */
  readonly process: number;
  /** Peak of reading and judging over the peak of parsing, each beyond what the process held when it was up. */
  readonly memory: number;
  readonly findings: number;
}

export interface GateCost {
  readonly resources: number;
  /** CPU seconds of the whole `cdk synth`. */
  readonly bare: number;
  readonly gated: number;
  /** CPU seconds spent inside the gate, loading it included; and those over all the others of the same run. */
  readonly inside: number;
  readonly insideShare: number;
  /** Gated over bare, one for each round. */
  readonly ratios: readonly number[];
}

export interface OtherCheck {
  readonly name: string;
  readonly how: string;
  readonly resources: number;
  /** CPU seconds; undefined when it could not be run. */
  readonly theirs: number | undefined;
  readonly ours: number | undefined;
}

export interface Measured {
  readonly rounds: number;
  /** Rounds of what is synthesised. */
  readonly synths: number;
  readonly machine: string;
  readonly goalSize: number;
  readonly sizes: readonly SizeCost[];
  readonly growth: { readonly parse: number; readonly judge: number };
  readonly gate: GateCost;
  /** Without the CDK's own validation of templates. */
  readonly unvalidated: GateCost;
  readonly others: readonly OtherCheck[];
}

/** What is promised; each is stated at the goal's size. */
const GOALS = { overFloor: 3, exponent: 1.1, gateShare: 0.05, memory: 3 };

export function speedPage(measured: Measured): string {
  const { sizes, gate, others, growth, goalSize } = measured;
  const at = sizes.find(({ resources }) => resources === goalSize)!;
  const share = quantile(gate.ratios, 0.5) - 1;
  const faster = others.every(({ theirs, ours }) => theirs === undefined || ours === undefined || ours < theirs);
  const n = goalSize.toLocaleString('en');
  const goals = [
    goal(
      `the gate adds at most ${percent(GOALS.gateShare)} CPU to \`cdk synth\` of ${n} resources`,
      percent(share),
      share <= GOALS.gateShare,
    ),
    goal(
      `judging grows with an exponent of at most ${GOALS.exponent}`,
      growth.judge.toFixed(2),
      growth.judge <= GOALS.exponent,
    ),
    goal(
      `\`enclave check\` takes at most ${GOALS.overFloor} × the CPU of parsing the same files, once the process is up`,
      `${at.overParse.toFixed(2)} ×`,
      at.overParse <= GOALS.overFloor,
    ),
    goal(
      `peak memory is at most ${GOALS.memory} × that of the parsed templates`,
      `${at.memory.toFixed(1)} ×`,
      at.memory <= GOALS.memory,
    ),
    goal('it is faster than every other check that could be run, at the sizes below', faster ? 'yes' : 'no', faster),
  ];
  return `# Speed

Written by \`npm run bench:scale\`; do not edit. ${measured.rounds} rounds in turn (${measured.synths} of what is synthesised), every
measurement a fresh process. Seconds are medians and for orientation (${measured.machine});
ratios are what carries over to another machine, and each is the median of the ratios within the rounds.

## Goals

| Goal | Measured | |
| --- | --- | --- |
${goals.join('\n')}

## As applications grow

Assemblies of stacks of at most 400 ordinary resources (\`scripts/bench/scale/ordinary-stack.ts\`): buckets with policies and
replication, queues, tables, functions, roles with policies, log groups, alarms, parts of a VPC, exports between stacks.
CPU seconds of all threads from the moment the process is up: \`scripts/bench/check.ts parse|read|judge FOLDER\`;
judging includes reading. The last column but one is the whole process \`enclave check FOLDER\`, start included. Both run
compiled, as they are published (\`scripts/bench/scale/compiled.ts\`), and the floor runs with the same engine flags as the judge
(\`bin/short-run.ts\`). Memory is the peak of the process beyond what it held when it was up.

| Resources | Stacks | MB | parse | read | read and judge | ÷ parse | whole process | memory ÷ parse |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${sizes.map(row).join('\n')}

Growth exponent, 1,000 to 50,000 resources, by least squares on the logarithms: parsing ${growth.parse.toFixed(2)}, judging ${growth.judge.toFixed(2)}.
A fixed part (the catalogue, and code the engine has not compiled yet) weighs most at 1,000 resources and flatters the
exponent; per resource, ${perResource(sizes.at(-2)!)} µs at ${sizes.at(-2)!.resources.toLocaleString('en')} and ${perResource(sizes.at(-1)!)} µs at ${sizes.at(-1)!.resources.toLocaleString('en')}.

## At synthesis

\`cdk synth\` of an ordinary CDK application of ${gate.resources.toLocaleString('en')} resources in ${Math.ceil(gate.resources / 400)} stacks, the command and the
app it runs (\`ts-node scripts/bench/scale/ordinary-app.ts none|residency ${gate.resources}\`). The bare app loads no check; to load the
gate, compiled as it is published, counts as its cost. Told twice, because two runs of the very same command differ by more
than the gate costs: from outside, gated over bare in each of ${gate.ratios.length} rounds, both run at the same moment, each on one
processor, changing places round by round, so that both meet the same moods of the machine; and from inside one run, the CPU of all
threads while the gate is loaded and while it judges, over all the rest of that run. What the collector of garbage pays later for
what the gate keeps is only in the first.

| | bare | gated | from outside: median (middle half) | inside the gate | of the rest |
| --- | --- | --- | --- | --- | --- |
${gateRow('as the CDK is set up for new projects', gate)}
${gateRow("without the CDK's own validation (`CDK_VALIDATION=false`)", measured.unvalidated)}

The CDK validates templates itself when its feature flag says so, as it does in projects made today; that costs more than all
the rest. Where it is off, the gate weighs against a bare run of half the size.

## Beside other checks

| Check | Resources | its CPU | ours | theirs ÷ ours | How |
| --- | --- | --- | --- | --- | --- |
${others.map(otherRow).join('\n')}

## Where the time goes

\`JSON.parse\` is compiled code of the engine; reading the same files with bounds on their depth, and knowing what is a
resource, already costs about one and a half times as much. Judging runs in JavaScript that the engine interprets for most of
its short life. The fixed part, half of a parsing of ${n} resources, is code run for the first time and the rows of the types met.

Resources that are alike up to their labels and up to which resources they refer to are judged once
(\`lib/residency/likeness\`). The assemblies here repeat a few services, as applications made of constructs do, so nearly every
resource is like one before it. Where no two are alike, judging costs about two and a half times as much as the table says.

The synthesis of the CDK keeps its own engine flags, which are not ours to change, so the gate pays for optimising code that
runs once; \`enclave check\` tells the engine that it ends soon. To know which construct owns which resource, the gate asks
every construct for its logical id, which the CDK works out anew each time.

Of the peak of memory, a good third is the text of the templates (kept for the lines of findings) and what \`JSON.parse\` makes
of it; the rest is resources, flows and what the collector has not yet come by.

What is passed over is passed over by proof: that a resource like another is judged as if it stood alone
(\`test/residency/likeness\`), that the rows not asked have nothing to say (\`test/residency/row-plan.test.ts\`) and that plainly
written properties are found as all others are (\`test/template/plain-follow.test.ts\`) is tested against the long way.
The exponent is below 1 because the fixed part weighs most in small applications, so the rows of the table say more than it
does. The other checks are run at smaller sizes than the goal's, each beside \`enclave check\` or the gate at that same size.
`;
}

const goal = (words: string, found: string, met: boolean): string =>
  `| ${words} | ${found} | ${met ? 'met' : '**missed**'} |`;
const percent = (share: number): string => `${(share * 100).toFixed(1).replace(/\.0$/, '')} %`;
const ratio = (a: number, b: number): string => (a / b).toFixed(1);
const perResource = ({ judge, resources }: SizeCost): string => ((judge / resources) * 1e6).toFixed(0);

const row = (one: SizeCost): string =>
  `| ${one.resources.toLocaleString('en')} | ${one.stacks} | ${one.megabytes.toFixed(1)} | ${one.parse.toFixed(3)} | ${one.read.toFixed(3)} | ${one.judge.toFixed(3)} | ${one.overParse.toFixed(1)} | ${one.process.toFixed(2)} | ${one.memory.toFixed(1)} |`;

const gateRow = (name: string, { bare, gated, inside, insideShare, ratios }: GateCost): string =>
  `| ${name} | ${bare.toFixed(2)} s | ${gated.toFixed(2)} s | ${signed(quantile(ratios, 0.5))} (${signed(quantile(ratios, 0.25))} to ${signed(quantile(ratios, 0.75))}) | ${inside.toFixed(2)} s | ${percent(insideShare)} |`;

const signed = (value: number): string => `${value < 1 ? '−' : '+'}${percent(Math.abs(value - 1))}`;

const otherRow = ({ name, resources, theirs, ours, how }: OtherCheck): string =>
  `| ${name} | ${resources.toLocaleString('en')} | ${seconds(theirs)} | ${seconds(ours)} | ${theirs === undefined || ours === undefined ? '–' : ratio(theirs, ours)} | ${how} |`;

const seconds = (value: number | undefined): string => (value === undefined ? '–' : `${value.toFixed(2)} s`);
