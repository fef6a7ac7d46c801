import { Stack, Tags } from 'aws-cdk-lib/core';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import type { Construct } from 'constructs';
import { perimeterPolicies } from '../../policy';
import type { Delivery, OrganizationPolicy } from '../../policy';
import type { Enclave } from '../../../config/schema';
import { perimeterSettings } from './settings';

/** A policy of the organisation that is attached to something: one that is attached to nothing denies nothing. */
export class AttachedPolicy extends CfnPolicy {
  constructor(scope: Construct, enclave: string, { name, type, description, content, targets }: OrganizationPolicy) {
    super(scope, name, { name: `${enclave}-${name}`, type, description, content, targetIds: [...targets] });
    this.node.addValidation({
      validate: () =>
        (this.targetIds ?? []).length > 0
          ? []
          : [`${this.node.path} has no TargetIds: a policy that is attached to nothing denies nothing; name a unit.`],
    });
  }
}

/**
 * The policies above the accounts, deployed from the management account. It holds nothing else: no policy of the
 * organisation binds that account.
 */
export class EnclavePerimeterStack extends Stack {
  /** @param deliveries roles of the sites that carry registered transfers out */
  constructor(
    scope: Construct,
    enclave: Enclave,
    organization: NonNullable<Enclave['organization']>,
    deliveries: readonly Delivery[] = [],
  ) {
    super(scope, 'organization-perimeter', {
      env: { account: organization.managementAccount, region: organization.region },
      terminationProtection: true,
      description: `${enclave.name}: policies of the organisation over the accounts of the sites and of the auditor`,
    });
    for (const policy of perimeterPolicies(perimeterSettings(enclave, organization, deliveries)))
      new AttachedPolicy(this, enclave.name, policy);
    Tags.of(this).add('operator', enclave.operator.name);
    Tags.of(this).add('cost-centre', enclave.costCentre);
  }
}
