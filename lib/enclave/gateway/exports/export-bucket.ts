import { Duration } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { endOfTransfer, exportBucketName } from '../../../gateway/transfer';
import type { Transfer } from '../../../gateway/transfer';
import { serviceHost } from '../../../geo';
import { OBJECT_ACTIONS } from '../../../policy';
import { PSEUDONYMISER_ROLE, bucketArn, deliveryRoleArn, gatewayRoleArn } from '../../names';
import { refusal } from '../../refusal';
import type { SiteContext } from '../../site-context';
import { copyBucket } from '../../stores/copy-rule';
import { EnclaveBucket } from '../../stores/enclave-bucket';
import { DeliveryRole } from './delivery-role';

/**
 * Days an export stands here. Longer than two months: a run looks at what was written in this month and the last, and what
 * it finds here it does not make again.
 */
const KEPT_DAYS = 90;
const SUPERSEDED_DAYS = 30;

export interface ExportBucketProps {
  readonly at: SiteContext;
  readonly transfer: Transfer;
  readonly key: IKey;
  readonly endpointId: string;
}

/**
 * The bucket of one registered transfer: what the pseudonymiser has released for this recipient, and nothing else. S3
 * carries each object on to the recipient's bucket; that is the one edge of the enclave that leads outside.
 */
export class ExportBucket extends EnclaveBucket {
  /** The agreed name, known before deployment. */
  readonly physicalBucketName: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ExportBucketProps,
  ) {
    const { at, transfer, key, endpointId } = props;
    const bucketName = exportBucketName(at.enclave.name, at.site, transfer);
    const carrying = deliveryRoleArn(at, transfer.id);
    super(scope, id, {
      at,
      bucketName,
      store: { class: transfer.class, supersededDays: SUPERSEDED_DAYS },
      key,
      endpointId,
      replicationRoleArn: carrying,
      touchedBy: [gatewayRoleArn(at, PSEUDONYMISER_ROLE), carrying],
    });
    this.physicalBucketName = bucketName;
    this.addLifecycleRule({ id: 'delivered', expiration: Duration.days(KEPT_DAYS) });
    // Said a second time, where nobody who edits the role gets past it.
    this.addToResourcePolicy(
      refusal(
        'NothingIsReadAfterTheEnd',
        OBJECT_ACTIONS.filter((action) => action.startsWith('s3:Get')),
        {
          ArnEquals: { 'aws:PrincipalArn': carrying },
          DateGreaterThanEquals: { 'aws:CurrentTime': endOfTransfer(transfer).toISOString() },
        },
        [this.arnForObjects('*')],
      ),
    );
    this.deliver(bucketName, carrying);
  }

  /** What the pseudonymiser needs to fill it. */
  fill(): PolicyStatement[] {
    const { key, at, transfer } = this.props;
    const of = transfer.id.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
    return [
      new PolicyStatement({
        sid: `Fill${of}`,
        actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
        resources: [this.arnForObjects('*')],
      }),
      // Without it S3 answers that an absent object is forbidden, and nobody could tell.
      new PolicyStatement({ sid: `LookInto${of}`, actions: ['s3:ListBucket'], resources: [this.bucketArn] }),
      new PolicyStatement({
        sid: `Seal${of}`,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': serviceHost('s3', at.region.name) } },
      }),
    ];
  }

  private deliver(bucketName: string, roleArn: string): void {
    const { at, transfer, key } = this.props;
    const role = new DeliveryRole(this, 'Delivery', { at, transfer, bucketName, key });
    copyBucket(
      this,
      {
        to: transfer.to.account,
        account: transfer.to.account,
        bucket: bucketArn(at, transfer.to.bucket),
        key: transfer.to.key,
        role: roleArn,
        prefix: `${transfer.id}/`,
        withDeletions: false,
      },
      role,
    );
  }
}
