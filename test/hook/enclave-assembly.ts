/** The shipped enclave as the hook meets it: its stacks in the order they are deployed, and what the judge is told. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib/core';
import { enclave as shipped } from '../../config/enclave';
import { parseEnclave } from '../../config/parse';
import { hookRegister } from '../../bin/hook/register';
import { buildEnclave } from '../../lib/enclave/enclave';
import { gatewayPlan } from '../enclave/gateway-plan';
import type { HookRegister } from '../../lib/hook/register';

const { context } = JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8')) as {
  context: Record<string, unknown>;
};

export interface DeployedStack {
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly template: string;
}

export interface EnclaveAssembly {
  /** Dependencies before what depends on them. */
  readonly stacks: readonly DeployedStack[];
  readonly register: HookRegister;
}

export function enclaveAssembly(): EnclaveAssembly {
  const config = parseEnclave(shipped);
  const app = new App({ context });
  buildEnclave(app, config, gatewayPlan(config, []));
  const register = hookRegister(config, app, new Date());
  const assembly = app.synth();
  const order = assembly.stacksRecursively.map(({ stackName, environment, templateFullPath }) => ({
    stackName,
    account: environment.account,
    region: environment.region,
    template: readFileSync(templateFullPath, 'utf8'),
  }));
  if (order.length !== app.node.findAll().filter((node) => Stack.isStack(node)).length)
    throw new Error('a stack of the enclave is not in the assembly: the promise would not hold over it');
  return { stacks: order, register };
}
