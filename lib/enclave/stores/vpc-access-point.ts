import { CfnAccessPoint } from 'aws-cdk-lib/aws-s3';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { accessPointName } from '../names';
import type { SiteContext } from '../site-context';

/** An access point that answers only inside the site's VPC; the way applications name a restricted bucket. */
export class VpcAccessPoint extends CfnAccessPoint {
  constructor(scope: Construct, id: string, at: SiteContext, store: string, bucket: Bucket, vpc: IVpc) {
    super(scope, id, {
      name: accessPointName(at, store),
      bucket: bucket.bucketName,
      bucketAccountId: at.site.account,
      vpcConfiguration: { vpcId: vpc.vpcId },
      publicAccessBlockConfiguration: {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
    });
  }
}
