import { Duration } from 'aws-cdk-lib/core';
import { ArnPrincipal, PermissionsBoundary, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { EnclaveStack } from '../enclave-stack';
import { auditorRoot } from '../oversight/auditor-context';
import { auditorExternalId } from '../oversight/auditor-role';
import type { SiteContext } from '../site-context';
import { AttestorPolicy } from './attestor-policy';
import { ATTESTOR, attestationRoleArn, oversightPath } from './names';

/** The role by which the auditor's function reads the settings of a site: that function's alone, and for reading alone. */
export class AttestorStack extends EnclaveStack {
  constructor(scope: Construct, at: SiteContext) {
    super(scope, 'attestor', at, 'the role that compares what runs with what was declared');
    const { enclave } = at;
    const policy = new AttestorPolicy(this, 'Policy', enclave);
    const role = new Role(this, 'Role', {
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
          'sts:ExternalId': auditorExternalId(at),
        },
      }),
    });
    // The boundary of other roles denies reading of policies; its own policy binds this one closer.
    PermissionsBoundary.of(role).apply(policy);
  }
}
