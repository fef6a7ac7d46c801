import type { IKey } from 'aws-cdk-lib/aws-kms';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { exportBucketName } from '../../gateway/transfer';
import type { Transfer } from '../../gateway/transfer';
import { PSEUDONYMISER_ROLE, gatewayRoleArn } from '../names';
import type { SiteContext } from '../site-context';
import { EnclaveBucket } from '../stores/enclave-bucket';

/** Days an export stands for the recipient; it can be made again at any time while the transfer is registered. */
const KEPT_DAYS = 30;

/** The bucket of one registered transfer: what the pseudonymiser has treated for this recipient, and nothing else. */
export class ExportBucket extends EnclaveBucket {
  constructor(
    scope: Construct,
    id: string,
    { at, transfer, key, endpointId }: { at: SiteContext; transfer: Transfer; key: IKey; endpointId: string },
  ) {
    super(scope, id, {
      at,
      bucketName: exportBucketName(at.enclave.name, at.site, transfer),
      store: { class: transfer.class, supersededDays: KEPT_DAYS },
      key,
      endpointId,
      touchedBy: [gatewayRoleArn(at, PSEUDONYMISER_ROLE)],
    });
  }

  fill(): PolicyStatement {
    return new PolicyStatement({
      actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
      resources: [this.arnForObjects('*')],
    });
  }
}
