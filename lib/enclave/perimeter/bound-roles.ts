import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { boundaryArn } from '../../policy';
import type { SiteContext } from '../site-context';
import { boundarySettings } from './settings';

/** Puts the boundary of the site on every role below `scope`, those that constructs of the CDK make included. */
export function boundRoles(scope: Construct, at: SiteContext): void {
  const arn = boundaryArn(boundarySettings(at.enclave), at.site.account);
  PermissionsBoundary.of(scope).apply(ManagedPolicy.fromManagedPolicyArn(scope, 'SiteBoundary', arn));
}
