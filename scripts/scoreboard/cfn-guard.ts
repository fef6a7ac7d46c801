/** cfn-guard with the rules of AWS Control Tower, run as its own process over every template of the assembly. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { GUARD, guardArguments, guardVersion } from './guard-program';
import { templateBatches } from './templates';
import type { Tool, ToolFinding } from './tool';

interface Report {
  readonly name: string;
  readonly not_compliant: readonly { readonly Rule: { readonly name: string; readonly checks: unknown } }[];
}

const version = guardVersion();

export const cfnGuard: Tool = {
  name: 'cfn-guard, Control Tower rules',
  version: version ?? '–',
  command: 'Validations.of(app).addPlugins(new CfnGuardValidator()); npx cdk synth',
  ...(version ? {} : { missing: 'its package has no program for this machine' }),
  findings: ({ directory }) => templateBatches(directory).flatMap(guard),
};

function guard(files: readonly string[]): readonly ToolFinding[] {
  const { status, stdout, stderr } = spawnSync(GUARD, guardArguments(files), { encoding: 'utf8', maxBuffer: 1 << 30 });
  // 19 says that some template breaks a rule.
  if (status !== 0 && status !== 19) throw new Error(`cfn-guard failed: ${stderr.slice(0, 400)}`);
  return (JSON.parse(stdout) as Report[]).flatMap(({ name, not_compliant }) =>
    not_compliant.flatMap(({ Rule }) =>
      resourcesIn(Rule.checks).map((resource) => ({ at: path.basename(name), what: `${Rule.name} ${resource}` })),
    ),
  );
}

/** Logical ids of the resources a failed rule points at, wherever its checks name them; one empty id where none is named. */
function resourcesIn(checks: unknown): readonly string[] {
  const named = [...JSON.stringify(checks).matchAll(/"path":"\/Resources\/([^/"]+)/g)].map(([, id]) => id!);
  return named.length === 0 ? [''] : [...new Set(named)];
}
