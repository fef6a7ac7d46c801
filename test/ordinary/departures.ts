/**
 * One change to an ordinary application that lets data out. They hold the line from the other side: a judge that is quiet
 * about ordinary applications must still speak when a single thing in one of them changes.
 */
import { AuthorizationType, AwsIntegration } from 'aws-cdk-lib/aws-apigateway';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnBackupPlan } from 'aws-cdk-lib/aws-backup';
import { CfnLifecyclePolicy } from 'aws-cdk-lib/aws-dlm';
import { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import {
  CfnSecurityGroupIngress,
  CfnTransitGateway,
  CfnTransitGatewayPeeringAttachment,
  Peer,
  Port,
} from 'aws-cdk-lib/aws-ec2';
import { CfnReplicationConfiguration } from 'aws-cdk-lib/aws-ecr';
import { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { CfnFileSystem } from 'aws-cdk-lib/aws-efs';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import {
  AccountPrincipal,
  AnyPrincipal,
  ManagedPolicy,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { CfnTopicRule } from 'aws-cdk-lib/aws-iot';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { CfnSubscriptionFilter } from 'aws-cdk-lib/aws-logs';
import type { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import type { DatabaseInstance } from 'aws-cdk-lib/aws-rds';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnSubscription } from 'aws-cdk-lib/aws-sns';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Tags } from 'aws-cdk-lib/core';
import type { App, Stack } from 'aws-cdk-lib/core';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import type { IConstruct } from 'constructs';

export interface Departure {
  /** Name of the ordinary application. */
  readonly from: string;
  readonly what: string;
  /** What the reasons of the new finding speak of. */
  readonly because: RegExp;
  change(app: App): void;
}

/** The construct at a path of ids below the App. */
function at<T extends IConstruct = IConstruct>(app: App, ...ids: readonly string[]): T {
  return ids.reduce<IConstruct>((scope, id) => scope.node.findChild(id), app) as T;
}

/** The one L1 construct of a class in an application. */
function only<T extends IConstruct>(app: App, kind: abstract new (...args: never[]) => T): T {
  const found = app.node.findAll().filter((one): one is T => one instanceof kind);
  if (found.length !== 1) throw new Error(`${found.length} constructs of ${kind.name}, not one.`);
  return found[0]!;
}

export const DEPARTURES: readonly Departure[] = [
  {
    from: 'ec2-autoscaling-rds',
    what: 'the database gets a public address',
    because: /public/i,
    change: (app) => {
      (at(app, 'Wordpress', 'Database').node.defaultChild as CfnDBInstance).publiclyAccessible = true;
    },
  },
  {
    from: 'ec2-autoscaling-rds',
    what: 'everyone may connect to the database port',
    because: /0\.0\.0\.0\/0/,
    change: (app) =>
      at<DatabaseInstance>(app, 'Wordpress', 'Database').connections.allowFrom(Peer.anyIpv4(), Port.tcp(3306)),
  },
  {
    from: 'web-and-data-stacks',
    what: 'a rule of its own opens every port of the database group to everyone',
    because: /0\.0\.0\.0\/0/,
    change: (app) => {
      const [group] = at<Bucket & { connections: DatabaseInstance['connections'] }>(app, 'Data', 'Aurora').connections
        .securityGroups;
      new CfnSecurityGroupIngress(at<Stack>(app, 'Data'), 'Open', {
        groupId: group!.securityGroupId,
        ipProtocol: '-1',
        cidrIp: '0.0.0.0/0',
      });
    },
  },
  {
    from: 'thumbnails',
    what: 'everyone may read the photos',
    because: /everyone/,
    change: (app) => {
      const photos = at<Bucket>(app, 'Thumbnails', 'Photos');
      (photos.node.defaultChild as CfnBucket).publicAccessBlockConfiguration = { blockPublicPolicy: false };
      photos.addToResourcePolicy(
        new PolicyStatement({
          principals: [new AnyPrincipal()],
          actions: ['s3:GetObject'],
          resources: [photos.arnForObjects('*')],
        }),
      );
    },
  },
  {
    from: 'thumbnails',
    what: 'a custom resource calls an API of us-east-1',
    because: /us-east-1/,
    change: (app) => {
      const stack = at<Stack>(app, 'Thumbnails');
      new AwsCustomResource(stack, 'CopyAbroad', {
        installLatestAwsSdk: false,
        onCreate: {
          service: 'S3',
          action: 'copyObject',
          region: 'us-east-1',
          parameters: { Bucket: 'copies', Key: 'all', CopySource: at<Bucket>(app, 'Thumbnails', 'Photos').bucketName },
          physicalResourceId: PhysicalResourceId.of('copy'),
        },
        policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
      });
    },
  },
  {
    from: 's3-replication-eea',
    what: 'a second rule replicates to a bucket nobody here creates',
    because: /archive-abroad/,
    change: (app) =>
      (at(app, 'ArchiveWest', 'Source').node.defaultChild as CfnBucket).addPropertyOverride(
        'ReplicationConfiguration.Rules.1',
        {
          Status: 'Enabled',
          Priority: 2,
          Filter: { Prefix: 'x' },
          Destination: { Bucket: 'arn:aws:s3:::archive-abroad' },
        },
      ),
  },
  {
    from: 'backup-copy-eea',
    what: 'the copies go to us-east-1',
    because: /us-east-1/,
    change: (app) =>
      only(app, CfnBackupPlan).addPropertyOverride(
        'BackupPlan.BackupPlanRule.0.CopyActions.0.DestinationBackupVaultArn',
        'arn:aws:backup:us-east-1:111122223333:backup-vault:copies',
      ),
  },
  {
    from: 'dynamodb-global-eea',
    what: 'a replica in us-east-1',
    because: /us-east-1/,
    change: (app) => only(app, CfnGlobalTable).addPropertyOverride('Replicas.3', { Region: 'us-east-1' }),
  },
  {
    from: 'static-site',
    what: 'the bucket behind the distribution is no longer marked public',
    because: /CloudFront|cloudfront|distribution/,
    change: (app) => Tags.of(at(app, 'Site', 'Pages')).remove('data-class'),
  },
  {
    from: 'sns-fan-out',
    what: 'an HTTPS endpoint of a third party is subscribed',
    because: /collector\.vendor\.example/,
    change: (app) =>
      void new CfnSubscription(at<Stack>(app, 'FanOut'), 'Vendor', {
        topicArn: at<Topic>(app, 'FanOut', 'Registered').topicArn,
        protocol: 'https',
        endpoint: 'https://collector.vendor.example/events',
      }),
  },
  {
    from: 'clickstream-firehose',
    what: 'the stream is also delivered to the endpoint of a vendor',
    because: /aws-api\.vendor\.example/,
    change: (app) => {
      const stream = only(app, CfnDeliveryStream);
      stream.addPropertyDeletionOverride('ExtendedS3DestinationConfiguration');
      stream.addPropertyOverride('HttpEndpointDestinationConfiguration', {
        EndpointConfiguration: { Url: 'https://aws-api.vendor.example/firehose', Name: 'vendor' },
        S3Configuration: {
          BucketARN: at<Bucket>(app, 'Clicks', 'Archive').bucketArn,
          RoleARN: 'arn:aws:iam::111122223333:role/delivery',
        },
      });
    },
  },
  {
    from: 'observability',
    what: 'a log group is subscribed to a destination in us-east-1 of another company',
    because: /us-east-1/,
    change: (app) => {
      const [first] = app.node.findAll().filter((one) => one instanceof CfnSubscriptionFilter);
      first!.destinationArn = 'arn:aws:logs:us-east-1:999988887777:destination:vendor';
    },
  },
  {
    from: 'http-api-dynamodb',
    what: 'the function may set up replication on any bucket',
    because: /s3:PutReplicationConfiguration/,
    change: (app) =>
      at<Function>(app, 'Todo', 'Read').addToRolePolicy(
        new PolicyStatement({ actions: ['s3:PutReplicationConfiguration'], resources: ['*'] }),
      ),
  },
  {
    from: 'http-api-dynamodb',
    what: 'the function may create replicas of any table anywhere',
    because: /dynamodb:/,
    change: (app) =>
      at<Function>(app, 'Todo', 'Read').addToRolePolicy(
        new PolicyStatement({ actions: ['dynamodb:*'], resources: ['*'] }),
      ),
  },
  {
    from: 'order-events',
    what: 'a rule sends orders to a bus in us-east-1',
    because: /us-east-1/,
    change: (app) => {
      const [first] = app.node.findAll().filter((one) => one instanceof CfnRule);
      first!.addPropertyOverride('Targets.0', {
        Id: 'Target0',
        Arn: 'arn:aws:events:us-east-1:111122223333:event-bus/orders',
      });
    },
  },
  {
    from: 'cross-account-sharing',
    what: 'an account outside the application may read the feed',
    because: /999988887777/,
    change: (app) => void at<Bucket>(app, 'Producer', 'Feed').grantRead(new AccountPrincipal('999988887777')),
  },
  {
    from: 'document-summaries',
    what: 'the model may be called through a profile that routes everywhere',
    because: /global\.|profile|bedrock:InvokeModel/,
    change: (app) =>
      at<Function>(app, 'Summaries', 'Summarise').addToRolePolicy(
        new PolicyStatement({
          actions: ['bedrock:InvokeModel'],
          resources: [
            'arn:aws:bedrock:eu-central-1:111122223333:inference-profile/global.anthropic.claude-sonnet-4-20250514-v1:0',
          ],
        }),
      ),
  },
  {
    from: 'secret-rotation',
    what: 'the secret is replicated to us-east-1',
    because: /us-east-1/,
    change: (app) => {
      only(app, CfnSecret).replicaRegions = [{ region: 'us-east-1' }];
    },
  },
  {
    from: 'container-pipeline',
    what: 'the images are replicated to us-east-1',
    because: /us-east-1/,
    change: (app) =>
      void new CfnReplicationConfiguration(at<Stack>(app, 'Delivery'), 'Abroad', {
        replicationConfiguration: {
          rules: [{ destinations: [{ region: 'us-east-1', registryId: '111122223333' }] }],
        },
      }),
  },
  {
    from: 'rest-api-cognito',
    what: 'everyone may scan the table through the API',
    because: /NONE|everyone/,
    change: (app) => {
      const stack = at<Stack>(app, 'Orders');
      const credentialsRole = new Role(stack, 'ScanRole', {
        assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      });
      const orders = at<Table>(app, 'Orders', 'Orders');
      orders.grantReadData(credentialsRole);
      at<RestApi>(app, 'Orders', 'Api')
        .root.addResource('all')
        .addMethod(
          'GET',
          new AwsIntegration({
            service: 'dynamodb',
            action: 'Scan',
            options: {
              credentialsRole,
              requestTemplates: { 'application/json': `{"TableName":"${orders.tableName}"}` },
            },
          }),
          { authorizationType: AuthorizationType.NONE },
        );
    },
  },
  {
    from: 'transit-network',
    what: 'the hub is peered with a gateway in us-east-1',
    because: /us-east-1/,
    change: (app) =>
      void new CfnTransitGatewayPeeringAttachment(at<Stack>(app, 'Hub'), 'Abroad', {
        transitGatewayId: only(app, CfnTransitGateway).ref,
        peerTransitGatewayId: 'tgw-0123456789abcdef0',
        peerAccountId: '111122223333',
        peerRegion: 'us-east-1',
      }),
  },
  {
    from: 'efs-shared-files',
    what: 'everyone may mount the file system, from anywhere',
    because: /everyone/,
    change: (app) =>
      only(app, CfnFileSystem).addPropertyOverride('FileSystemPolicy', {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: ['elasticfilesystem:*'], Resource: '*' }],
      }),
  },
  {
    from: 'order-saga',
    what: 'the function may call a function in us-east-1',
    because: /us-east-1/,
    change: (app) =>
      at<Function>(app, 'Saga', 'ChargeFunction').addToRolePolicy(
        new PolicyStatement({
          actions: ['lambda:InvokeFunction'],
          resources: ['arn:aws:lambda:us-east-1:111122223333:function:export'],
        }),
      ),
  },
  {
    from: 'thumbnails',
    what: 'the function is an administrator',
    because: /AdministratorAccess/,
    change: (app) =>
      at<Function>(app, 'Thumbnails', 'Resize').role!.addManagedPolicy(
        ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess'),
      ),
  },
  {
    from: 'dynamodb-streams',
    what: 'the function is told to send to a queue in us-east-1',
    because: /us-east-1/,
    change: (app) =>
      void at<Function>(app, 'Projection', 'Project').addEnvironment(
        'EXPORT_QUEUE',
        'https://sqs.us-east-1.amazonaws.com/111122223333/export',
      ),
  },
  {
    from: 'session-cache',
    what: 'the containers log to us-east-1',
    because: /us-east-1/,
    change: (app) =>
      only(app, CfnTaskDefinition).addPropertyOverride(
        'ContainerDefinitions.0.LogConfiguration.Options.awslogs-region',
        'us-east-1',
      ),
  },
  {
    from: 'operations',
    what: 'the snapshots are copied to us-east-1',
    because: /us-east-1/,
    change: (app) =>
      only(app, CfnLifecyclePolicy).addPropertyOverride('PolicyDetails.Schedules.0.CrossRegionCopyRules', [
        { Target: 'us-east-1', Encrypted: true, RetainRule: { Interval: 30, IntervalUnit: 'DAYS' } },
      ]),
  },
  {
    from: 'iot-telemetry',
    what: 'the readings also go to the endpoint of a vendor',
    because: /collector\.vendor\.example/,
    change: (app) =>
      only(app, CfnTopicRule).addPropertyOverride('TopicRulePayload.Actions.1', {
        Http: { Url: 'https://collector.vendor.example/readings' },
      }),
  },
  {
    from: 'glue-athena-lake',
    what: 'query results go to a bucket nobody here creates',
    because: /results-abroad/,
    change: (app) =>
      only(app, CfnWorkGroup).addPropertyOverride(
        'WorkGroupConfiguration.ResultConfiguration.OutputLocation',
        's3://results-abroad/athena/',
      ),
  },
];
