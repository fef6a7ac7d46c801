import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { GatewayVpcEndpoint, GatewayVpcEndpointAwsService } from 'aws-cdk-lib/aws-ec2';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import {
  accessPointName,
  auditBucketName,
  bucketArn,
  bucketName,
  exportBucketNames,
  ledgerTableName,
  peopleTableName,
  replicaBucketName,
  tableName,
} from '../names';
import { landingAt, landingBucketName } from '../migration/source-places';
import { incomingPartners } from '../site-context';
import type { SiteContext } from '../site-context';

/** The conditions every endpoint of a site sets: our principals reaching our own account, nothing else. */
export const ownAccountOnly = (at: SiteContext): Record<string, Record<string, string>> => ({
  StringEquals: { 'aws:PrincipalAccount': at.site.account, 'aws:ResourceAccount': at.site.account },
});

function ownBuckets(at: SiteContext): string[] {
  const buckets = at.enclave.stores.filter((s) => s.kind === 'bucket');
  const names = [
    ...buckets.map((s) => bucketName(at, s.name)),
    ...incomingPartners(at).flatMap((from) => buckets.map((s) => replicaBucketName(from, at, s.name))),
    ...(landingAt(at)?.migration.objects ?? []).map(({ id }) => landingBucketName(at, id)),
    auditBucketName(at),
    exportBucketNames(at),
  ];
  const accessPoints = buckets
    .filter((s) => s.class === 'restricted')
    .map(
      (s) =>
        `arn:${at.region.partition}:s3:${at.region.name}:${at.site.account}:accesspoint/${accessPointName(at, s.name)}`,
    );
  return [...names.map((name) => bucketArn(at, name)), ...accessPoints];
}

/**
 * The gateway endpoints for S3 and DynamoDB.
 *
 * Their policies are the guard against carrying data out to a bucket or table of somebody else. No AWS-owned bucket is
 * named: nothing in a site's VPC installs packages or patches over S3.
 */
export class GatewayEndpoints extends Construct {
  readonly s3: GatewayVpcEndpoint;
  readonly dynamodb: GatewayVpcEndpoint;

  constructor(scope: Construct, id: string, at: SiteContext, vpc: IVpc) {
    super(scope, id);
    this.s3 = new GatewayVpcEndpoint(this, 'S3', { vpc, service: GatewayVpcEndpointAwsService.S3 });
    const buckets = ownBuckets(at);
    this.s3.addToPolicy(
      new PolicyStatement({
        sid: 'OwnBuckets',
        principals: [new AnyPrincipal()],
        actions: [
          's3:AbortMultipartUpload',
          's3:DeleteObject',
          's3:GetBucketLocation',
          's3:GetObject',
          's3:GetObjectVersion',
          's3:ListBucket',
          's3:ListBucketVersions',
          's3:ListMultipartUploadParts',
          's3:PutObject',
        ],
        resources: buckets.flatMap((arn) => [arn, arn.includes(':accesspoint/') ? `${arn}/object/*` : `${arn}/*`]),
        conditions: ownAccountOnly(at),
      }),
    );
    this.dynamodb = new GatewayVpcEndpoint(this, 'DynamoDb', { vpc, service: GatewayVpcEndpointAwsService.DYNAMODB });
    this.dynamodb.addToPolicy(
      new PolicyStatement({
        sid: 'OwnTables',
        principals: [new AnyPrincipal()],
        actions: [
          'dynamodb:BatchGetItem',
          'dynamodb:BatchWriteItem',
          'dynamodb:ConditionCheckItem',
          'dynamodb:DeleteItem',
          'dynamodb:DescribeTable',
          'dynamodb:GetItem',
          'dynamodb:PutItem',
          'dynamodb:Query',
          'dynamodb:Scan',
          'dynamodb:UpdateItem',
        ],
        resources: [
          ...at.enclave.stores.filter((s) => s.kind === 'table').map((s) => tableName(at, s.name)),
          ledgerTableName(at),
          peopleTableName(at),
        ]
          .map((name) => `arn:${at.region.partition}:dynamodb:${at.region.name}:${at.site.account}:table/${name}`)
          .flatMap((arn) => [arn, `${arn}/index/*`]),
        conditions: ownAccountOnly(at),
      }),
    );
  }
}
