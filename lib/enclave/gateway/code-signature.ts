import { CfnOutput } from 'aws-cdk-lib/core';
import { CodeSigningConfig, UntrustedArtifactOnDeployment } from 'aws-cdk-lib/aws-lambda';
import type { ICodeSigningConfig } from 'aws-cdk-lib/aws-lambda';
import { Platform, SigningProfile } from 'aws-cdk-lib/aws-signer';
import { Construct } from 'constructs';

/**
 * The signature every version of the gateway's code has to carry: Lambda refuses code that was not signed under the profile.
 *
 * It stands in a stack that is deployed before the functions. In one stack with them there would never be a first
 * deployment: nothing can be signed under a profile that does not exist yet.
 */
export class CodeSignature extends Construct {
  readonly config: ICodeSigningConfig;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const profile = new SigningProfile(this, 'Profile', { platform: Platform.AWS_LAMBDA_SHA384_ECDSA });
    this.config = new CodeSigningConfig(this, 'Config', {
      signingProfiles: [profile],
      untrustedArtifactOnDeployment: UntrustedArtifactOnDeployment.ENFORCE,
      description: 'Code of the security gateway',
    });
    new CfnOutput(this, 'ProfileName', {
      value: profile.signingProfileName,
      description: 'Profile under which the code of the gateway is signed before it is deployed',
    });
  }
}
