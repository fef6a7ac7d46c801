import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { enclave as shipped } from '../../config/enclave';
import { parseEnclave } from '../../config/parse';
import type { Enclave } from '../../config/schema';
import { buildEnclave } from '../../lib/enclave/enclave';
import type { Transfer } from '../../lib/gateway/transfer';
import { gatewayPlan } from './gateway-plan';

const context = (
  JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8')) as { context: Record<string, unknown> }
).context;

export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Metadata?: Record<string, string>;
}

/** The synthesised enclave, by stack name. */
export interface Synthesised {
  readonly config: Enclave;
  readonly stacks: ReadonlyMap<string, Stack>;
  readonly templates: ReadonlyMap<string, Template>;
  /** Every resource of this type over all stacks; fails when there is none, so that no promise holds over nothing. */
  all(type: string): { stack: Stack; logicalId: string; resource: Resource }[];
}

/** Synthesises a configuration (the shipped one by default) with the feature flags of cdk.json. */
export function synthesise(input: unknown = shipped, transfers: readonly Transfer[] = []): Synthesised {
  const config = parseEnclave(input);
  const app = new App({ context: { ...context, 'aws:cdk:enable-path-metadata': true } });
  buildEnclave(app, config, gatewayPlan(config, transfers));
  const stacks = new Map(
    app.node.findAll().flatMap((node) => (Stack.isStack(node) ? [[node.stackName, node] as const] : [])),
  );
  const templates = new Map([...stacks].map(([name, stack]) => [name, Template.fromStack(stack)]));
  return {
    config,
    stacks,
    templates,
    all(type) {
      const found = [...templates].flatMap(([name, template]) =>
        Object.entries(template.findResources(type)).map(([logicalId, resource]) => ({
          stack: stacks.get(name)!,
          logicalId,
          resource: resource as Resource,
        })),
      );
      if (!found.length)
        throw new Error(`no resource of type ${type} in the enclave: the promise would hold over nothing`);
      return found;
    },
  };
}

/** Statements of a policy document, as plain objects. */
export function statements(document: unknown): {
  Sid?: string;
  Effect: string;
  Principal?: unknown;
  Action: string | string[];
  Resource?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}[] {
  return (document as { Statement: ReturnType<typeof statements> }).Statement;
}
