/** Ways of writing that need the CDK: typed classes, escape hatches, and what stands outside the construct model. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CfnElement, CfnParameter, CfnResource, NestedStack, Stack, Stage, Token } from 'aws-cdk-lib/core';
import * as include from 'aws-cdk-lib/cloudformation-include';
import type { Construct } from 'constructs';
import type { Json } from '../../../lib/template';
import type { Channel } from '../channel';
import { LEAK, isPresent, propertiesOf, regionOfLeak } from '../channel';
import type { Twin } from '../places';
import { OURS } from '../places';
import type { Properties } from '../property-path';
import { topOf } from '../property-path';
import type { ProgramWriting } from '../writing';
import { leakTemplate } from './template-writings';
import { typedClass, typedProperties } from './typed-class';

const INNOCENT = 'AWS::CloudFormation::WaitConditionHandle';

/** The stack that leaks, with what the channel wants beside the leak. */
function leakingStack(scope: Construct, channel: Channel, twin: Twin, make: typeof Stack = Stack, more = {}): Stack {
  const stack = new make(scope, `${twin.id}-leak`, {
    stackName: `${twin.id}-leak`,
    env: { account: OURS, region: regionOfLeak(channel, twin) },
    ...more,
  });
  besides(stack, channel, twin);
  return stack;
}

function besides(stack: Stack, channel: Channel, twin: Twin): void {
  for (const [id, resource] of Object.entries(channel.beside?.(twin) ?? {})) raw(stack, id, resource);
}

function raw(stack: Stack, id: string, resource: Json): CfnResource {
  const { Type, Properties } = resource as { Type: string; Properties?: Properties };
  return new CfnResource(stack, id, { type: Type, properties: (Properties ?? {}) as Record<string, unknown> });
}

function companionStacks(scope: Construct, channel: Channel, twin: Twin): void {
  for (const { name, region, resources } of channel.companions?.(twin) ?? []) {
    const stack = new Stack(scope, `${twin.id}-${name}`, {
      stackName: `${twin.id}-${name}`,
      env: { account: OURS, region },
    });
    for (const [id, resource] of Object.entries(resources)) raw(stack, id, resource);
  }
}

/** What the stack looks like that is innocent: the staying twin's properties, under the leaving twin's names. */
const innocent = (channel: Channel, twin: Twin): Properties =>
  propertiesOf(channel, { ...twin, leaves: false, region: 'eu-north-1' });

const presenceIsAll = (channel: Channel): string | undefined =>
  channel.manner === 'presence' ? 'the resource itself is the way out' : undefined;

/** A program that puts the leak into the leaking stack. */
function program(
  slug: string,
  words: string,
  put: (stack: Stack, channel: Channel, twin: Twin) => void,
  more: Partial<ProgramWriting> = {},
): ProgramWriting {
  return {
    slug,
    words,
    level: 'program',
    unfit: () => undefined,
    build: (app, channel, twin) => {
      const stack = leakingStack(app, channel, twin);
      if (isPresent(channel, twin)) put(stack, channel, twin);
      else new CfnResource(stack, 'Nothing', { type: INNOCENT });
      companionStacks(app, channel, twin);
    },
    ...more,
  };
}

/** Adds resources to the template without any construct that owns them. */
class SmugglingStack extends Stack {
  smuggled: { [id: string]: Json } = {};

  override _toCloudFormation(): { Resources?: Record<string, unknown> } {
    const template = super._toCloudFormation() as { Resources?: Record<string, unknown> };
    return { ...template, Resources: { ...template.Resources, ...this.smuggled } };
  }
}

/** A construct that is no resource and writes one. */
class Smuggler extends CfnElement {
  constructor(
    stack: Stack,
    private readonly resource: Json,
  ) {
    super(stack, LEAK);
  }

  override _toCloudFormation(): object {
    return { Resources: { [LEAK]: this.resource } };
  }
}

function leakOf(channel: Channel, twin: Twin): { readonly [key: string]: Json } {
  return { Type: channel.type, Properties: propertiesOf(channel, twin) as Json };
}

const includeFolder = (): string => mkdtempSync(path.join(tmpdir(), 'leaks-include-'));
let folder: string | undefined;

