import { Stack } from 'aws-cdk-lib/core';
import {
  CfnEndpoint,
  CfnReplicationInstance,
  CfnReplicationSubnetGroup,
  CfnReplicationTask,
} from 'aws-cdk-lib/aws-dms';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { DatabaseSource } from '../../../config/migration-schema';
import type { DatabaseConfig } from '../../../config/schema';
import { serviceHost } from '../../geo';
import { acknowledge } from '../acknowledge';
import type { SiteContext } from '../site-context';
import type { EnclaveDatabase } from '../stores/enclave-database';
import { tagWithClass } from '../tags';
import type { LandingBucket } from './landing-bucket';

type LandedRows = Extract<DatabaseSource['via'], { kind: 'dms' }>;

export interface DatabaseLoadProps {
  readonly at: SiteContext;
  /** Id of the source. */
  readonly source: string;
  readonly rows: LandedRows;
  readonly store: DatabaseConfig;
  readonly database: EnclaveDatabase;
  readonly files: LandingBucket;
  readonly filesKey: IKey;
  readonly key: IKey;
  readonly secretKey: IKey;
  readonly vpc: IVpc;
}

const roleNameOf = (at: SiteContext, source: string): string => `${at.enclave.name}-${at.site.id}-load-${source}`;

/** How the files are read: DMS's table definition, columns in the order of the files. */
function tableDefinition({ table, columns }: LandedRows): string {
  const [owner, name] = table.split('.');
  return JSON.stringify({
    TableCount: '1',
    Tables: [
      {
        TableName: name,
        TablePath: `${owner}/${name}/`,
        TableOwner: owner,
        TableColumns: columns.map((column) => ({
          ColumnName: column.name,
          ColumnType: column.type,
          ColumnNullable: 'true',
          ...(column.length ? { ColumnLength: String(column.length) } : {}),
        })),
        TableColumnsTotal: String(columns.length),
      },
    ],
  });
}

/**
 * Rows that landed as files, loaded once into the site's database by DMS in the isolated VPC. The only endpoint that is
 * written is the site's own; the source endpoint is the landing bucket, so that no network path to the source exists.
 *
 * The password of the loading user is made here; somebody with the database's own credentials creates the user with it.
 */
export class DatabaseLoad extends Construct {
  /** ARN of the role that reads the files of this source, by agreed name. */
  static readerArn(at: SiteContext, source: string): string {
    return `arn:${at.region.partition}:iam::${at.site.account}:role/${at.enclave.name}/app/${roleNameOf(at, source)}`;
  }

