import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { serviceHost } from '../../../geo';
import type { Transfer } from '../../../gateway/transfer';
import { endOfTransfer } from '../../../gateway/transfer';
import { acknowledge } from '../../acknowledge';
import { bucketArn, deliveryRoleName, gatewayRolePath } from '../../names';
import type { SiteContext } from '../../site-context';

export interface DeliveryRoleProps {
  readonly at: SiteContext;
  readonly transfer: Transfer;
  /** Name of the export bucket, and the key that seals it. */
  readonly bucketName: string;
  readonly key: IKey;
}

/** Condition that holds until the last day (UTC) of a transfer has ended, whether anybody deploys or not. */
export const whileRegistered = (transfer: Transfer): Record<string, Record<string, string>> => ({
  DateLessThan: { 'aws:CurrentTime': endOfTransfer(transfer).toISOString() },
});

/**
 * The role S3 assumes to copy one export bucket to one recipient's bucket, under the recipient's key, until the transfer
 * ends. Nobody outside is let in: what has been released is carried to them, and their account grants nothing but this.
 */
export class DeliveryRole extends Role {
  constructor(scope: Construct, id: string, { at, transfer, bucketName, key }: DeliveryRoleProps) {
    const source = bucketArn(at, bucketName);
    const recipient = bucketArn(at, transfer.to.bucket);
    const inTime = whileRegistered(transfer);
    super(scope, id, {
      path: gatewayRolePath(at),
      roleName: deliveryRoleName(transfer.id),
      description: `Carries what transfer ${transfer.id} lets leave to its recipient until ${transfer.expires}`,
      assumedBy: new ServicePrincipal('s3.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': at.site.account },
          ArnEquals: { 'aws:SourceArn': source },
        },
      }),
      inlinePolicies: {
        deliver: new PolicyDocument({
          statements: [
            new PolicyStatement({
              sid: 'ReadConfiguration',
              actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
              resources: [source],
            }),
            new PolicyStatement({
              sid: 'ReadReleased',
              actions: ['s3:GetObjectVersionAcl', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging'],
              resources: [`${source}/*`],
              conditions: inTime,
            }),
            new PolicyStatement({
              sid: 'OpenReleased',
              actions: ['kms:Decrypt'],
              resources: [key.keyArn],
              conditions: { ...inTime, StringEquals: { 'kms:ViaService': serviceHost('s3', at.region.name) } },
            }),
            // No removal: what is taken away here after its time stays with the recipient, who answers for it.
            new PolicyStatement({
              sid: 'WriteAtTheRecipient',
              actions: ['s3:ObjectOwnerOverrideToBucketOwner', 's3:ReplicateObject'],
              resources: [`${recipient}/*`],
              conditions: { ...inTime, StringEquals: { 'aws:ResourceAccount': transfer.to.account } },
            }),
            new PolicyStatement({
              sid: 'SealAtTheRecipient',
              actions: ['kms:Encrypt', 'kms:GenerateDataKey'],
              resources: [transfer.to.key],
              conditions: { ...inTime, StringEquals: { 'kms:ViaService': serviceHost('s3', transfer.to.region) } },
            }),
          ],
        }),
      },
    });
    for (const bucket of [source, recipient])
      acknowledge(
        this,
        `AwsSolutions-IAM5[Resource::${bucket}/*]`,
        'Every object of exactly this bucket: what is in it was released one by one.',
      );
  }
}
