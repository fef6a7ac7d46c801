/** The channels as the CDK's own constructs write them, where there is one that can. */
import type { Stack } from 'aws-cdk-lib/core';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Twin } from '../places';
import { arnOf, bucketName } from './ways';

type Construct = (stack: Stack, twin: Twin) => void;

const copies = (stack: Stack, twin: Twin): s3.IBucket => s3.Bucket.fromBucketName(stack, 'Copies', bucketName(twin));
const vpcOf = (stack: Stack): ec2.IVpc =>
  ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: [`${stack.region}a`, `${stack.region}b`],
    isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    isolatedSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
  });

/** By slug of the channel. */
export const CONSTRUCTS: Readonly<Record<string, Construct>> = {
  'bucket-replication': (stack, twin) => {
    new s3.Bucket(stack, 'Leak', { versioned: true, replicationRules: [{ destination: copies(stack, twin) }] });
  },
  'secret-replica': (stack, twin) => {
    new secretsmanager.Secret(stack, 'Leak', { replicaRegions: [{ region: twin.region }] });
  },
  'table-replica': (stack, twin) => {
    new dynamodb.TableV2(stack, 'Leak', {
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      replicas: [{ region: twin.region }],
    });
  },
  'key-multi-region': (stack, twin) => {
    new kms.Key(stack, 'Leak', { multiRegion: twin.leaves });
  },
  'file-system-replication': (stack, twin) => {
    const vpc = new ec2.Vpc(stack, 'Vpc', {
      natGateways: 0,
      restrictDefaultSecurityGroup: false,
      availabilityZones: [`${stack.region}a`],
      subnetConfiguration: [{ name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });
    new efs.FileSystem(stack, 'Leak', {
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      allowAnonymousAccess: false,
      securityGroup: new ec2.SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false }),
      replicationConfiguration: efs.ReplicationConfiguration.regionalFileSystem(twin.region),
    });
  },
  'backup-copy': (stack, twin) => {
    const vault = new backup.BackupVault(stack, 'Vault');
    const far = backup.BackupVault.fromBackupVaultArn(stack, 'Far', arnOf('backup', twin.region, 'backup-vault:copy'));
    new backup.BackupPlan(stack, 'Leak', { backupVault: vault }).addRule(
      new backup.BackupPlanRule({ copyActions: [{ destinationBackupVault: far }] }),
    );
  },
  'subscription-abroad': (stack, twin) => {
    const queue = sqs.Queue.fromQueueArn(stack, 'Queue', arnOf('sqs', twin.region, 'queue'));
    new sns.Topic(stack, 'Topic').addSubscription(new subscriptions.SqsSubscription(queue));
  },
  'log-destination-abroad': (stack, twin) => {
    const arn = arnOf('logs', twin.region, 'destination:sink');
    new logs.SubscriptionFilter(stack, 'Leak', {
      logGroup: new logs.LogGroup(stack, 'Group'),
      filterPattern: logs.FilterPattern.allEvents(),
      destination: { bind: () => ({ arn }) },
    });
  },
  'event-bus-abroad': (stack, twin) => {
    const bus = events.EventBus.fromEventBusArn(stack, 'Bus', arnOf('events', twin.region, 'event-bus/far'));
    new events.Rule(stack, 'Leak', { eventPattern: { source: ['app'] }, targets: [new targets.EventBus(bus)] });
  },
  'delivery-stream-abroad': (stack, twin) => {
    new firehose.DeliveryStream(stack, 'Leak', {
      destination: new firehose.S3Bucket(copies(stack, twin), { loggingConfig: new firehose.DisableLogging() }),
    });
  },
  'trail-bucket-abroad': (stack, twin) => {
    new cloudtrail.Trail(stack, 'Leak', { bucket: copies(stack, twin), isMultiRegionTrail: false });
  },
  'flow-log-abroad': (stack, twin) => {
    new ec2.FlowLog(stack, 'Leak', {
      resourceType: ec2.FlowLogResourceType.fromVpc(vpcOf(stack)),
      destination: ec2.FlowLogDestination.toS3(copies(stack, twin)),
    });
  },
  'bucket-policy-everyone': (stack, twin) => {
    const bucket = new s3.Bucket(stack, 'Store', {
      blockPublicAccess: twin.leaves ? s3.BlockPublicAccess.BLOCK_ACLS_ONLY : s3.BlockPublicAccess.BLOCK_ALL,
    });
    if (twin.leaves) bucket.grantPublicAccess();
    else bucket.grantRead(new iam.AccountRootPrincipal());
  },
  'queue-policy-everyone': (stack, twin) => {
    new sqs.Queue(stack, 'Store').grantConsumeMessages(
      twin.leaves ? new iam.AnyPrincipal() : new iam.AccountRootPrincipal(),
    );
  },
  'topic-policy-everyone': (stack, twin) => {
    new sns.Topic(stack, 'Store').addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [twin.leaves ? new iam.AnyPrincipal() : new iam.AccountRootPrincipal()],
        actions: ['sns:Subscribe'],
        resources: ['*'],
      }),
    );
  },
};
