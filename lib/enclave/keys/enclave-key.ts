import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { CfnKey, IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { keyAlias } from '../names';
import type { SiteContext } from '../site-context';
import { tagWithClass } from '../tags';
import type { KeyPlan } from './key-plan';
import { keyPolicy } from './key-policy';

/** A single-Region customer key of one data class and one purpose, rotated yearly, kept when its stack goes. */
export class EnclaveKey extends Construct {
  readonly key: IKey;

  constructor(scope: Construct, id: string, at: SiteContext, plan: KeyPlan) {
    super(scope, id);
    const { region } = Stack.of(this);
    const codes = plan.use === 'pseudonyms';
    const key = new Key(this, 'Key', {
      description: `${at.enclave.name} ${at.site.id} ${plan.class} ${plan.purpose}`,
      alias: keyAlias(at, plan.class, plan.purpose),
      policy: keyPolicy(at, plan, region),
      pendingWindow: Duration.days(at.enclave.retention.keyDeletionDays),
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      multiRegion: false,
      // KMS rotates symmetric encryption keys only; an HMAC key is replaced by a new epoch instead.
      ...(codes
        ? { keySpec: KeySpec.HMAC_256, keyUsage: KeyUsage.GENERATE_VERIFY_MAC }
        : { enableKeyRotation: true, rotationPeriod: Duration.days(365) }),
    });
    // Said, not left to the default: reviewers and the attestation compare against a written value.
    (key.node.defaultChild as CfnKey).addPropertyOverride('Origin', 'AWS_KMS');
    tagWithClass(this, plan.class);
    this.key = key;
  }
}
