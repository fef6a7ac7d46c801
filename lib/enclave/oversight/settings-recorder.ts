import { CfnConfigRule, CfnConfigurationRecorder, CfnDeliveryChannel } from 'aws-cdk-lib/aws-config';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { serviceHost } from '../../geo';
import { acknowledge } from '../acknowledge';
import type { SiteContext } from '../site-context';
import { recorderRoleName, recordsKeyAliasArn, settingsBucketName } from './auditor-context';

/** Kinds of stores an enclave declares: each carries its class and site as tags, which nobody but a template sets. */
const DECLARED_KINDS = ['AWS::DynamoDB::Table', 'AWS::RDS::DBInstance', 'AWS::RDS::DBSnapshot', 'AWS::S3::Bucket'];

/** Kinds of stores that AWS Config records and no template of the enclave declares: that one exists is the finding. */
const UNDECLARED_KINDS = [
  'AWS::EC2::Instance',
  'AWS::EC2::Volume',
  'AWS::EFS::FileSystem',
  'AWS::Elasticsearch::Domain',
  'AWS::Kinesis::Stream',
  'AWS::OpenSearch::Domain',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBClusterSnapshot',
  'AWS::Redshift::Cluster',
  'AWS::Redshift::ClusterSnapshot',
];

/** AWS Config of a site: records stores as they come, tells of those no template declares, and delivers to the auditor. */
export class SettingsRecorder extends Construct {
  constructor(scope: Construct, id: string, at: SiteContext) {
    super(scope, id);
    const { enclave, site, region } = at;
    const bucket = `arn:${region.partition}:s3:::${settingsBucketName(enclave)}`;
    const objects = `${bucket}/${site.id}/AWSLogs/${site.account}/Config/*`;
    const keys = `arn:${region.partition}:kms:${enclave.auditor.region}:${enclave.auditor.account}:key/*`;
    const role = new Role(this, 'Role', {
      roleName: recorderRoleName(at),
      description: 'AWS Config reads settings with it and writes them into the bucket of the auditor',
      assumedBy: new ServicePrincipal('config.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': site.account } },
      }),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWS_ConfigRole')],
    });
    role.addToPolicy(new PolicyStatement({ actions: ['s3:GetBucketAcl', 's3:ListBucket'], resources: [bucket] }));
    role.addToPolicy(
      new PolicyStatement({
        actions: ['s3:PutObject'],
        resources: [objects],
        conditions: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ['kms:GenerateDataKey'],
        resources: [keys],
        conditions: { StringEquals: { 'kms:ViaService': serviceHost('s3', enclave.auditor.region) } },
      }),
    );
    acknowledge(
      role,
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWS_ConfigRole]',
      'AWS keeps this list of reading calls as its kinds of resources grow; the boundary of the site stands over it.',
    );
    acknowledge(
      role,
      `AwsSolutions-IAM5[Resource::${objects}]`,
      'Config names its files itself, below this prefix of this account.',
    );
    acknowledge(
      role,
      `AwsSolutions-IAM5[Resource::${keys}]`,
      'Keys of another account are known by alias, which no policy names; the key’s own policy admits this role alone.',
    );
    const recorder = new CfnConfigurationRecorder(this, 'Recorder', {
      name: `${enclave.name}-${site.id}`,
      roleArn: role.roleArn,
      recordingGroup: { allSupported: false, resourceTypes: [...DECLARED_KINDS, ...UNDECLARED_KINDS] },
    });
    recorder.node.addDependency(role);
    const channel = new CfnDeliveryChannel(this, 'Channel', {
      name: `${enclave.name}-${site.id}`,
      s3BucketName: settingsBucketName(enclave),
      s3KeyPrefix: site.id,
      s3KmsKeyArn: recordsKeyAliasArn(enclave),
      configSnapshotDeliveryProperties: { deliveryFrequency: 'TwentyFour_Hours' },
    });
    const rules = [this.tagged(at), this.noOtherKind(at)];
    // Config starts a recorder only when both exist; CloudFormation makes them side by side.
    for (const rule of rules) {
      rule.addResourceDependency(recorder);
      rule.addResourceDependency(channel);
    }
  }

  private tagged({ enclave, site }: SiteContext): CfnConfigRule {
    return new CfnConfigRule(this, 'Declared', {
      configRuleName: `${enclave.name}-${site.id}-stores-are-declared`,
      description: 'Every store carries the class and site that its template gave it',
      scope: { complianceResourceTypes: DECLARED_KINDS },
      source: { owner: 'AWS', sourceIdentifier: 'REQUIRED_TAGS' },
      inputParameters: {
        tag1Key: 'data-class',
        tag1Value: 'restricted,interoperable,public,aggregate,audit',
        tag2Key: 'site',
        tag2Value: site.id,
      },
    });
  }

  private noOtherKind({ enclave, site }: SiteContext): CfnConfigRule {
    return new CfnConfigRule(this, 'NoOtherKind', {
      configRuleName: `${enclave.name}-${site.id}-no-other-kind-of-store`,
      description: 'No store stands of a kind that no template declares',
      scope: { complianceResourceTypes: UNDECLARED_KINDS },
      source: {
        owner: 'CUSTOM_POLICY',
        sourceDetails: [{ eventSource: 'aws.config', messageType: 'ConfigurationItemChangeNotification' }],
        customPolicyDetails: {
          policyRuntime: 'guard-2.x.x',
          enableDebugLogDelivery: false,
          policyText: "rule no_other_kind { resourceType == 'declared by a template' }",
        },
      },
    });
  }
}
