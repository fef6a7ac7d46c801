/**
 * Calls that open a channel, from the catalogue: every action of the public list whose name says that it copies, shares,
 * exports, restores or grants, or that a row names. One added to the catalogue is asked about from then on.
 */
import { actions, serviceOfAction } from '../../catalogue';
import { family } from '../authorization';
import { action } from '../encode/tests';
import { and, not } from '../logic/formula';
import { isRepair, siteAccounts } from './facts';
import type { Invariant } from './invariant';

/** Why a call that can open a channel may be made by others than deployment: what keeps it inside instead. */
const BOUNDED: Readonly<Record<string, readonly string[]>> = {
  'made where the copy stands, and no call to a Region outside the EEA succeeds': [
    'dynamodb:CreateTable',
    'ec2:CreateNetworkInterface',
    'ec2:CreateVolume',
    'ec2:RunInstances',
    'rds:CopyCustomDBEngineVersion',
    'rds:CreateDBCluster',
    'rds:CreateDBInstance',
    'sqs:CreateQueue',
  ],
  'data-is-written-only-into-the-organization': [
    'events:PutEvents',
    'lambda:InvokeFunction',
    's3:PutObject',
    'ssm:PutParameter',
  ],
  'stacks-are-sent-only-into-the-eea': ['cloudformation:CreateStackInstances'],
  'grants-of-accounts-serve-aws-in-the-eea': ['kms:CreateGrant'],
  'no-key-is-made-for-many-regions': ['kms:CreateKey'],
  'only-keepers-change-keys-of-an-account': ['kms:PutKeyPolicy'],
  'no-key-of-an-account-leaves-the-eea': ['kms:ReplicateKey', 'kms:UpdatePrimaryRegion'],
  'secrets-gain-no-replica-outside-the-eea': ['secretsmanager:CreateSecret'],
  'subscriptions-end-in-our-accounts': ['sns:Subscribe'],
};

/** Calls that stay allowed to others than deployment. */
export const BOUNDED_ACTIONS: readonly string[] = Object.values(BOUNDED).flat();

/** Slugs of the invariants, and sentences, by which calls that stay allowed are bounded. */
export const BOUNDS: readonly string[] = Object.keys(BOUNDED);

/** Actions that open a channel and that nothing else here bounds, of these services or of all but these. */
function channelActions(services: readonly string[], but = false): readonly string[] {
  const bounded = new Set(BOUNDED_ACTIONS);
  return actions().flatMap(({ action: name, verdict }) =>
    verdict === 'channel' && !bounded.has(name) && services.includes(serviceOfAction(name)) !== but ? [name] : [],
  );
}

/** Concern → what the channels lead out of or through, and the services whose calls open them. */
const CONCERNS: Readonly<Record<string, { readonly what: string; readonly services: readonly string[] }>> = {
  objects: { what: 'out of a bucket', services: ['s3'] },
  records: {
    what: 'out of a table, a database, a secret, a backup or a key',
    services: ['backup', 'dynamodb', 'ecr', 'kms', 'rds', 'secretsmanager'],
  },
  'networks-and-disks': { what: 'out of a network or a disk', services: ['ec2', 'route53resolver'] },
  'logs-and-settings': {
    what: 'out of logs, measures, settings or hosts',
    services: ['cloudtrail', 'cloudwatch', 'config', 'logs', 'ssm'],
  },
  'messages-and-functions': {
    what: 'by messages, events, interfaces or functions',
    services: ['apigateway', 'events', 'lambda', 'pipes', 'sns', 'sqs', 'states'],
  },
  'people-and-deployment': {
    what: 'by way of identities, stacks or the organization',
    services: ['cloudformation', 'iam', 'organizations'],
  },
};

const NAMED = Object.values(CONCERNS).flatMap(({ services }) => services);

const closed = (slug: string, what: string, names: () => readonly string[]): Invariant => ({
  slug,
  sentence: `No call that the catalogue knows to open a channel ${what} is made by anybody but deployment, or a repair; the few that work needs are bounded by other invariants.`,
  scopes: siteAccounts,
  without: 'no account with restricted data',
  violation: (scope) => and(family('same account'), action(...names()), not(isRepair(scope))),
});

export const CHANNEL_INVARIANTS: readonly Invariant[] = [
  ...Object.entries(CONCERNS).map(([concern, { what, services }]) =>
    closed(`channels-of-${concern}-are-closed`, what, () => channelActions(services)),
  ),
  closed('channels-of-other-services-are-closed', 'in a service that no site is built of', () =>
    channelActions(NAMED, true),
  ),
];
