/** Templates written to break out of the page. */
import type { Stack } from '../residency/court';

export const ATTACKS = [
  `</script><img src=x onerror="alert('img')">`,
  `"><svg onload=alert(1)>`,
  `'-alert(1)-'`,
  `<!--<script>alert(1)</script>`,
  `</title></style><script>alert(1)</script>`,
  `javascript:alert(1)`,
  '${alert(1)}\u2028alert(1)',
  `]]><iframe srcdoc="<script>parent.alert(1)</script>">`,
];

/** Each attack as stack name, logical id, bucket name, class, tag, destination, key and construct path. */
export const hostileStacks: readonly Stack[] = ATTACKS.map((attack, index) => ({
  name: `stack${index}${attack}`,
  region: index % 2 === 0 ? 'eu-west-1' : attack,
  resources: {
    [`L${attack}`]: {
      Type: 'AWS::S3::Bucket',
      Metadata: { 'aws:cdk:path': `app/${attack}/Resource` },
      Properties: {
        BucketName: attack,
        Tags: [{ Key: 'data-class', Value: attack }],
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: attack } },
          ],
        },
        ReplicationConfiguration: {
          Role: attack,
          Rules: [{ Status: 'Enabled', Destination: { Bucket: `arn:aws:s3:::${attack}` } }],
        },
      },
    },
  },
}));