export const PROGRAM_WRITINGS: readonly ProgramWriting[] = [
  program('construct', 'with the construct of the CDK', (stack, channel, twin) => channel.construct!(stack, twin), {
    unfit: (channel) => (channel.construct ? undefined : 'the CDK has no construct that writes this channel'),
    build: (app, channel, twin) => {
      const stack = new Stack(app, `${twin.id}-leak`, {
        stackName: `${twin.id}-leak`,
        env: { account: OURS, region: regionOfLeak(channel, twin) },
      });
      channel.construct!(stack, twin);
      companionStacks(app, channel, twin);
    },
  }),
  program('typed', 'with the typed class', (stack, channel, twin) => {
    const Typed = typedClass(channel.type);
    new Typed(stack, LEAK, typedProperties(propertiesOf(channel, twin)));
  }),
  program('raw', 'in a raw CfnResource', (stack, channel, twin) => {
    raw(stack, LEAK, leakOf(channel, twin));
  }),
  program(
    'override',
    'by a property override of an innocent resource',
    (stack, channel, twin) => {
      const Typed = typedClass(channel.type);
      const resource = new Typed(stack, LEAK, typedProperties(innocent(channel, twin)));
      const top = topOf(channel.path);
      resource.addPropertyOverride(top, propertiesOf(channel, twin)[top]);
      for (const [key, value] of Object.entries(propertiesOf(channel, twin)))
        if (key !== top) resource.addPropertyOverride(key, value);
    },
    { unfit: presenceIsAll },
  ),
  program(
    'deletion-override',
    'and removed again by a deletion override',
    (stack, channel, twin) => {
      const Typed = typedClass(channel.type);
      const resource = new Typed(stack, LEAK, typedProperties(propertiesOf(channel, twin)));
      resource.addPropertyDeletionOverride(topOf(channel.path));
    },
    {
      unfit: (channel) =>
        channel.manner === 'standing'
          ? 'a store that stands abroad leaks without the property too'
          : (presenceIsAll(channel) ??
            (REMOVAL_LEAVES_A_LEAK.has(channel.slug) ? 'without the property another finding is right' : undefined)),
      leaving: () => 'silent',
    },
  ),
  program('changed-type', 'by changing the type of another resource', (stack, channel, twin) => {
    const resource = raw(stack, LEAK, { ...leakOf(channel, twin), Type: INNOCENT });
    resource.addOverride('Type', channel.type);
  }),
  program('element', 'by a CfnElement that is no resource', (stack, channel, twin) => {
    new Smuggler(stack, leakOf(channel, twin));
  }),
  program('emitted', 'by a Stack that rewrites its own template', () => undefined, {
    build: (app, channel, twin) => {
      const stack = leakingStack(app, channel, twin, SmugglingStack as typeof Stack) as SmugglingStack;
      new CfnResource(stack, 'Nothing', { type: INNOCENT });
      if (isPresent(channel, twin)) stack.smuggled = { [LEAK]: leakOf(channel, twin) };
      companionStacks(app, channel, twin);
    },
  }),
  program('include', 'in a template taken in by CfnInclude', () => undefined, {
    build: (app, channel, twin) => {
      folder ??= includeFolder();
      const templateFile = path.join(folder, `${twin.id}-${twin.leaves ? 'leaving' : 'staying'}.json`);
      mkdirSync(path.dirname(templateFile), { recursive: true });
      writeFileSync(templateFile, JSON.stringify(leakTemplate(channel, twin)));
      const stack = new Stack(app, `${twin.id}-leak`, {
        stackName: `${twin.id}-leak`,
        env: { account: OURS, region: regionOfLeak(channel, twin) },
      });
      new include.CfnInclude(stack, 'Included', { templateFile });
      companionStacks(app, channel, twin);
    },
  }),
  program('nested', 'in a nested stack that is handed the destination', () => undefined, {
    build: (app, channel, twin) => {
      const parent = new Stack(app, `${twin.id}-leak`, {
        stackName: `${twin.id}-leak`,
        env: { account: OURS, region: regionOfLeak(channel, twin) },
      });
      const value = channel.value(twin);
      const handed = typeof value === 'string' && channel.manner !== 'presence';
      const inner = new NestedStack(parent, 'Inner', handed ? { parameters: { Where: value } } : {});
      besides(inner, channel, twin);
      const where = handed ? new CfnParameter(inner, 'Where').valueAsString : value;
      if (isPresent(channel, twin))
        raw(inner, LEAK, { Type: channel.type, Properties: propertiesOf(channel, twin, where) as Json });
      else new CfnResource(inner, 'Nothing', { type: INNOCENT });
      companionStacks(app, channel, twin);
    },
  }),
  program('stage', 'in a Stage', () => undefined, {
    build: (app, channel, twin) => {
      const stage = new Stage(app, `${twin.id}-stage`);
      const stack = leakingStack(stage, channel, twin);
      if (isPresent(channel, twin)) raw(stack, LEAK, leakOf(channel, twin));
      else new CfnResource(stack, 'Nothing', { type: INNOCENT });
      companionStacks(stage, channel, twin);
    },
  }),
  program('cross-region-reference', 'as a reference to a resource of another Region', () => undefined, {
    unfit: (channel) => (channel.target ? undefined : 'the destination is not written as a reference to one resource'),
    build: (app, channel, twin) => {
      const far = new Stack(app, `${twin.id}-far`, {
        stackName: `${twin.id}-far`,
        env: { account: OURS, region: twin.region },
        crossRegionReferences: true,
      });
      const target = new CfnResource(far, 'Target', { type: channel.target! });
      const stack = leakingStack(app, channel, twin, Stack, { crossRegionReferences: true });
      const value = Token.asString(target.getAtt(ATTRIBUTE[channel.target!] ?? 'Arn'));
      raw(stack, LEAK, { Type: channel.type, Properties: propertiesOf(channel, twin, value) as Json });
    },
  }),
];

/** The attribute that is the ARN, where it is not called so. */
const ATTRIBUTE: Readonly<Record<string, string>> = { 'AWS::Backup::BackupVault': 'BackupVaultArn' };

/** Channels whose top property holds a guard or another destination too. */
const REMOVAL_LEAVES_A_LEAK: ReadonlySet<string> = new Set([
  'snapshot-guard-open',
  'cache-group-member-region',
  'database-backup-replication-key',
  'global-endpoint-secondary',
]);
