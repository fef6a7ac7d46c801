/**
 * `enclave diff BASE HEAD`: what changed about where data can go. Exit 0: nothing `--fail-on` names; 1: something it names;
 * 2: bad input.
 */
import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { DIFF_VIEWS, diff } from '../../lib/report/diff';
import type { DiffView, ResidencyDiff } from '../../lib/report/diff';
import { parseWaivers } from '../../lib/residency';
import { version } from '../../package.json';
import { writeAnswers } from '../answers';
import { UsageError, registerAt } from '../input';
import { judgeOptions, withJudgingOptions } from '../judging';
import type { JudgingOptions } from '../judging';
import { withRevision } from '../revision';
import type { Revision } from '../revision';
import { expectShortRun } from '../short-run';
import { sideAt } from '../side';
import type { Side } from '../../lib/report/diff';

const FAIL_ON = ['widened', 'narrowed', 'any'] as const;

interface DiffCommandOptions extends JudgingOptions {
  readonly base?: string;
  readonly head?: string;
  readonly baseStores?: string;
  readonly baseWaivers?: string;
  readonly baseTransfers?: string;
  readonly accepted?: string;
  readonly failOn?: (typeof FAIL_ON)[number];
  readonly format: DiffView;
  readonly output?: string;
  readonly write?: readonly (readonly [DiffView, string])[];
}

const DEFAULT_HEAD = 'cdk.out';
const REGISTERS = ['stores', 'waivers', 'transfers'] as const;

/** The command, ready to be added to the program. */
export function diffCommand(): Command {
  const command = new Command('diff')
    .description('What changed about where data can go, in one word: widened, narrowed or unchanged.')
    .argument('[paths...]', 'BASE HEAD: each a cdk.out folder or a template; PATH@REGION places a template', undefined)
    .option('--base <revision>', 'git revision that is synthesised as the base; HEAD is then cdk.out or the one path')
    .option('--head <revision>', 'git revision that is synthesised as the head');
  return withJudgingOptions(command)
    .option('--base-stores <file>', 'the register as the base has it; default: that of the head')
    .option('--base-waivers <file>', 'the same for waivers')
    .option('--base-transfers <file>', 'the same for transfers')
    .option(
      '--accepted <file>',
      'accepted widenings that are no flows, written like waivers, by fingerprint of the row',
    )
    .addOption(
      new Option('--fail-on <what>', 'end with 1 when residency is widened uncovered, narrowed, or any').choices(
        FAIL_ON,
      ),
    )
    .addOption(new Option('--format <format>', 'form of the answer').choices(Object.keys(DIFF_VIEWS)).default('text'))
    .option('--output <file>', 'write the answer to a file instead of standard output')
    .option('--write <form=file...>', 'write further forms to files, for example markdown=comment.md', furtherForm)
    .action(async (paths: readonly string[], options: DiffCommandOptions) => {
      process.exitCode = await compare(paths, options);
    });
}

async function compare(paths: readonly string[], options: DiffCommandOptions): Promise<number> {
  const wanted = [options.base, options.head].filter((revision) => revision === undefined).length;
  const given = wanted === 1 && options.base !== undefined && paths.length === 0 ? [DEFAULT_HEAD] : paths;
  if (given.length !== wanted)
    throw new UsageError(
      `diff compares two sides and was given ${given.length + 2 - wanted}: write BASE HEAD, or --base REVISION and a path.`,
    );
  if (given !== paths && !existsSync(DEFAULT_HEAD))
    throw new UsageError(
      `${DEFAULT_HEAD}: no such folder here. Run npx cdk synth first, or give the path of the head.`,
    );
  expectShortRun();
  const now = new Date();
  const base = await side(options.base, given[0], ofBase(options), now);
  const head = await side(options.head, given.at(-1), options, now);
  const accepted = options.accepted;
  const difference = diff(base, head, {
    now,
    ...(accepted === undefined ? {} : { accepted: parseWaivers(registerAt(accepted), accepted) }),
  });
  const colour = options.output === undefined && process.stdout.isTTY === true && !process.env['NO_COLOR'];
  const answerOf = (form: DiffView, file: string | undefined, coloured: boolean) => ({
    text: DIFF_VIEWS[form](difference, { colour: coloured, version }),
    file,
  });
  writeAnswers([
    answerOf(options.format, options.output, colour),
    ...(options.write ?? []).map(([form, file]) => answerOf(form, file, false)),
  ]);
  return failed(difference, options.failOn) ? 1 : 0;
}

/** `markdown=comment.md` */
function furtherForm(
  value: string,
  before: readonly (readonly [DiffView, string])[] | undefined,
): readonly (readonly [DiffView, string])[] {
  const at = value.indexOf('=');
  const [form, file] = [value.slice(0, Math.max(0, at)), value.slice(at + 1)];
  if (!Object.hasOwn(DIFF_VIEWS, form) || file === '')
    throw new InvalidArgumentError(`Write FORM=FILE, with one of ${Object.keys(DIFF_VIEWS).join(', ')}.`);
  return [...(before ?? []), [form as DiffView, file]];
}

/** The registers of the base where they are named apart. */
function ofBase(options: DiffCommandOptions): JudgingOptions {
  const { baseStores: stores, baseWaivers: waivers, baseTransfers: transfers } = options;
  return {
    ...options,
    ...(stores === undefined ? {} : { stores }),
    ...(waivers === undefined ? {} : { waivers }),
    ...(transfers === undefined ? {} : { transfers }),
  };
}

async function side(
  revision: string | undefined,
  path: string | undefined,
  options: JudgingOptions,
  now: Date,
): Promise<Side> {
  if (revision === undefined) return sideAt([path!], options, judgeOptions(options, now));
  return withRevision(revision, (found) => {
    for (const note of found.notes) process.stderr.write(`enclave: ${note}\n`);
    const read = sideAt([found.assembly], options, judgeOptions(registersOf(found, options), now));
    // Lines are looked up when they are read, and the worktree is gone by then.
    for (const flow of read.judgement.flows) void flow.source?.line;
    return read;
  });
}

/** A register is part of the repository: the revision's own, and nothing registered where it had none. */
function registersOf(revision: Revision, options: JudgingOptions): JudgingOptions {
  const { stores: _stores, waivers: _waivers, transfers: _transfers, ...rest } = options;
  const own = REGISTERS.flatMap((name) => {
    const path = options[name];
    if (path === undefined) return [];
    const file = isAbsolute(path) ? path : revision.file(path);
    return file === undefined ? [] : [[name, file] as const];
  });
  return { ...rest, ...Object.fromEntries(own) };
}

function failed({ verdict, uncovered, rows }: ResidencyDiff, on: DiffCommandOptions['failOn']): boolean {
  switch (on) {
    case 'widened':
      return uncovered > 0;
    case 'narrowed':
      return verdict === 'residencyNarrowed';
    case 'any':
      return rows.length > 0;
    default:
      return false;
  }
}
