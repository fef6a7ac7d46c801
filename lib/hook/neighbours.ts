/**
 * The stacks that a template takes values from, as they are deployed now.
 *
 * One template alone leaves most of a stack unknown: its keys and subnets are outputs of other stacks. What was deployed
 * before can be asked for, so the judge sees the same references as at synthesis, and what it cannot see stays unknown.
 */
import type { InputTemplate, Json } from '../template';
import { applicationOf } from '../template';
import type { StackPlace } from './request';
import { RequestError } from './request';
import { findRegion } from '../geo';
import { isInEea } from './register';

/** Far above what a stack of the enclave needs; a template that names more is refused. */
const MOST_STACKS = 60;

/** Reads a deployed template of this account; undefined when there is no such stack. */
export type DeployedTemplate = (stackName: string, region: string) => Promise<string | undefined>;

export const partitionOf = (region: string): string | undefined => findRegion(region)?.partition;

interface Named {
  readonly stackName: string;
  readonly region: string;
}

/** Every stack reached from `target` by `Fn::GetStackOutput`, each as an input beside it. @throws RequestError when too many */
export async function neighboursOf(
  target: InputTemplate,
  at: StackPlace,
  read: DeployedTemplate,
): Promise<InputTemplate[]> {
  const found = new Map<string, InputTemplate>();
  const seen = new Set([key(at)]);
  let next = namesIn(target, at.region);
  while (next.length > 0) {
    const asked = next.filter((one) => !seen.has(key(one)));
    for (const one of asked) seen.add(key(one));
    if (seen.size > MOST_STACKS)
      throw new RequestError(`the template takes values from more than ${MOST_STACKS} stacks`);
    const inputs = await Promise.all(asked.map((one) => neighbour(one, at.account, read)));
    next = [];
    for (const input of inputs) {
      if (!input) continue;
      found.set(input.file!, input);
      next.push(...namesIn(input, input.region!));
    }
  }
  return [...found.values()];
}

async function neighbour({ stackName, region }: Named, account: string, read: DeployedTemplate) {
  const template = await read(stackName, region);
  return template === undefined
    ? undefined
    : { template, stackName, region, account, file: `deployed stack ${stackName} in ${region}` };
}

/** Stacks of the same account in the EEA whose outputs a template names literally; whatever else it names stays unseen. */
function namesIn(input: InputTemplate, home: string): Named[] {
  const named = new Map<string, Named>();
  const waiting: Json[] = applicationOf([input], { partitionOf })
    .templates.slice(0, 1)
    .map(({ raw }) => raw);
  while (waiting.length > 0) {
    const node = waiting.pop()!;
    if (typeof node !== 'object' || node === null) continue;
    const output = Array.isArray(node) ? undefined : (node as { readonly [name: string]: Json })['Fn::GetStackOutput'];
    const one = output === undefined ? undefined : literal(output, home);
    if (one && isInEea(one.region)) named.set(key(one), one);
    waiting.push(...Object.values(node));
  }
  return [...named.values()];
}

function literal(output: Json, home: string): Named | undefined {
  const { StackName, Region = home, RoleArn } = output as Record<string, Json>;
  return typeof StackName === 'string' && typeof Region === 'string' && RoleArn === undefined
    ? { stackName: StackName, region: Region }
    : undefined;
}

const key = ({ stackName, region }: Named): string => `${region}/${stackName}`;
