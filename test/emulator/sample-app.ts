import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as organizations from 'aws-cdk-lib/aws-organizations';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as resolver from 'aws-cdk-lib/aws-route53resolver';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import {
  App,
  CfnDeletionPolicy,
  CfnOutput,
  Duration,
  RemovalPolicy,
  SecretValue,
  Stack,
  type StackProps,
  Tags,
} from 'aws-cdk-lib/core';

/** Two accounts and two Regions: what the layer has to keep apart. */
export const HOME = { account: '111111111111', region: 'eu-west-1' } as const;
export const NORTH = { account: '111111111111', region: 'eu-north-1' } as const;
export const PARTNER = { account: '222222222222', region: 'eu-north-1' } as const;

/** The organization the sample's policy is attached to: at its root, a unit and an account. */
export const ORGANIZATION = {
  management: HOME.account,
  root: 'r-ab12',
  units: ['ou-ab12-11111111'],
  accounts: [PARTNER.account],
} as const;

/** What a test changes about the sample. */
export interface Variant {
  /** Retention of the log group, in days; a change updates it in place. */
  readonly retention?: number;
  /** Value of a tag of every resource; a change updates all of them in place. */
  readonly edition?: string;
  /** Adds a resource whose creation must fail after the log group was updated. */
  readonly broken?: boolean;
  /** Leaves the stores without termination protection, so that they can be destroyed. */
  readonly unprotected?: boolean;
}

const REPLICA = `sample-replica-${PARTNER.account}`;

/** Synthesise the sample into a folder: every type the emulator knows appears in it or in the bootstrap stack. */
export function synthesiseSample(outdir: string, variant: Variant = {}): void {
  const context = { '@aws-cdk/core:defaultCrossStackReferences': 'weak' };
  const app = new App({ outdir, context, analyticsReporting: false });
  const keys = new Keys(app, 'sample-keys', { env: HOME });
  const replicas = new Replicas(app, 'sample-replicas', { env: PARTNER });
  const network = new Network(app, 'sample-network', { env: HOME, key: keys.key });
  const stores = new Stores(app, 'sample-stores', {
    env: HOME,
    key: keys.key,
    vpc: network.vpc,
    terminationProtection: variant.unprotected !== true,
    tags: { 'data-class': 'restricted' },
  });
  stores.addStackDependency(replicas);
  new Oversight(app, 'sample-oversight', { env: HOME, key: keys.key, ...variant });
  new North(app, 'sample-north', { env: NORTH, key: keys.key });
  new Management(app, 'sample-management', { env: HOME });
  Tags.of(app).add('application', 'sample');
  Tags.of(app).add('edition', variant.edition ?? 'first');
  app.synth();
}

