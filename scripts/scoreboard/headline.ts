/** The headline experiment: one stack of 25 resources with 23 ways out, built once to lead abroad and once to stay. */
import { App, CfnResource, Stack } from 'aws-cdk-lib/core';
import type { Json } from '../../lib/template';
import { propertiesOf } from '../../test/leaks/channel';
import type { Channel } from '../../test/leaks/channel';
import { CHANNELS } from '../../test/leaks/channels';
import { HOME, OURS } from '../../test/leaks/places';
import type { Twin } from '../../test/leaks/places';
import { typedClass, typedProperties } from '../../test/leaks/writings/typed-class';
import type { Build } from './tool';

/** Two of them need a store beside them: 23 ways out, 25 resources. */
export const WAYS_OUT: readonly string[] = [
  'bucket-replication',
  'bucket-inventory',
  'multi-region-access-point',
  'secret-replica',
  'table-replica',
  'table-witness',
  'database-backup-replication',
  'database-zero-etl',
  'file-system-replication',
  'image-replication',
  'warehouse-snapshot-copy',
  'config-aggregation',
  'pipeline-artifact-region',
  'kafka-target',
  'global-endpoint-secondary',
  'user-pool-sms-region',
  'user-pool-mail-region',
  'command-output-region',
  'event-bus-abroad',
  'delivery-stream-abroad',
  'flow-log-abroad',
  'backup-copy',
  'subscription-abroad',
];

export const STACK = 'everyday';

/** Builds the stack with every destination in `region`. A second stack creates the bucket at the other end. */
export function buildHeadline(region: string, leaves: boolean, outdir: string): Build {
  const app = new App({
    outdir,
    analyticsReporting: false,
    context: { '@aws-cdk/core:failSynthOnValidationErrors': false },
  });
  const twin: Twin = { id: 'headline', leaves, region };
  const stack = new Stack(app, STACK, { stackName: STACK, env: { account: OURS, region: HOME } });
  for (const slug of WAYS_OUT) add(stack, channelOf(slug), twin);
  const far = new Stack(app, 'far', { stackName: 'far', env: { account: OURS, region } });
  new CfnResource(far, 'Copies', { type: 'AWS::S3::Bucket', properties: { BucketName: 'headline-copies' } });
  return { app, directory: app.synth().directory };
}

function channelOf(slug: string): Channel {
  const channel = CHANNELS.find((one) => one.slug === slug);
  if (!channel) throw new Error(`there is no channel ${slug}`);
  return channel;
}

function add(stack: Stack, channel: Channel, twin: Twin): void {
  const name = logicalId(channel.slug);
  // Several channels call the store beside them "Store".
  const own = <T extends Json>(json: T): T =>
    JSON.parse(JSON.stringify(json).replaceAll('"Store"', `"${name}Store"`)) as T;
  for (const [id, resource] of Object.entries(own((channel.beside?.(twin) ?? {}) as { [id: string]: Json }))) {
    const { Type, Properties } = resource as { Type: string; Properties?: { [key: string]: Json } };
    const Typed = typedClass(Type);
    new Typed(stack, id, typedProperties(Properties ?? {}));
  }
  const Typed = typedClass(channel.type);
  new Typed(stack, name, typedProperties(own(propertiesOf(channel, twin) as { [key: string]: Json })));
}

/** `secret-replica` as `SecretReplica`. */
export function logicalId(slug: string): string {
  return slug.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
