/**
 * `npm run bench:scale [-- --rounds N] [-- --synths N] [-- --lint RESOURCES]`: what judging costs as applications grow, and
 * beside other checks. Rewrites docs/SPEED.md.
 *
 * Every measurement is a fresh process. Variants run in turn, round after round, and what is told is the median of the ratios
 * within the rounds, so that a machine that changes its speed changes both sides. Only ratios mean something on another machine.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { GUARD, guardArguments } from '../scoreboard/guard-program';
import type { Step } from './check';
import { compile } from './scale/compiled';
import { ROOT, answerOf, cpuOfProgram, cpuOfSynth, growth, median, ratiosOf, usageOf } from './scale/measure';
import type { Usage } from './scale/measure';
import { writeOrdinaryAssembly } from './scale/ordinary-assembly';
import { speedPage } from './scale/page';
import type { GateCost, OtherCheck, SizeCost } from './scale/page';

const SIZES = [1_000, 5_000, 10_000, 20_000, 50_000] as const;
/** The size the goals are stated at. */
const GOAL_SIZE = 10_000;
/** cdk-nag's pack needs constructs in memory and minutes at the size of the goal. */
const PACK_SIZE = 2_000;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    synths: { type: 'string', default: '7' },
    lint: { type: 'string', default: String(GOAL_SIZE) },
  },
});
const rounds = Number(values.rounds);
const synths = Number(values.synths);
const lintSize = Number(values.lint);

// Compiled anew: a build left in dist may be older than the code.
const compiled = compile();
const folder = mkdtempSync(join(tmpdir(), 'enclave-scale-'));
const say = (words: string): void => void process.stderr.write(`${words}\n`);

function inTurn<K extends string, T>(variants: Readonly<Record<K, () => T>>, times = rounds): Record<K, T[]> {
  const names = Object.keys(variants) as K[];
  const found = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<K, T[]>;
  // Every other round goes the other way, so that none always comes after the same one.
  for (let round = 0; round < times; round += 1)
    for (const name of round % 2 === 0 ? names : [...names].reverse()) found[name].push(variants[name]());
  return found;
}

const seconds = (all: readonly Pick<Usage, 'cpuSeconds'>[]): readonly number[] => all.map((one) => one.cpuSeconds);
const cpu = (all: readonly Pick<Usage, 'cpuSeconds'>[]): number => median(seconds(all));
const peak = (all: readonly Pick<Usage, 'peakMiB'>[]): number => median(all.map(({ peakMiB }) => peakMiB));

function costAt(size: number): SizeCost {
  const assembly = join(folder, `assembly-${size}`);
  const files = writeOrdinaryAssembly(assembly, size);
  const step = (name: string) => (): Step => answerOf<Step>(join(compiled, 'scripts/bench/check.js'), name, assembly);
  const { parse, read, judge } = inTurn({ parse: step('parse'), read: step('read'), judge: step('judge') });
  const whole = inTurn({
    check: () => usageOf(join(compiled, 'bin/cli.js'), ['check', assembly], { ...OF_CHECK, folder }),
  }).check;
  const megabytes = files.reduce((sum, file) => sum + readFileSync(file).length, 0) / 1e6;
  say(`${size} resources: parse ${cpu(parse).toFixed(3)} s, judge ${cpu(judge).toFixed(3)} s`);
  return {
    resources: size,
    stacks: files.length,
    megabytes,
    parse: cpu(parse),
    read: cpu(read),
    judge: cpu(judge),
    overParse: median(ratiosOf(seconds(judge), seconds(parse))),
    process: cpu(whole),
    memory: peak(judge) / peak(parse),
    findings: judge[0]!.findings ?? 0,
  };
}

// Findings end `enclave check` with 1; that is an answer.
const OF_CHECK = { fromSource: false, statuses: [0, 1] };

/** As it is published. */
const GATE = join(compiled, 'lib/nag');

function synth(gate: string, resources: number, statuses: readonly number[] = [0]): Usage {
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context: object };
  const environment = {
    CDK_OUTDIR: join(folder, `app-${gate}-${resources}`),
    CDK_CONTEXT_JSON: JSON.stringify({ ...context, 'aws:cdk:enable-path-metadata': true }),
    // The CDK's own validation of templates costs seconds and is no part of what is compared.
    CDK_VALIDATION: 'false',
  };
  const args = [gate, String(resources), GATE];
  return usageOf('scripts/bench/scale/ordinary-app.ts', args, { folder, environment, statuses });
}

