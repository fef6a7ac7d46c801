/** Judges what is about to be deployed beside what is deployed, and keeps what the deployment would be to blame for. */
import { judge } from '../residency';
import type { Flow } from '../residency';
import { applicationOf } from '../template';
import type { InputTemplate, Json } from '../template';
import { partitionOf } from './neighbours';
import { judgeOptions } from './register';
import type { HookRegister } from './register';
import type { LoneResource, StackPlace } from './request';

/** Name of the judged template; findings of neighbours bear another. */
const TARGET = 'the template to be deployed';

/** The template of a stack or change set as an input of the judge. */
export const targetOf = (template: Json | string, at: StackPlace): InputTemplate => ({ template, ...at, file: TARGET });

/** A resource that Cloud Control is asked for, as a template of its own. */
export const templateOfResource = ({ targetName, targetLogicalId, targetModel }: LoneResource): Json => ({
  Resources: { [targetLogicalId ?? 'Resource']: { Type: targetName, Properties: targetModel.resourceProperties } },
});

/**
 * Findings of the template, and those at its neighbours that are new with it: a bucket policy in one stack opens a bucket in
 * another. What was wrong with a neighbour before has been let through before, and its own next deployment is refused.
 *
 * @param previous the template that is deployed now, when the stack exists
 * @throws InputError when a template is not CloudFormation
 */
export function findingsOf(
  target: InputTemplate,
  previous: InputTemplate | undefined,
  neighbours: readonly InputTemplate[],
  register: HookRegister,
  now: Date,
): readonly Flow[] {
  const findings = judged([target, ...neighbours], register, now);
  const elsewhere = findings.filter((flow) => !isOfTarget(flow));
  if (elsewhere.length === 0) return findings;
  const before = judged([...(previous ? [previous] : []), ...neighbours], register, now);
  const known = new Set(before.map(({ fingerprint }) => fingerprint));
  return findings.filter((flow) => isOfTarget(flow) || !known.has(flow.fingerprint));
}

/** A finding without a source is of the input as a whole. */
const isOfTarget = ({ source }: Flow): boolean => source === undefined || source.file === TARGET;

function judged(inputs: readonly InputTemplate[], register: HookRegister, now: Date): readonly Flow[] {
  if (inputs.length === 0) return [];
  return judge(applicationOf(inputs, { partitionOf }), judgeOptions(register, now)).findings;
}
