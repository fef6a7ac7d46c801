#!/usr/bin/env node
/** `enclave <command>`: the command line beside the CDK's. Never loads aws-cdk-lib, so that it starts at once. */
import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { attestCommand } from './commands/attest';
import { catalogueCommand } from './commands/catalogue';
import { checkCommand } from './commands/check';
import { diffCommand } from './commands/diff';
import { gatewayCommand } from './commands/gateway';
import { protectCommand } from './commands/protect';
import { registerCommand } from './commands/register';
import { verifyCommand } from './commands/verify';
import { proveCommand } from './commands/prove';
import { oneLine } from './input';

/** Exit code for bad input or usage. */
const BAD_INPUT = 2;

function program(): Command {
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
  for (const command of [
    checkCommand(),
    diffCommand(),
    registerCommand(),
    verifyCommand(),
    catalogueCommand(),
    attestCommand(),
    protectCommand(),
    proveCommand(),
    gatewayCommand(),
  ])
    enclave.addCommand(inherit(command, enclave));
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
    await program().parseAsync(argv);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : BAD_INPUT;
    process.stderr.write(`enclave: ${oneLine(error)}\n`);
    return BAD_INPUT;
  }
}

/** Runs the command of this process and sets its exit code. */
export function main(): void {
  // A reader that stops reading (`| head`) is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  void run(process.argv).then((code) => {
    process.exitCode = code;
  });
}

if (require.main === module) main();
