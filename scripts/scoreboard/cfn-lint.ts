/** cfn-lint, run as its own process over every template of the assembly, each with the Region of its stack. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { templateBatches } from './templates';
import type { Tool, ToolFinding } from './tool';

interface Match {
  readonly Filename: string;
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path?: readonly (string | number)[] };
}

const PROBE = spawnSync('cfn-lint', ['--version'], { encoding: 'utf8' });
const found = PROBE.status === 0;

export const cfnLint: Tool = {
  name: 'cfn-lint',
  version: found ? (/\d+\.\d+\.\d+/.exec(PROBE.stdout)?.[0] ?? 'unknown') : '–',
  command: 'cfn-lint --format json cdk.out/**/*.template.json',
  ...(found ? {} : { missing: 'pip install cfn-lint' }),
  findings: ({ directory }) => templateBatches(directory).flatMap(lint),
};

function lint(files: readonly string[]): readonly ToolFinding[] {
  const run = spawnSync('cfn-lint', ['--format', 'json', '--', ...files], { encoding: 'utf8', maxBuffer: 1 << 30 });
  // Exit codes above 1 are combinations of "errors, warnings, informational found"; 1 is a failure of the program.
  if (run.status === null || run.status === 1) throw new Error(`cfn-lint failed: ${run.stderr.slice(0, 400)}`);
  return (JSON.parse(run.stdout || '[]') as Match[]).map(({ Filename, Rule, Location }) => ({
    at: path.basename(Filename),
    what: `${Rule.Id} ${(Location.Path ?? []).join('/')}`,
  }));
}