class Keys extends Stack {
  readonly key: kms.Key;
  constructor(app: App, id: string, props: StackProps) {
    super(app, id, props);
    this.key = new kms.Key(this, 'Key', {
      alias: 'sample/data',
      enableKeyRotation: true,
      rotationPeriod: Duration.days(180),
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}

class Replicas extends Stack {
  constructor(app: App, id: string, props: StackProps) {
    super(app, id, props);
    new s3.Bucket(this, 'Replica', { bucketName: REPLICA, versioned: true, removalPolicy: RemovalPolicy.DESTROY });
  }
}

class Network extends Stack {
  readonly vpc: ec2.Vpc;
  constructor(app: App, id: string, props: StackProps & { key: kms.IKey }) {
    super(app, id, props);
    const { account, region } = HOME;
    this.vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr('10.20.0.0/16'),
      availabilityZones: [`${region}a`, `${region}b`],
      natGateways: 0,
      createInternetGateway: false,
      restrictDefaultSecurityGroup: true,
      subnetConfiguration: [{ name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 24 }],
    });
    this.vpc.isolatedSubnets.forEach((subnet, i) => {
      const cfn = subnet.node.defaultChild as ec2.CfnSubnet;
      cfn.addPropertyDeletionOverride('AvailabilityZone');
      cfn.availabilityZoneId = `euw1-az${i + 1}`;
    });
    const own = new iam.PolicyStatement({
      principals: [new iam.AnyPrincipal()],
      actions: ['*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:PrincipalAccount': account } },
    });
    this.vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 }).addToPolicy(own);
    this.vpc.addInterfaceEndpoint('Kms', { service: ec2.InterfaceVpcEndpointAwsService.KMS }).addToPolicy(own);
    const flows = new logs.LogGroup(this, 'Flows', { encryptionKey: props.key, removalPolicy: RemovalPolicy.DESTROY });
    this.vpc.addFlowLog('FlowLog', { destination: ec2.FlowLogDestination.toCloudWatchLogs(flows) });
    const acl = new ec2.NetworkAcl(this, 'Acl', {
      vpc: this.vpc,
      subnetSelection: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    });
    acl.addEntry('Local', {
      cidr: ec2.AclCidr.ipv4('10.20.0.0/16'),
      ruleNumber: 100,
      traffic: ec2.AclTraffic.allTraffic(),
      direction: ec2.TrafficDirection.EGRESS,
    });
    const group = new ec2.SecurityGroup(this, 'Group', { vpc: this.vpc, allowAllOutbound: false });
    new ec2.CfnSecurityGroupIngress(this, 'In', {
      groupId: group.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      sourceSecurityGroupId: group.securityGroupId,
    });
    new ec2.CfnSecurityGroupEgress(this, 'Out', {
      groupId: group.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      cidrIp: '10.20.0.0/16',
    });
    const list = new resolver.CfnFirewallDomainList(this, 'Everything', { name: 'everything', domains: ['*.'] });
    const rules = new resolver.CfnFirewallRuleGroup(this, 'Rules', {
      name: 'walled',
      firewallRules: [{ priority: 100, action: 'BLOCK', blockResponse: 'NXDOMAIN', firewallDomainListId: list.attrId }],
    });
    new resolver.CfnFirewallRuleGroupAssociation(this, 'Walled', {
      firewallRuleGroupId: rules.attrId,
      priority: 101,
      vpcId: this.vpc.vpcId,
    });
    const queries = new resolver.CfnResolverQueryLoggingConfig(this, 'Queries', {
      name: 'queries',
      destinationArn: flows.logGroupArn,
    });
    new resolver.CfnResolverQueryLoggingConfigAssociation(this, 'QueriesOfVpc', {
      resolverQueryLogConfigId: queries.attrId,
      resourceId: this.vpc.vpcId,
    });
    new CfnOutput(this, 'DefaultGroup', { value: this.vpc.vpcDefaultSecurityGroup });
  }
}

class Stores extends Stack {
  constructor(app: App, id: string, props: StackProps & { key: kms.IKey; vpc: ec2.Vpc }) {
    super(app, id, props);
    const { key, vpc } = props;
    const role = new iam.Role(this, 'Replication', { assumedBy: new iam.ServicePrincipal('s3.amazonaws.com') });
    const bucket = new s3.Bucket(this, 'Bucket', {
      encryptionKey: key,
      enforceSSL: true,
      versioned: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    (bucket.node.defaultChild as s3.CfnBucket).replicationConfiguration = {
      role: role.roleArn,
      rules: [
        {
          id: 'to-partner',
          status: 'Enabled',
          priority: 7,
          filter: { prefix: 'shared/' },
          deleteMarkerReplication: { status: 'Enabled' },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
          destination: {
            bucket: `arn:aws:s3:::${REPLICA}`,
            account: PARTNER.account,
            accessControlTranslation: { owner: 'Destination' },
            encryptionConfiguration: {
              replicaKmsKeyId: `arn:aws:kms:${PARTNER.region}:${PARTNER.account}:alias/sample/data`,
            },
          },
        },
      ],
    };
    bucket.grantRead(role);
    new s3.CfnAccessPoint(this, 'Door', {
      bucket: bucket.bucketName,
      name: 'door',
      vpcConfiguration: { vpcId: vpc.vpcId },
    });
    new dynamodb.Table(this, 'Table', {
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 20 },
      timeToLiveAttribute: 'expires',
      resourcePolicy: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            effect: iam.Effect.DENY,
            principals: [new iam.AnyPrincipal()],
            actions: ['dynamodb:ExportTableToPointInTime'],
            resources: ['*'],
          }),
        ],
      }),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const database = new rds.DatabaseInstance(this, 'Database', {
      engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 }),
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      storageEncryptionKey: key,
      credentials: rds.Credentials.fromPassword(
        'sample',
        SecretValue.unsafePlainText('replaced by a managed password'),
      ),
      parameters: { 'rds.force_ssl': '1' },
      cloudwatchLogsExports: ['postgresql'],
      enablePerformanceInsights: true,
      performanceInsightEncryptionKey: key,
      maxAllocatedStorage: 200,
      removalPolicy: RemovalPolicy.SNAPSHOT,
    });
    const cfn = database.node.defaultChild as rds.CfnDBInstance;
    cfn.addPropertyDeletionOverride('MasterUserPassword');
    cfn.manageMasterUserPassword = true;
    cfn.masterUserSecret = { kmsKeyId: key.keyArn };
    cfn.automaticBackupReplicationRegion = NORTH.region;
    cfn.automaticBackupReplicationKmsKeyId = `arn:aws:kms:${NORTH.region}:${NORTH.account}:alias/sample/data`;
    cfn.automaticBackupReplicationRetentionPeriod = 14;
    const secret = new secretsmanager.Secret(this, 'Secret', { encryptionKey: key });
    secret.addToResourcePolicy(
      new iam.PolicyStatement({
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['secretsmanager:ReplicateSecretToRegions'],
        resources: ['*'],
      }),
    );
    new logs.LogGroup(this, 'Kept', { logGroupName: '/sample/kept', removalPolicy: RemovalPolicy.RETAIN });
  }
}

