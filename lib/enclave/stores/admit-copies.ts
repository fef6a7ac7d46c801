import { AccountPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { SiteContext } from '../site-context';

/** Lets one role of another site write its copies into a bucket, by the calls of S3 replication alone. */
export function admitCopies(bucket: Bucket, from: SiteContext, roleArn: string): void {
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid: 'CopiesFromThePartnerSite',
      principals: [new AccountPrincipal(from.site.account)],
      actions: ['s3:ObjectOwnerOverrideToBucketOwner', 's3:ReplicateDelete', 's3:ReplicateObject', 's3:ReplicateTags'],
      resources: [bucket.arnForObjects('*')],
      conditions: {
        ArnEquals: { 'aws:PrincipalArn': roleArn },
        StringEquals: { 'aws:PrincipalOrgID': from.enclave.organizationId },
      },
    }),
  );
}
