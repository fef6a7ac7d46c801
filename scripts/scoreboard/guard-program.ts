/** The program cfn-guard and the rules of AWS Control Tower, as the CDK's own plug-in for them carries both. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const PACKAGE = path.dirname(require.resolve('@cdklabs/cdk-validator-cfnguard/package.json'));
/** The package's names for what it was built for. */
const SYSTEMS: { readonly [platform: string]: string } = { linux: 'ubuntu', darwin: 'macos' };
const PROCESSORS: { readonly [arch: string]: string } = { x64: 'x86_64', arm64: 'aarch64' };

export const GUARD = path.join(
  PACKAGE,
  'bin',
  SYSTEMS[process.platform] ?? process.platform,
  PROCESSORS[process.arch] ?? process.arch,
  'cfn-guard',
);

/** Arguments that hold these templates against all rules of the package. */
export const guardArguments = (files: readonly string[]): readonly string[] => [
  ...['validate', '--rules', path.join(PACKAGE, 'rules/control-tower/cfn-guard')],
  ...['--output-format', 'json', '--structured', '--show-summary', 'none'],
  ...['--data', ...files],
];

/** Undefined where the package has no program for this machine. */
export function guardVersion(): string | undefined {
  const { status, stdout } = spawnSync(GUARD, ['--version'], { encoding: 'utf8' });
  return status === 0 ? /\d+\.\d+\.\d+/.exec(stdout)?.[0] : undefined;
}
