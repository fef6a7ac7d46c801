import { RemovalPolicy } from 'aws-cdk-lib/core';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnDBInstance, CfnDBSubnetGroup } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import type { DatabaseConfig } from '../../../config/schema';
import { acknowledge } from '../acknowledge';
import type { SiteContext } from '../site-context';
import { tagWithClass } from '../tags';

export interface RestoredDatabaseProps {
  readonly at: SiteContext;
  /** Id of the source. */
  readonly source: string;
  /** Name of the snapshot in the site's own account and Region. */
  readonly snapshot: string;
  readonly store: DatabaseConfig;
  readonly vpc: IVpc;
  readonly key: IKey;
}

/**
 * An instance restored from a snapshot, to count its rows and load them from: encrypted again under the site's key, reached
 * by nobody (its security group admits none until a reviewed change says whom), kept when its stack goes.
 *
 * RDS restores within one Region and account only. The source copies its snapshot to the site's Region and shares it; the
 * deployment copies it under the site's key: that copy is what `snapshot` names.
 */
export class RestoredDatabase extends Construct {
  constructor(scope: Construct, id: string, { at, source, snapshot, store, vpc, key }: RestoredDatabaseProps) {
    super(scope, id);
    const identifier = `${at.enclave.name}-${at.site.id}-restored-${source}`;
    const group = new SecurityGroup(this, 'Group', {
      vpc,
      description: `Restored ${source}: nobody connects yet`,
      allowAllOutbound: false,
    });
    const subnets = new CfnDBSubnetGroup(this, 'Subnets', {
      dbSubnetGroupDescription: `Isolated subnets of ${at.site.id}`,
      subnetIds: vpc.isolatedSubnets.map(({ subnetId }) => subnetId),
    });
    const instance = new CfnDBInstance(this, 'Instance', {
      dbInstanceIdentifier: identifier,
      dbSnapshotIdentifier: `arn:${at.region.partition}:rds:${at.region.name}:${at.site.account}:snapshot:${snapshot}`,
      dbInstanceClass: `db.${store.instanceType}`,
      engine: 'postgres',
      kmsKeyId: key.keyArn,
      storageEncrypted: true,
      dbSubnetGroupName: subnets.ref,
      vpcSecurityGroups: [group.securityGroupId],
      publiclyAccessible: false,
      multiAz: true,
      enableIamDatabaseAuthentication: true,
      autoMinorVersionUpgrade: true,
      backupRetentionPeriod: at.enclave.retention.databaseBackupDays,
      copyTagsToSnapshot: true,
      deletionProtection: true,
      deleteAutomatedBackups: false,
    });
    instance.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    subnets.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    acknowledge(instance, 'AwsSolutions-RDS11', 'No security group admits anybody; another port would hide nothing.');
    tagWithClass(this, store.class);
  }
}
