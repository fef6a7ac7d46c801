import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { InstanceType, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  CaCertificate,
  Credentials,
  DatabaseInstance,
  DatabaseInstanceEngine,
  ParameterGroup,
  PostgresEngineVersion,
  StorageType,
  SubnetGroup,
} from 'aws-cdk-lib/aws-rds';
import type { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import type { DatabaseConfig } from '../../../config/schema';
import { acknowledge } from '../acknowledge';
import { EnclaveLogGroup } from '../logs/enclave-log-group';
import { databaseIdentifier } from '../names';
import type { SiteContext } from '../site-context';
import { tagWithClass } from '../tags';

const ENGINE = DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_17_5 });

/** Extensions a database may load. Those that reach out of it (aws_s3, aws_lambda, dblink, postgres_fdw) are not among them. */
export const ALLOWED_EXTENSIONS =
  'btree_gin,btree_gist,citext,hstore,pg_stat_statements,pg_trgm,pgcrypto,plpgsql,uuid-ossp';

export interface EnclaveDatabaseProps {
  readonly at: SiteContext;
  readonly store: DatabaseConfig;
  readonly vpc: IVpc;
  readonly key: IKey;
  readonly insightsKey: IKey;
  readonly secretKey: IKey;
  readonly logKey: IKey;
  /** Where the automated backups are copied to: the partner's Region and this site's own key there. */
  readonly backups?: { readonly region: string; readonly key: IKey };
}

/**
 * PostgreSQL in isolated subnets: own keys for storage, insights, secret and logs, TLS forced, IAM authentication,
 * backups in the site's country and, when the site has a partner, a copy of them in the partner's Region.
 *
 * RDS itself keeps and rotates the master secret in the Region, so no rotation function with a network path is needed.
 */
export class EnclaveDatabase extends Construct {
  /** Members may open connections to the database. */
  readonly clients: SecurityGroup;
  /** Host name of the instance. */
  readonly address: string;

  constructor(
    scope: Construct,
    id: string,
    { at, store, vpc, key, insightsKey, secretKey, logKey, backups }: EnclaveDatabaseProps,
  ) {
    super(scope, id);
    const identifier = databaseIdentifier(at, store.name);
    this.clients = new SecurityGroup(this, 'Clients', {
      vpc,
      description: `May connect to ${identifier}`,
      allowAllOutbound: false,
    });
    const group = new SecurityGroup(this, 'Group', {
      vpc,
      description: `PostgreSQL of ${identifier}, from its clients only`,
      allowAllOutbound: false,
    });
    group.addIngressRule(this.clients, Port.tcp(5432), 'PostgreSQL from the clients group');
    // By range, not by group: a rule naming a group stands beside the group, which would then declare no egress of its own
    // and be given EC2's allow-all rule.
    this.clients.addEgressRule(Peer.ipv4(at.site.cidr), Port.tcp(5432), 'PostgreSQL inside the VPC');
    // Declared before RDS would make it itself: with the own key and the site's retention.
    const log = new EnclaveLogGroup(this, 'Log', at, logKey, `/aws/rds/instance/${identifier}/postgresql`);
    const instance = new DatabaseInstance(this, 'Instance', {
      instanceIdentifier: identifier,
      databaseName: store.name,
      engine: ENGINE,
      instanceType: new InstanceType(store.instanceType),
      vpc,
      subnetGroup: new SubnetGroup(this, 'Subnets', {
        vpc,
        description: `Isolated subnets of ${at.site.id}`,
        vpcSubnets: { subnets: vpc.isolatedSubnets },
        removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      }),
      securityGroups: [group],
      publiclyAccessible: false,
      multiAz: true,
      port: 5432,
      allocatedStorage: store.storageGiB,
      storageType: StorageType.GP3,
      storageEncrypted: true,
      storageEncryptionKey: key,
      credentials: Credentials.fromUsername('enclave', { encryptionKey: secretKey }),
      manageMasterUserPassword: true,
      iamAuthentication: true,
      caCertificate: CaCertificate.RDS_CA_RSA2048_G1,
      parameterGroup: new ParameterGroup(this, 'Parameters', {
        engine: ENGINE,
        description: `TLS and extensions of ${identifier}`,
        parameters: {
          'rds.force_ssl': '1',
          'rds.allowed_extensions': ALLOWED_EXTENSIONS,
          log_connections: '1',
          log_disconnections: '1',
          log_statement: 'ddl',
        },
        removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      }),
      backupRetention: Duration.days(at.enclave.retention.databaseBackupDays),
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: false,
      deletionProtection: true,
      autoMinorVersionUpgrade: true,
      enablePerformanceInsights: true,
      performanceInsightEncryptionKey: insightsKey,
      cloudwatchLogsExports: ['postgresql'],
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    acknowledge(
      instance,
      'AwsSolutions-RDS11',
      'Only members of the clients security group reach the port, from inside a VPC without routes; another number would hide nothing.',
    );
    this.address = instance.dbInstanceEndpointAddress;
    const resource = instance.node.defaultChild as CfnDBInstance;
    resource.node.addDependency(log);
    if (backups) {
      resource.automaticBackupReplicationRegion = backups.region;
      resource.automaticBackupReplicationKmsKeyId = backups.key.keyArn;
      resource.automaticBackupReplicationRetentionPeriod = at.enclave.retention.databaseBackupDays;
    }
    tagWithClass(this, store.class);
    tagWithClass(log, 'audit');
  }
}
