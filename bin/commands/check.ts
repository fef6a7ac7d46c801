/** `enclave check [PATH…]`: judges templates as one application. Exit 0: nothing outside or unknown; 1: findings; 2: bad input. */
import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { JUDGEMENT_VIEWS } from '../../lib/report';
import type { JudgementView } from '../../lib/report';
import { judge } from '../../lib/residency';
import { version } from '../../package.json';
import { writeAnswer } from '../answer';
import { UsageError, applicationAt } from '../input';
import { judgeOptions, withJudgingOptions } from '../judging';
import type { JudgingOptions } from '../judging';
import { expectShortRun } from '../short-run';

interface CheckOptions extends JudgingOptions {
  readonly format: JudgementView;
  readonly output?: string;
}

const DEFAULT_PATH = 'cdk.out';

/** The command, ready to be added to the program. */
export function checkCommand(): Command {
  const command = new Command('check')
    .description('Can data in a restricted store leave the EEA? Judges templates as one application.')
    .argument(
      '[path...]',
      'cdk.out folder, template (JSON or YAML), or several; PATH@REGION places one template',
      undefined,
    );
  return withJudgingOptions(command)
    .addOption(
      new Option('--format <format>', 'form of the answer').choices(Object.keys(JUDGEMENT_VIEWS)).default('text'),
    )
    .option('--output <file>', 'write the answer to a file instead of standard output')
    .action((paths: readonly string[], options: CheckOptions) => {
      process.exitCode = check(paths, options);
    });
}

function check(given: readonly string[], options: CheckOptions): number {
  expectShortRun();
  const paths = given.length > 0 ? given : [DEFAULT_PATH];
  if (given.length === 0 && !existsSync(DEFAULT_PATH))
    throw new UsageError(
      `${DEFAULT_PATH}: no such folder here. Run npx cdk synth first, or give the path of a template.`,
    );
  const judgement = judge(applicationAt(paths, options), judgeOptions(options, new Date()));
  const colour = options.output === undefined && process.stdout.isTTY === true && !process.env['NO_COLOR'];
  writeAnswer(JUDGEMENT_VIEWS[options.format](judgement, { colour, version }), options.output);
  return judgement.findings.length > 0 ? 1 : 0;
}
