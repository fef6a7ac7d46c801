import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { EnclaveLogGroup } from '../logs/enclave-log-group';
import { logGroupName } from '../names';
import type { SiteContext } from '../site-context';
import { tagWithClass } from '../tags';
import { archiveBucketName, recordsKeyAliasArn, trailArn, trailName } from './auditor-context';

/** Services that speak to VPC endpoints of a site: their endpoints record calls of strangers that the endpoint refused. */
const NETWORK_ACTIVITY_SOURCES = [
  'dynamodb.amazonaws.com',
  'ec2.amazonaws.com',
  'kms.amazonaws.com',
  's3.amazonaws.com',
  'secretsmanager.amazonaws.com',
];

/** Data events: what was read or written, not only what was configured. */
const DATA_RESOURCES = ['AWS::S3::Object', 'AWS::S3::AccessPoint', 'AWS::DynamoDB::Table', 'AWS::Lambda::Function'];

/**
 * The record of every call in a site's account, in every Region and of every global service, delivered to the auditor's
 * archive and, to be filtered as it comes, into the site.
 */
export class SiteTrail extends Construct {
  readonly logGroup: EnclaveLogGroup;

  constructor(scope: Construct, id: string, at: SiteContext, logsKey: IKey) {
    super(scope, id);
    this.logGroup = new EnclaveLogGroup(this, 'Trail', at, logsKey);
    const role = new Role(this, 'Delivery', {
      description: 'Lets the trail write into its log group',
      assumedBy: new ServicePrincipal('cloudtrail.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceArn': trailArn(at) } },
      }),
    });
    const group = `arn:${at.region.partition}:logs:${at.region.name}:${at.site.account}:log-group:${logGroupName(at, 'trail')}`;
    const streams = `${group}:log-stream:${at.site.account}_CloudTrail_${at.region.name}*`;
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [streams],
      }),
    );
    const trail = new CfnTrail(this, 'Record', {
      trailName: trailName(at),
      isLogging: true,
      // The other Regions are denied; that nobody tried is what their part of the record shows.
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      s3BucketName: archiveBucketName(at.enclave),
      s3KeyPrefix: at.site.id,
      kmsKeyId: recordsKeyAliasArn(at.enclave),
      cloudWatchLogsLogGroupArn: this.logGroup.logGroupArn,
      cloudWatchLogsRoleArn: role.roleArn,
      advancedEventSelectors: selectors(),
    });
    trail.node.addDependency(role);
    tagWithClass(trail, 'audit');
    acknowledge(
      role,
      `AwsSolutions-IAM5[Resource::${streams}]`,
      'CloudTrail numbers its log streams itself; the prefix is this account’s and Region’s own.',
    );
  }
}

const field = (name: string, equals: string[]): CfnTrail.AdvancedFieldSelectorProperty => ({
  field: name,
  equalTo: equals,
});

/** Management events whole (those of KMS included), data events, and what VPC endpoints refused. */
function selectors(): CfnTrail.AdvancedEventSelectorProperty[] {
  return [
    { name: 'Every management event', fieldSelectors: [field('eventCategory', ['Management'])] },
    ...DATA_RESOURCES.map((type) => ({
      name: `Data events of ${type}`,
      fieldSelectors: [field('eventCategory', ['Data']), field('resources.type', [type])],
    })),
    ...NETWORK_ACTIVITY_SOURCES.map((source) => ({
      name: `Refusals of endpoints: ${source}`,
      fieldSelectors: [
        field('eventCategory', ['NetworkActivity']),
        field('eventSource', [source]),
        field('errorCode', ['VpceAccessDenied']),
      ],
    })),
  ];
}
