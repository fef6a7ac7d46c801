/**
 * Judges the app of the hook. To the judge of an assembly a stack set is text it cannot look into; here that text is judged as
 * the template it is, in every account and Region it can land in, and the rest of the assembly by all other rules.
 */
import type { Enclave } from '../../config/schema';
import { hookRegions } from '../../lib/enclave/hook/hook';
import { judgeOptions } from '../../lib/hook/register';
import type { HookRegister } from '../../lib/hook/register';
import { partitionOf } from '../../lib/hook/neighbours';
import { findingsOf, targetOf } from '../../lib/hook/verdict';
import { judge } from '../../lib/residency';
import type { Flow } from '../../lib/residency';
import { readApplication } from '../../lib/template';
import type { Resource } from '../../lib/template';

const STACK_SET = 'AWS::CloudFormation::StackSet';

/** Says that the text of a stack set is not looked into: answered here by looking into it. */
const NOT_LOOKED_INTO = 'stack-set-template';

/**
 * Findings of a synthesised assembly, stack sets looked into.
 *
 * @param directory the folder of the assembly
 * @throws Error when the template of a stack set is not literal text in the assembly
 */
export function rolloutFindings(
  directory: string,
  config: Enclave,
  register: HookRegister,
  now: Date,
): readonly Flow[] {
  const application = readApplication([{ path: directory }], { partitionOf });
  const options = judgeOptions(register, now);
  const reviewedTypes = [...options.reviewedTypes, STACK_SET];
  const around = judge(application, { ...options, reviewedTypes }).findings;
  return [
    ...around.filter(({ rule }) => rule !== NOT_LOOKED_INTO),
    ...application.ofType(STACK_SET).flatMap((stackSet) => landed(stackSet, config, register, now)),
  ];
}

/** Findings of what one stack set creates, wherever it can. */
function landed(stackSet: Resource, config: Enclave, register: HookRegister, now: Date): readonly Flow[] {
  const template = bodyOf(stackSet);
  const { stackName } = stackSet.template.source;
  return [...config.sites, config.auditor].flatMap(({ account }) =>
    hookRegions(config).flatMap((region) =>
      findingsOf(targetOf(template, { account, region, stackName }), undefined, [], register, now),
    ),
  );
}

function bodyOf(stackSet: Resource): string {
  const bodies = stackSet.at('TemplateBody').flatMap(({ possible }) => possible);
  const [body] = bodies;
  if (bodies.length !== 1 || body?.value.kind !== 'text' || stackSet.has('TemplateURL') !== 'never')
    throw new Error(
      `${stackSet.logicalId} of stack ${stackSet.template.source.stackName}: the template of a stack set has to be literal text in TemplateBody, or nobody judges it.`,
    );
  return body.value.text;
}
