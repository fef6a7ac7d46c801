import { Duration } from 'aws-cdk-lib/core';
import { ArnPrincipal, ManagedPolicy, PermissionsBoundary, PolicyDocument, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import type { SiteContext } from '../site-context';
import { auditorRoot, oversightPath } from './auditor-context';
import { READS_SETTINGS, auditorPolicy, readableLogs } from './auditor-policy';

/**
 * Says to the site that the auditor asks on behalf of this enclave and no other client. Not a secret: it is what a role
 * of the auditor that audits many must name, so that none can be led to look into another's site.
 */
export const auditorExternalId = ({ enclave, site }: SiteContext): string => `${enclave.organizationId}/${site.id}`;

/** The role by which the auditor reads a site: settings, policies and logs, and the switch that turns access off. */
export class AuditorRole extends Construct {
  constructor(scope: Construct, id: string, at: SiteContext, stop: string) {
    super(scope, id);
    const { enclave } = at;
    const policy = new ManagedPolicy(this, 'Policy', {
      managedPolicyName: 'auditor',
      path: `/${enclave.name}/`,
      description: 'What the auditor may read of the site, and the most the role can ever do',
      document: PolicyDocument.fromJson(auditorPolicy(at, stop)),
    });
    const role = new Role(this, 'Role', {
      roleName: 'auditor',
      path: oversightPath(enclave),
      description: `${enclave.auditor.name} reads settings, policies and logs; neither data nor keys`,
      maxSessionDuration: Duration.hours(1),
      managedPolicies: [policy],
      assumedBy: new ArnPrincipal(auditorRoot(enclave)).withConditions({
        StringEquals: {
          'aws:PrincipalOrgID': enclave.organizationId,
          'sts:ExternalId': auditorExternalId(at),
        },
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      }),
    });
    // The boundary of other roles denies reading of policies, which is the auditor's work; his own policy binds him closer.
    PermissionsBoundary.of(role).apply(policy);
    const wide = READS_SETTINGS.filter((action) => action.endsWith('*')).map((action) => `Action::${action}`);
    for (const finding of ['Resource::*', ...wide, ...readableLogs(at).map((arn) => `Resource::${arn}`)])
      acknowledge(
        policy,
        `AwsSolutions-IAM5[${finding}]`,
        'Reading how things are configured, and the site’s own logs; contents, keys and object tags are denied by name.',
      );
  }
}
