import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { refusal } from '../refusal';

/**
 * What a bucket refuses of encryption. Whoever names one names ours, with its key: S3 takes AWS's own key for a request
 * that names the method alone (S3 API, PutObject). Who names none gets the bucket's.
 */
export function ownEncryptionOnly(objects: string, keyArn: string): readonly PolicyStatement[] {
  const [keyId, method] = ['s3:x-amz-server-side-encryption-aws-kms-key-id', 's3:x-amz-server-side-encryption'];
  // `IfExists` would refuse those who name none: an operator that negates holds of an absent key.
  return [
    refusal('OnlyOwnKey', ['s3:PutObject'], { StringNotEquals: { [keyId]: keyArn }, Null: { [keyId]: 'false' } }, [
      objects,
    ]),
    refusal(
      'OnlyKmsEncryption',
      ['s3:PutObject'],
      { StringNotEquals: { [method]: 'aws:kms' }, Null: { [method]: 'false' } },
      [objects],
    ),
    refusal('EncryptionNamesItsKey', ['s3:PutObject'], { Null: { [method]: 'false', [keyId]: 'true' } }, [objects]),
  ];
}