  constructor(scope: Construct, id: string, props: DatabaseLoadProps) {
    super(scope, id);
    const { at, source, rows, store, database, vpc, key, secretKey } = props;
    const name = `${at.enclave.name}-${at.site.id}-load-${source}`;
    const secret = new Secret(this, 'User', {
      secretName: name,
      description: `User that loads ${source} into ${store.name}`,
      encryptionKey: secretKey,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: 'load', host: database.address, port: 5432 }),
        generateStringKey: 'password',
        excludePunctuation: true,
      },
    });
    acknowledge(
      secret,
      'AwsSolutions-SMG4',
      'The user exists for one load and is dropped after it; nothing outlives it that a rotation would protect.',
    );
    const role = this.reader(props, secret);
    const group = new SecurityGroup(this, 'Group', {
      vpc,
      description: `Loads ${source}: PostgreSQL and HTTPS inside the VPC`,
      allowAllOutbound: false,
    });
    group.addEgressRule(Peer.ipv4(at.site.cidr), Port.tcp(443), 'Endpoints of the VPC');
    const subnets = new CfnReplicationSubnetGroup(this, 'Subnets', {
      replicationSubnetGroupDescription: `Isolated subnets of ${at.site.id}`,
      subnetIds: vpc.isolatedSubnets.map(({ subnetId }) => subnetId),
    });
    const instance = new CfnReplicationInstance(this, 'Instance', {
      replicationInstanceIdentifier: name,
      replicationInstanceClass: 'dms.c6i.large',
      allocatedStorage: 50,
      kmsKeyId: key.keyArn,
      multiAz: false,
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      replicationSubnetGroupIdentifier: subnets.ref,
      vpcSecurityGroupIds: [group.securityGroupId, database.clients.securityGroupId],
    });
    const from = new CfnEndpoint(this, 'From', {
      endpointIdentifier: `${name}-from`,
      endpointType: 'source',
      engineName: 's3',
      s3Settings: {
        bucketName: props.files.bucketName,
        serviceAccessRoleArn: role.roleArn,
        externalTableDefinition: tableDefinition(rows),
        csvDelimiter: ',',
        csvRowDelimiter: '\n',
        ignoreHeaderRows: 1,
      },
    });
    const to = new CfnEndpoint(this, 'To', {
      endpointIdentifier: `${name}-to`,
      endpointType: 'target',
      engineName: 'postgres',
      databaseName: store.name,
      kmsKeyId: key.keyArn,
      sslMode: 'require',
      postgreSqlSettings: { secretsManagerSecretId: secret.secretArn, secretsManagerAccessRoleArn: role.roleArn },
    });
    const [owner, table] = rows.table.split('.');
    new CfnReplicationTask(this, 'Task', {
      replicationTaskIdentifier: name,
      migrationType: 'full-load',
      replicationInstanceArn: instance.ref,
      sourceEndpointArn: from.ref,
      targetEndpointArn: to.ref,
      tableMappings: JSON.stringify({
        rules: [
          {
            'rule-type': 'selection',
            'rule-id': '1',
            'rule-name': 'rows',
            'object-locator': { 'schema-name': owner, 'table-name': table },
            'rule-action': 'include',
          },
        ],
      }),
      // Rows are counted on both sides by DMS itself; errors are kept in its own tables of the target.
      replicationTaskSettings: JSON.stringify({ ValidationSettings: { EnableValidation: false } }),
    });
    tagWithClass(this, store.class);
  }

  /** The role by which DMS reads the files and the user's password, and nothing else. */
  private reader({ at, source, files, filesKey, secretKey }: DatabaseLoadProps, secret: Secret): Role {
    const { region } = Stack.of(this);
    const through = (service: string) => ({ StringEquals: { 'kms:ViaService': serviceHost(service, region) } });
    const role = new Role(this, 'Reader', {
      roleName: roleNameOf(at, source),
      path: `/${at.enclave.name}/app/`,
      description: `Reads the files of ${source} for one load`,
      assumedBy: new ServicePrincipal(`dms.${region}.amazonaws.com`, {
        conditions: { StringEquals: { 'aws:SourceAccount': at.site.account } },
      }),
      inlinePolicies: {
        read: new PolicyDocument({
          statements: [
            new PolicyStatement({ sid: 'ListFiles', actions: ['s3:ListBucket'], resources: [files.bucketArn] }),
            new PolicyStatement({ sid: 'ReadFiles', actions: ['s3:GetObject'], resources: [files.arnForObjects('*')] }),
            new PolicyStatement({
              sid: 'ReadTheUser',
              actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
              resources: [secret.secretArn],
            }),
            new PolicyStatement({
              sid: 'OpenFiles',
              actions: ['kms:Decrypt'],
              resources: [filesKey.keyArn],
              conditions: through('s3'),
            }),
            new PolicyStatement({
              sid: 'OpenTheUser',
              actions: ['kms:Decrypt'],
              resources: [secretKey.keyArn],
              conditions: through('secretsmanager'),
            }),
          ],
        }),
      },
    });
    acknowledge(
      role,
      `AwsSolutions-IAM5[Resource::<${Stack.of(this).getLogicalId(files.node.defaultChild as never)}.Arn>/*]`,
      'Every file that landed is loaded.',
    );
    return role;
  }
}
