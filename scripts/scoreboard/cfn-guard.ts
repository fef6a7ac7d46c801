/** cfn-guard with the rules of AWS Control Tower, when both are on the machine. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Tool } from './tool';

const PROBE = spawnSync('cfn-guard', ['--version'], { encoding: 'utf8' });
const found = PROBE.status === 0;
const GET_IT =
  'cargo install cfn-guard (or https://github.com/aws-cloudformation/cloudformation-guard/releases); rules: https://github.com/aws-cloudformation/aws-guard-rules-registry, folder in GUARD_RULES';

interface Report {
  readonly name: string;
  readonly not_compliant?: readonly {
    readonly Rule?: { readonly name: string; readonly checks?: readonly unknown[] };
  }[];
}

export const cfnGuard: Tool = {
  name: 'cfn-guard, Control Tower rules',
  version: found ? PROBE.stdout.trim() : '–',
  command:
    'cfn-guard validate --data cdk.out --rules $GUARD_RULES --output-format json --structured --show-summary none',
  ...(found && process.env['GUARD_RULES'] ? {} : { missing: GET_IT }),
  findings: ({ directory }) => {
    const rules = process.env['GUARD_RULES'];
    if (!rules) throw new Error(`GUARD_RULES names no folder of rules: ${GET_IT}`);
    const run = spawnSync(
      'cfn-guard',
      [
        'validate',
        '--data',
        directory,
        '--rules',
        rules,
        '--output-format',
        'json',
        '--structured',
        '--show-summary',
        'none',
      ],
      { encoding: 'utf8', maxBuffer: 1 << 30 },
    );
    return (JSON.parse(run.stdout) as Report[]).flatMap(({ name, not_compliant }) =>
      (not_compliant ?? []).map(({ Rule }) => ({
        at: path.basename(name),
        what: `${Rule?.name ?? ''} ${Rule?.checks?.length ?? 0}`,
      })),
    );
  },
};
