/** The stacks of the oversight and what they lean on, without the rest of the enclave: quick to make, and enough. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { enclave as shipped } from '../../config/enclave';
import { parseEnclave } from '../../config/parse';
import { KeysStack } from '../../lib/enclave/keys/keys-stack';
import { OversightStack } from '../../lib/enclave/oversight/oversight-stack';
import { SiteOversightStack } from '../../lib/enclave/oversight/site-oversight-stack';
import { IdentityStack } from '../../lib/enclave/perimeter/identity-stack';
import { EnclavePerimeterStack } from '../../lib/enclave/perimeter/perimeter-stack';
import { siteContext } from '../../lib/enclave/site-context';
import { findRegion } from '../../lib/geo';
import { readPolicies } from '../../lib/proof';
import { applicationOf } from '../../lib/template';
import type { Json } from '../../lib/template';

const { context } = JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8')) as {
  context: Record<string, unknown>;
};

export interface Declared {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** The shipped configuration's oversight, synthesised. */
export function oversightWorld() {
  const config = parseEnclave(shipped);
  const app = new App({ context });
  for (const { id } of config.sites) {
    const at = siteContext(config, id);
    new IdentityStack(app, at);
    new SiteOversightStack(app, at, new KeysStack(app, at));
  }
  new OversightStack(app, config);
  new EnclavePerimeterStack(app, config, config.organization!);
  const stacks = app.node.findAll().filter((node) => Stack.isStack(node));
  const templates = new Map(stacks.map((stack) => [stack.stackName, Template.fromStack(stack).toJSON() as Json]));
  const policies = readPolicies(
    applicationOf(
      stacks.map(({ stackName, account, region }) => ({
        stackName,
        account,
        region,
        template: templates.get(stackName)!,
      })),
      { partitionOf: (region) => findRegion(region)?.partition },
    ),
  );
  return {
    config,
    stacks,
    policies,
    /** Resources of one stack and type; fails when there is none, so that no promise holds over nothing. */
    of(stackName: string, type: string): readonly Declared[] {
      const { Resources } = templates.get(stackName) as unknown as { Resources: Record<string, Declared> };
      const found = Object.values(Resources).filter(({ Type }) => Type === type);
      if (found.length === 0) throw new Error(`${stackName} has no ${type}: the promise would hold over nothing`);
      return found;
    },
  };
}
