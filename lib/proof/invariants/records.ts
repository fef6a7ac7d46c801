/** Restricted tables, secrets and queues. */
import { family } from '../authorization';
import { action } from '../encode/tests';
import { and, not, or } from '../logic/formula';
import { fromOrganization, isDataRole, outsideEea, restricted, throughEndpoint } from './facts';
import type { Invariant } from './invariant';

export const TABLE_READS = [
  'dynamodb:BatchGetItem',
  'dynamodb:GetItem',
  'dynamodb:PartiQLSelect',
  'dynamodb:Query',
  'dynamodb:Scan',
];

export const TABLE_CHANGES = [
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DeleteItem',
  'dynamodb:PartiQL*',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
];

const NO_TABLE = 'no table with restricted data';

export const RECORD_INVARIANTS: readonly Invariant[] = [
  {
    slug: 'items-are-read-inside-the-perimeter',
    sentence: 'An item of a restricted table is read only by our organization and only through an endpoint of a site.',
    scopes: restricted('table'),
    without: NO_TABLE,
    violation: (scope) => and(action(...TABLE_READS), not(and(fromOrganization(scope), throughEndpoint(scope)))),
  },
  {
    slug: 'items-are-changed-inside-the-perimeter',
    sentence:
      'An item of a restricted table is written, changed or deleted only by our organization and only through an endpoint of a site.',
    scopes: restricted('table'),
    without: NO_TABLE,
    violation: (scope) => and(action(...TABLE_CHANGES), not(and(fromOrganization(scope), throughEndpoint(scope)))),
  },
  {
    slug: 'items-are-touched-only-by-data-roles',
    sentence:
      'An item of a restricted table is read or changed only by applications and the data plane of the gateway: by no administrator, pipeline or repair.',
    scopes: restricted('table'),
    without: NO_TABLE,
    violation: (scope) => and(action(...TABLE_READS, ...TABLE_CHANGES), not(isDataRole(scope))),
  },
  {
    slug: 'streams-of-tables-are-read-by-nobody',
    sentence:
      'No caller of a site reads the stream of a restricted table: there is none, and none can be opened unnoticed.',
    scopes: restricted('table'),
    without: NO_TABLE,
    violation: () => and(family('same account'), action('dynamodb:GetRecords', 'dynamodb:GetShardIterator')),
  },
  {
    slug: 'tables-gain-no-replica-and-are-not-exported',
    sentence: 'No restricted table gets a replica or is exported.',
    scopes: restricted('table'),
    without: NO_TABLE,
    violation: () =>
      or(
        action('dynamodb:CreateTableReplica', 'dynamodb:ExportTableToPointInTime'),
        and(action('dynamodb:AssociateTableReplica'), not(family('service-linked role'))),
      ),
  },
  {
    slug: 'secrets-and-queues-stay-with-us',
    sentence:
      'A restricted secret or queue is read by our organization alone, and never by a call to a Region outside the EEA.',
    scopes: restricted('secret', 'queue'),
    without: 'no secret or queue with restricted data',
    violation: (scope) =>
      and(
        action('secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue', 'sqs:ReceiveMessage'),
        not(and(fromOrganization(scope), not(outsideEea()))),
        not(family('service-linked role')),
      ),
  },
];
