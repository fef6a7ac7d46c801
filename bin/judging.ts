/** The options that every judging command has, and the judgement they lead to. */
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { DATA_CLASSES, NOTHING_REGISTERED, parseExternalStores, parseTransfers, parseWaivers } from '../lib/residency';
import type { DataClass, JudgeOptions } from '../lib/residency';
import { registerAt } from './input';

export interface JudgingOptions {
  readonly region?: string;
  readonly account?: string;
  readonly class: DataClass;
  readonly stores?: string;
  readonly waivers?: string;
  readonly transfers?: string;
}

/** Adds the options to a command. */
export function withJudgingOptions(command: Command): Command {
  return command
    .option('--region <region>', 'Region to which bare templates would be deployed', notEmpty)
    .option('--account <id>', 'account to which bare templates would be deployed', accountId)
    .addOption(
      new Option('--class <class>', 'class of stores without a tag').choices(DATA_CLASSES).default('restricted'),
    )
    .option('--stores <file>', 'register of stores, accounts and hosts outside the application')
    .option('--waivers <file>', 'registered exceptions')
    .option('--transfers <file>', 'registered transfers of data that is not restricted');
}

/** What the judge is told, read from the files the options name. @throws UsageError, RegisterError */
export function judgeOptions(options: JudgingOptions, now: Date): JudgeOptions {
  const { stores, waivers, transfers } = options;
  return {
    ...NOTHING_REGISTERED,
    classDefault: options.class,
    ...(stores === undefined ? {} : { stores: parseExternalStores(registerAt(stores), stores) }),
    ...(waivers === undefined ? {} : { waivers: parseWaivers(registerAt(waivers), waivers) }),
    ...(transfers === undefined ? {} : { transfers: parseTransfers(registerAt(transfers), transfers) }),
    now,
  };
}

function accountId(value: string): string {
  if (!/^\d{12}$/.test(value)) throw new InvalidArgumentError('An account id has 12 digits.');
  return value;
}

function notEmpty(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It is empty.');
  return value;
}
