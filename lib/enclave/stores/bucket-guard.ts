/**
 * What a bucket of the enclave refuses, whatever identity policies allow: everyone outside the organisation, old
 * signatures, foreign keys, and data access that does not come through the site's own endpoint.
 */
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { OBJECT_ACTIONS } from '../../policy';
import { dataRolesOf, restrictedBucketRefusals } from '../perimeter/restricted-guard';
import { refusal } from '../refusal';
import type { Conditions } from '../refusal';
import type { SiteContext, StoreClass } from '../site-context';
import { ownEncryptionOnly } from './own-encryption';

export interface BucketGuardProps {
  readonly at: SiteContext;
  readonly class: StoreClass;
  readonly key: IKey;
  /** Gateway endpoint through which alone data is read and written. */
  readonly endpointId: string;
  /** Role that S3 itself assumes to copy objects away; it comes from no endpoint. Absent for replicas that stay. */
  readonly replicationRoleArn?: string;
  /** Role of the partner site that writes copies here. Absent for the site's own buckets, unless they are filled again. */
  readonly partnerRoleArn?: string;
  /** ARN patterns of the roles that alone touch the contents; absent: the enclave's data roles, and those that copy. */
  readonly touchedBy?: readonly string[];
}

/** Adds the refusals to the bucket's policy. */
export function guardBucket(
  bucket: Bucket,
  { at, class: dataClass, key, endpointId, replicationRoleArn, partnerRoleArn, touchedBy }: BucketGuardProps,
): void {
  const both = [bucket.bucketArn, bucket.arnForObjects('*')];
  const refuse = (sid: string, actions: string[], resources: string[], conditions: Conditions): void => {
    bucket.addToResourcePolicy(refusal(sid, actions, conditions, resources));
  };
  // No exception for AWS service principals: no service reads or writes these buckets in its own name.
  refuse('NobodyOutsideTheOrganisation', ['s3:*'], both, {
    StringNotEquals: { 'aws:PrincipalOrgID': at.enclave.organizationId },
  });
  refuse('OnlyThroughTheSitesEndpoint', OBJECT_ACTIONS, both, {
    StringNotEquals: { 'aws:SourceVpce': endpointId },
    ...(replicationRoleArn ? { ArnNotEquals: { 'aws:PrincipalArn': replicationRoleArn } } : {}),
  });
  refuse('OnlySignatureVersion4', ['s3:*'], both, { StringNotEquals: { 's3:signatureversion': 'AWS4-HMAC-SHA256' } });
  for (const statement of ownEncryptionOnly(bucket.arnForObjects('*'), key.keyArn))
    bucket.addToResourcePolicy(statement);
  const copying = [replicationRoleArn, partnerRoleArn].flatMap((role) => role ?? []);
  if (dataClass === 'restricted') {
    for (const statement of restrictedBucketRefusals(at, both, copying)) bucket.addToResourcePolicy(statement);
  } else {
    const roles = touchedBy ?? [...dataRolesOf(at), ...copying];
    refuse('OnlyNamedRolesTouchTheContents', [...OBJECT_ACTIONS, 's3:Replicate*'], both, {
      ArnNotLike: { 'aws:PrincipalArn': roles },
    });
  }
}
