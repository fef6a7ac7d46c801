#!/usr/bin/env node
/** `enclave <command>`: the command line beside the CDK's. Never loads aws-cdk-lib, so that it starts at once. */
import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { oneLine } from './input';

/** Exit code for bad input or usage. */
const BAD_INPUT = 2;

/* eslint-disable @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports -- each command loads what it alone needs: AWS clients, Cedar, the prover */
const COMMANDS: Readonly<Record<string, () => Command>> = {
  check: () => (require('./commands/check') as typeof import('./commands/check')).checkCommand(),
  diff: () => (require('./commands/diff') as typeof import('./commands/diff')).diffCommand(),
  register: () => (require('./commands/register') as typeof import('./commands/register')).registerCommand(),
  verify: () => (require('./commands/verify') as typeof import('./commands/verify')).verifyCommand(),
  catalogue: () => (require('./commands/catalogue') as typeof import('./commands/catalogue')).catalogueCommand(),
  attest: () => (require('./commands/attest') as typeof import('./commands/attest')).attestCommand(),
  protect: () => (require('./commands/protect') as typeof import('./commands/protect')).protectCommand(),
  prove: () => (require('./commands/prove') as typeof import('./commands/prove')).proveCommand(),
  migration: () => (require('./commands/migration') as typeof import('./commands/migration')).migrationCommand(),
  gateway: () => (require('./commands/gateway') as typeof import('./commands/gateway')).gatewayCommand(),
};
/* eslint-enable @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports */

/** Every command of the program; or, when `name` is one of them, that one alone. */
export function commands(name?: string): Command[] {
  const wanted = name === undefined ? undefined : COMMANDS[name];
  return wanted ? [wanted()] : Object.values(COMMANDS).map((load) => load());
}

/** @param name the command asked for, so that no other is loaded */
function program(name?: string): Command {
  const enclave = new Command('enclave')
    .description('Can data in a restricted store leave the EEA?')
    .version(version)
    .exitOverride()
    .configureOutput({
      outputError: (words, write) =>
        write(
          `enclave: ${words
            .replace(/^error: /, '')
            .trim()
            .replace(/\s+/g, ' ')}\n`,
        ),
    });
  for (const command of commands(name)) enclave.addCommand(inherit(command, enclave));
  return enclave;
}

/** Commands made apart from the program do not take over how it ends and prints. */
function inherit(command: Command, from: Command): Command {
  for (const part of command.commands) inherit(part, from);
  return command.copyInheritedSettings(from);
}

/** Runs one command line, as `process.argv` has it, and answers with the exit code. Prints; never throws, never exits. */
export async function run(argv: readonly string[]): Promise<number> {
  process.exitCode = undefined;
  try {
    await program(argv[2]).parseAsync(argv);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : BAD_INPUT;
    process.stderr.write(`enclave: ${oneLine(error)}\n`);
    return BAD_INPUT;
  }
}

/** Runs the command of this process and sets its exit code. */
export function main(): void {
  // A reader that stops reading (`| head`) is no error; an answer that cannot be written is, and no finding.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.stderr.write(`enclave: standard output: cannot be written (${error.code ?? error.message}).\n`);
    process.exit(BAD_INPUT);
  });
  // Where nothing can be said any more, the exit code alone speaks.
  process.stderr.on('error', () => undefined);
  void run(process.argv).then((code) => {
    process.exitCode = code;
  });
}

if (require.main === module) main();
