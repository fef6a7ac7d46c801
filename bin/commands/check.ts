/** `enclave check [PATH…]`: judges templates as one application. Exit 0: nothing outside or unknown; 1: findings; 2: bad input. */
import { existsSync, writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { JUDGEMENT_VIEWS } from '../../lib/report';
import type { JudgementView } from '../../lib/report';
import {
  DATA_CLASSES,
  NOTHING_REGISTERED,
  judge,
  parseExternalStores,
  parseTransfers,
  parseWaivers,
} from '../../lib/residency';
import type { DataClass } from '../../lib/residency';
import { version } from '../../package.json';
import { UsageError, applicationAt, registerAt } from '../input';
import { expectShortRun } from '../short-run';

interface CheckOptions {
  readonly region?: string;
  readonly account?: string;
  readonly class: DataClass;
  readonly stores?: string;
  readonly waivers?: string;
  readonly transfers?: string;
  readonly format: JudgementView;
  readonly output?: string;
}

const DEFAULT_PATH = 'cdk.out';

/** The command, ready to be added to the program. */
export function checkCommand(): Command {
  return new Command('check')
    .description('Can data in a restricted store leave the EEA? Judges templates as one application.')
    .argument(
      '[path...]',
      'cdk.out folder, template (JSON or YAML), or several; PATH@REGION places one template',
      undefined,
    )
    .option('--region <region>', 'Region to which bare templates would be deployed', notEmpty)
    .option('--account <id>', 'account to which bare templates would be deployed', accountId)
    .addOption(
      new Option('--class <class>', 'class of stores without a tag').choices(DATA_CLASSES).default('restricted'),
    )
    .option('--stores <file>', 'register of stores, accounts and hosts outside the application')
    .option('--waivers <file>', 'registered exceptions')
    .option('--transfers <file>', 'registered transfers of data that is not restricted')
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
  const judgement = judge(applicationAt(paths, options), {
    ...NOTHING_REGISTERED,
    classDefault: options.class,
    ...(options.stores ? { stores: parseExternalStores(registerAt(options.stores), options.stores) } : {}),
    ...(options.waivers ? { waivers: parseWaivers(registerAt(options.waivers), options.waivers) } : {}),
    ...(options.transfers ? { transfers: parseTransfers(registerAt(options.transfers), options.transfers) } : {}),
    now: new Date(),
  });
  const colour = options.output === undefined && process.stdout.isTTY === true && !process.env['NO_COLOR'];
  write(JUDGEMENT_VIEWS[options.format](judgement, { colour, version }), options.output);
  return judgement.findings.length > 0 ? 1 : 0;
}

function write(answer: string, file: string | undefined): void {
  if (file === undefined) {
    process.stdout.write(answer);
    return;
  }
  try {
    writeFileSync(file, answer);
  } catch (error) {
    throw new UsageError(
      `${file}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}). Give a path in a folder that exists.`,
    );
  }
}

function accountId(value: string): string {
  if (!/^\d{12}$/.test(value)) throw new InvalidArgumentError('An account id has 12 digits.');
  return value;
}

function notEmpty(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It is empty.');
  return value;
}