class Oversight extends Stack {
  constructor(app: App, id: string, props: StackProps & Variant & { key: kms.IKey }) {
    super(app, id, props);
    const group = new logs.LogGroup(this, 'Audit', {
      logGroupName: '/sample/audit',
      retention: props.retention ?? 30,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new logs.CfnResourcePolicy(this, 'LogPolicy', {
      policyName: 'sample',
      policyDocument: '{"Version":"2012-10-17","Statement":[]}',
    });
    const filter = new logs.MetricFilter(this, 'Denied', {
      logGroup: group,
      metricNamespace: 'Sample',
      metricName: 'Denied',
      filterPattern: logs.FilterPattern.literal('AccessDenied'),
    });
    const topic = new sns.Topic(this, 'Alerts', { masterKey: props.key, enforceSSL: true });
    const queue = new sqs.Queue(this, 'Inbox', { enforceSSL: true, retentionPeriod: Duration.days(4) });
    new sns.Subscription(this, 'ToInbox', { topic, protocol: sns.SubscriptionProtocol.SQS, endpoint: queue.queueArn });
    new cloudwatch.Alarm(this, 'Alarm', { metric: filter.metric(), threshold: 1, evaluationPeriods: 1 });
    new events.Rule(this, 'Tampering', {
      eventPattern: { source: ['aws.kms'] },
      targets: [new targets.SnsTopic(topic)],
    });
    const archive = new s3.Bucket(this, 'Archive', {
      objectLockEnabled: true,
      objectLockDefaultRetention: s3.ObjectLockRetention.compliance(Duration.days(365)),
      lifecycleRules: [
        {
          noncurrentVersionExpiration: Duration.days(90),
          transitions: [{ storageClass: s3.StorageClass.GLACIER, transitionAfter: Duration.days(30) }],
        },
      ],
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new cloudtrail.Trail(this, 'Trail', { bucket: archive, sendToCloudWatchLogs: true });
    new iam.ManagedPolicy(this, 'Boundary', {
      statements: [new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['*'], resources: ['*'] })],
    });
    if (props.broken === true) {
      const impossible = new s3.CfnBucket(this, 'Impossible', { bucketName: 'No Bucket Is Called This' });
      impossible.node.addDependency(group);
    }
  }
}

class North extends Stack {
  constructor(app: App, id: string, props: StackProps & { key: kms.IKey }) {
    super(app, id, props);
    new ssm.StringParameter(this, 'HomeKey', { parameterName: '/sample/home-key', stringValue: props.key.keyId });
    const made = new kms.Key(this, 'Key', { alias: 'sample/data', removalPolicy: RemovalPolicy.DESTROY });
    (made.node.defaultChild as kms.CfnKey).cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
    new CfnOutput(this, 'HomeKeyId', { value: props.key.keyId });
  }
}

class Management extends Stack {
  constructor(app: App, id: string, props: StackProps) {
    super(app, id, props);
    new organizations.CfnPolicy(this, 'Scp', {
      name: 'stay-in-the-eea',
      type: 'SERVICE_CONTROL_POLICY',
      content: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] },
      targetIds: [ORGANIZATION.root, ...ORGANIZATION.units, ...ORGANIZATION.accounts],
    });
  }
}
