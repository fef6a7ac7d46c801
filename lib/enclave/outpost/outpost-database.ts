import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnDBInstance, CfnDBParameterGroup, CfnDBSubnetGroup } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import type { OutpostPlacement } from '../../../config/placement-schema';
import type { DatabaseConfig } from '../../../config/schema';
import { acknowledge } from '../acknowledge';
import { databaseIdentifier } from '../names';
import type { SiteContext } from '../site-context';
import { ALLOWED_EXTENSIONS } from '../stores/enclave-database';
import { tagWithClass } from '../tags';

export interface OutpostDatabaseProps {
  readonly at: SiteContext;
  readonly placement: OutpostPlacement;
  readonly store: DatabaseConfig;
  readonly vpc: IVpc;
  readonly key: IKey;
  readonly secretKey: IKey;
}

/**
 * PostgreSQL on the Outpost with its backups on the Outpost: without `BackupTarget` RDS keeps them in the parent Region.
 * Local backups exclude Multi-AZ and replicas, so one instance in one rack is all there is. Its log is not exported,
 * because CloudWatch Logs stands in the parent Region.
 */
export class OutpostDatabase extends Construct {
  constructor(scope: Construct, id: string, props: OutpostDatabaseProps) {
    super(scope, id);
    const { at, placement, store, vpc, key, secretKey } = props;
    const identifier = databaseIdentifier(at, store.name);
    const clients = new SecurityGroup(this, 'Clients', {
      vpc,
      description: `May connect to ${identifier}`,
      allowAllOutbound: false,
    });
    clients.addEgressRule(Peer.ipv4(at.site.cidr), Port.tcp(5432), 'PostgreSQL inside the VPC');
    const group = new SecurityGroup(this, 'Group', {
      vpc,
      description: `PostgreSQL of ${identifier}, from its clients only`,
      allowAllOutbound: false,
    });
    group.addIngressRule(clients, Port.tcp(5432), 'PostgreSQL from the clients group');
    const subnets = new CfnDBSubnetGroup(this, 'Subnets', {
      dbSubnetGroupDescription: `Subnet on the Outpost of ${at.site.id}`,
      subnetIds: vpc.isolatedSubnets.map(({ subnetId }) => subnetId),
    });
    const parameters = new CfnDBParameterGroup(this, 'Parameters', {
      family: 'postgres17',
      description: `TLS and extensions of ${identifier}`,
      parameters: { 'rds.force_ssl': '1', 'rds.allowed_extensions': ALLOWED_EXTENSIONS },
    });
    const instance = new CfnDBInstance(this, 'Instance', {
      dbInstanceIdentifier: identifier,
      dbName: store.name,
      engine: 'postgres',
      engineVersion: '17.5',
      dbInstanceClass: `db.${placement.databaseInstanceType}`,
      allocatedStorage: String(store.storageGiB),
      storageType: 'gp2',
      storageEncrypted: true,
      kmsKeyId: key.keyArn,
      backupTarget: 'outposts',
      backupRetentionPeriod: at.enclave.retention.databaseBackupDays,
      multiAz: false,
      publiclyAccessible: false,
      dbSubnetGroupName: subnets.ref,
      vpcSecurityGroups: [group.securityGroupId],
      dbParameterGroupName: parameters.ref,
      masterUsername: 'enclave',
      manageMasterUserPassword: true,
      masterUserSecret: { kmsKeyId: secretKey.keyArn },
      enableIamDatabaseAuthentication: true,
      caCertificateIdentifier: 'rds-ca-rsa2048-g1',
      autoMinorVersionUpgrade: true,
      copyTagsToSnapshot: true,
      deletionProtection: true,
      deleteAutomatedBackups: false,
    });
    for (const kept of [instance, subnets, parameters])
      kept.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    acknowledge(
      instance,
      'AwsSolutions-RDS3',
      'RDS offers no Multi-AZ with backups on the Outpost; backups that leave the country would be worse.',
    );
    acknowledge(
      instance,
      'AwsSolutions-RDS11',
      'Only members of the clients security group reach the port; another number would hide nothing.',
    );
    tagWithClass(this, store.class);
  }
}
