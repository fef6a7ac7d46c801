import { ManagedPolicy, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { boundaryDocument } from '../../policy';
import type { Delivery } from '../../policy';
import { acknowledge } from '../acknowledge';
import { EnclaveStack } from '../enclave-stack';
import type { SiteContext } from '../site-context';
import { boundarySettings } from './settings';

/** The permission boundary of every role of a site: before any role, in a stack of its own. */
export class IdentityStack extends EnclaveStack {
  /** @param deliveries roles of all sites that carry registered transfers out */
  constructor(scope: Construct, at: SiteContext, deliveries: readonly Delivery[] = []) {
    super(scope, 'identity', at, 'the permission boundary of every role');
    const boundary = new ManagedPolicy(this, 'Boundary', {
      managedPolicyName: 'boundary',
      path: `/${at.enclave.name}/`,
      description: 'The most a role of the enclave can ever do',
      document: PolicyDocument.fromJson(boundaryDocument(boundarySettings(at.enclave, deliveries))),
    });
    for (const finding of ['Action::*', 'Resource::*'] as const)
      acknowledge(
        boundary,
        `AwsSolutions-IAM5[${finding}]`,
        'A boundary grants nothing: it is the bound within which the policies of each role are read.',
      );
  }
}
