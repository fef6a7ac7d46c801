/** Options of the commands that call AWS. */
import { InvalidArgumentError, Option } from 'commander';
import { findRegion } from '../../lib/geo';

/** Names IAM allows, with an optional path. */
const ROLE_NAME = /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/u;

export const roleOption = (): Option =>
  new Option('--role <name>', "role to assume in accounts that are not the caller's own").argParser(roleName);

export const regionsOption = (): Option =>
  new Option(
    '--regions <region...>',
    'Regions whose inventory is taken beside those of the assembly (default: every enabled one)',
  ).argParser(region);

function roleName(value: string): string {
  if (!ROLE_NAME.test(value)) throw new InvalidArgumentError('Give the name of an IAM role, not its ARN.');
  return value;
}

function region(value: string, before: readonly string[] | undefined): readonly string[] {
  if (!findRegion(value)) throw new InvalidArgumentError(`No Region is called ${value}.`);
  return [...(before ?? []), value];
}
