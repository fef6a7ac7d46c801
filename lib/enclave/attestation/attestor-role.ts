import { Duration } from 'aws-cdk-lib/core';
import { ArnPrincipal, PermissionsBoundary, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Enclave } from '../../../config/schema';
import { auditorRoot, oversightPath } from '../oversight/auditor-context';
import type { AttestorPolicy } from './attestor-policy';
import { ATTESTOR, attestationRoleArn } from './names';

/**
 * The role by which the auditor's function reads settings: that function's alone, and for reading alone. Its name is the same
 * in every account, the auditor's own included: the perimeter lets this one role look into every Region.
 */
export class AttestorRole extends Role {
  /** @param externalId what the function has to name, so that it is never led to look into another's account */
  constructor(scope: Construct, id: string, enclave: Enclave, policy: AttestorPolicy, externalId: string) {
    super(scope, id, {
      roleName: ATTESTOR,
      path: oversightPath(enclave),
      description: 'Reads settings for the scheduled attestation; neither data nor keys, and changes nothing',
      maxSessionDuration: Duration.hours(1),
      managedPolicies: [policy],
      // The account is trusted and the role demanded: a role that was made anew under the same name is known by its ARN.
      assumedBy: new ArnPrincipal(auditorRoot(enclave)).withConditions({
        ArnEquals: { 'aws:PrincipalArn': attestationRoleArn(enclave) },
        StringEquals: {
          'aws:PrincipalOrgID': enclave.organizationId,
          'sts:ExternalId': externalId,
        },
      }),
    });
    // The boundary of other roles denies reading of policies; its own policy binds this one closer.
    PermissionsBoundary.of(this).apply(policy);
  }
}
