import { Fn, RemovalPolicy } from 'aws-cdk-lib/core';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { CfnAccessPoint, CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3outposts';
import { Construct } from 'constructs';
import type { BucketConfig } from '../../../config/schema';
import { accessPointName, bucketName } from '../names';
import { dataRolesOf } from '../perimeter/restricted-guard';
import { refusal } from '../refusal';
import type { Conditions } from '../refusal';
import type { SiteContext } from '../site-context';
import { tagWithClass } from '../tags';

/** Reading and writing of objects, as S3 on Outposts calls it. */
const OBJECTS = [
  's3-outposts:AbortMultipartUpload',
  's3-outposts:DeleteObject*',
  's3-outposts:GetObject*',
  's3-outposts:ListBucket*',
  's3-outposts:PutObject*',
];

/** Calls by which a bucket would copy itself away. CloudFormation has no property for it; the API has. */
const REPLICATION = ['s3-outposts:PutReplicationConfiguration', 's3-outposts:ReplicateObject'];

export interface OutpostBucketProps {
  readonly at: SiteContext;
  readonly store: BucketConfig;
  /** Id of the Outpost, `op-…`. */
  readonly outpostId: string;
  readonly vpc: IVpc;
}

/**
 * A bucket on the Outpost with its access point: data roles of the site only, from its VPC only, copied by nobody.
 *
 * S3 on Outposts encrypts with keys of S3, keeps no versions by template and offers no lock, no logging and no block of
 * public access, for an Outpost is never public. Who wants more keeps the store in a Region.
 */
export class OutpostBucket extends Construct {
  constructor(scope: Construct, id: string, { at, store, outpostId, vpc }: OutpostBucketProps) {
    super(scope, id);
    const bucket = new CfnBucket(this, 'Bucket', {
      bucketName: bucketName(at, store.name),
      outpostId,
      lifecycleConfiguration: {
        rules: [
          { id: 'unfinished-uploads', status: 'Enabled', abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } },
        ],
      },
    });
    bucket.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    tagWithClass(bucket, store.class);
    const arn = bucket.attrArn;
    new CfnBucketPolicy(this, 'Policy', {
      bucket: arn,
      policyDocument: new PolicyDocument({
        statements: [...refusals(at, [arn, Fn.join('', [arn, '/object/*'])])],
      }),
    });
    new CfnAccessPoint(this, 'AccessPoint', {
      name: accessPointName(at, store.name),
      bucket: arn,
      vpcConfiguration: { vpcId: vpc.vpcId },
    });
  }
}

function refusals(at: SiteContext, resources: readonly string[]): PolicyStatement[] {
  const refuse = (sid: string, actions: readonly string[], conditions?: Conditions): PolicyStatement =>
    refusal(sid, actions, conditions, resources);
  return [
    refuse('NobodyOutsideTheOrganisation', ['s3-outposts:*'], {
      StringNotEquals: { 'aws:PrincipalOrgID': at.enclave.organizationId },
    }),
    refuse('OnlyDataRolesTouchObjects', OBJECTS, { ArnNotLike: { 'aws:PrincipalArn': [...dataRolesOf(at)] } }),
    refuse('NothingIsCopiedAway', REPLICATION),
    refuse('OnlyEncryptedConnections', ['s3-outposts:*'], { Bool: { 'aws:SecureTransport': 'false' } }),
  ];
}