/**
 * `cdk synth` bare and gated, both at the same moment, each on a processor of its own; the next round they change places. The
 * CDK's own validation of templates is on, as it is for new projects, or off.
 */
async function gateAt(size: number, validation: boolean): Promise<GateCost> {
  const file = join(folder, 'inside.json');
  const whole = (gate: string, processor: number): Promise<number> =>
    cpuOfSynth(
      `node -r ts-node/register scripts/bench/scale/ordinary-app.ts ${gate} ${size} ${GATE} ${file}`,
      join(folder, `cdk-${gate}`),
      { CDK_VALIDATION: String(validation) },
      processor,
    );
  const bare: number[] = [];
  const gated: number[] = [];
  const inside: number[] = [];
  for (let round = 0; round < synths; round += 1) {
    const [without, withIt] = await Promise.all([whole('none', round % 2), whole('residency', 1 - (round % 2))]);
    bare.push(without);
    gated.push(withIt);
    inside.push((JSON.parse(readFileSync(file, 'utf8')) as { cpuSeconds: number }).cpuSeconds);
  }
  const ratios = ratiosOf(gated, bare);
  say(`cdk synth of ${size} resources: ${median(bare).toFixed(2)} s, with the gate × ${median(ratios).toFixed(3)}`);
  return {
    resources: size,
    bare: median(bare),
    gated: median(gated),
    inside: median(inside),
    insideShare: median(inside.map((spent, round) => spent / (gated[round]! - spent))),
    ratios,
  };
}

/** The pack of cdk-nag, over an app of its own: its rules read constructs, not templates. Its findings end the process with 1. */
function awsSolutions(): OtherCheck {
  const variants = {
    bare: () => synth('none', PACK_SIZE),
    gated: () => synth('residency', PACK_SIZE),
    pack: () => synth('solutions', PACK_SIZE, [0, 1]),
  };
  const { bare, gated, pack } = inTurn(variants, synths);
  return {
    name: 'cdk-nag, AwsSolutions pack',
    how: 'what it adds to the synthesis of one CDK app, against what the gate adds',
    resources: PACK_SIZE,
    theirs: cpu(pack) - cpu(bare),
    ours: cpu(gated) - cpu(bare),
  };
}

/** Programs of others, each run once over the templates of one assembly: they take a minute where ours takes half a second. */
async function programs(): Promise<readonly OtherCheck[]> {
  const assembly = join(folder, `lint-${lintSize}`);
  const files = writeOrdinaryAssembly(assembly, lintSize);
  const ours = inTurn({
    check: () => usageOf(join(compiled, 'bin/cli.js'), ['check', assembly], { ...OF_CHECK, folder }),
  }).check;
  const beside = async (name: string, program: string, args: readonly string[]): Promise<OtherCheck> => {
    const theirs = await cpuOfProgram(program, args);
    const how = 'the whole process, run once, against the whole process of `enclave check`';
    return {
      name,
      how: theirs === undefined ? 'not on this machine' : how,
      resources: lintSize,
      theirs,
      ours: cpu(ours),
    };
  };
  return [
    await beside('cfn-lint', 'cfn-lint', files),
    await beside('cfn-guard, rules of AWS Control Tower', GUARD, guardArguments(files)),
  ];
}

async function measureAll(): Promise<void> {
  const sizes = SIZES.map(costAt);
  const exponent = (cost: (one: SizeCost) => number): number =>
    growth(sizes.map((one) => ({ size: one.resources, cost: cost(one) })));
  const gate = await gateAt(GOAL_SIZE, true);
  const unvalidated = await gateAt(GOAL_SIZE, false);
  const others = [awsSolutions(), ...(await programs())];
  const page = speedPage({
    rounds,
    synths,
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`,
    goalSize: GOAL_SIZE,
    sizes,
    growth: { parse: exponent((one) => one.parse), judge: exponent((one) => one.judge) },
    gate,
    unvalidated,
    others,
  });
  const file = join(ROOT, 'docs/SPEED.md');
  writeFileSync(file, page);
  spawnSync(process.execPath, [require.resolve('prettier/bin/prettier.cjs'), '--write', file], { cwd: ROOT });
  process.stdout.write(page);
}

void measureAll().finally(() => rmSync(folder, { recursive: true, force: true }));
