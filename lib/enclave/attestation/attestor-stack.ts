import type { Construct } from 'constructs';
import { EnclaveStack } from '../enclave-stack';
import { auditorExternalId } from '../oversight/auditor-role';
import type { SiteContext } from '../site-context';
import { AttestorPolicy } from './attestor-policy';
import { AttestorRole } from './attestor-role';

/** The attestor of a site. */
export class AttestorStack extends EnclaveStack {
  constructor(scope: Construct, at: SiteContext) {
    super(scope, 'attestor', at, 'the role that compares what runs with what was declared');
    const policy = new AttestorPolicy(this, 'Policy', at.enclave);
    new AttestorRole(this, 'Role', at.enclave, policy, auditorExternalId(at));
  }
}
