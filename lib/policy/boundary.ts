/** The permission boundary: the most a role of the enclave can ever do, whatever policies it is given. */
import { deny, policyDocument } from './document';
import type { PolicyDocument } from './document';
import { keyAdministrators } from './roles';
import { declaredRegions } from './settings';
import type { PerimeterSettings } from './settings';
import { WRITES } from './writes';

export type BoundarySettings = Pick<PerimeterSettings, 'name' | 'partition' | 'organizationId' | 'sites' | 'auditor'>;

/** ARN of the permission boundary of the enclave's roles in an account, or with `*` in any. */
export const boundaryArn = (
  { partition, name }: Pick<PerimeterSettings, 'partition' | 'name'>,
  account: string,
): string => `arn:${partition}:iam::${account}:policy/${name}/boundary`;

/** A boundary grants nothing: what a role may do is the intersection of it with the role's own policies. */
export function boundaryDocument(settings: BoundarySettings): PolicyDocument {
  return policyDocument([
    {
      Sid: 'InDeclaredRegions',
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': declaredRegions(settings) } },
    },
    deny('NoIdentities', { Action: ['account:*', 'iam:*', 'organizations:*', 'ram:*', 'sso:*'] }),
    deny('NoKeyAdministration', {
      Action: [
        'kms:Create*',
        'kms:Disable*',
        'kms:Import*',
        'kms:Put*',
        'kms:Replicate*',
        'kms:Schedule*',
        'kms:Update*',
      ],
      Condition: { ArnNotLike: { 'aws:PrincipalArn': keyAdministrators(settings) } },
    }),
    deny('NoConfigurationOfStores', {
      Action: [
        'dynamodb:CreateTable*',
        'dynamodb:ExportTable*',
        'dynamodb:PutResourcePolicy',
        'dynamodb:UpdateTable*',
        'rds:Copy*',
        'rds:Create*',
        'rds:Modify*',
        'rds:Start*',
        's3:Create*',
        's3:DeleteBucket*',
        's3:Put*Acl',
        's3:Put*Configuration',
        's3:PutAccessPoint*',
        's3:PutBucket*',
        'secretsmanager:PutResourcePolicy',
        'secretsmanager:Replicate*',
      ],
    }),
    deny('WritesOnlyIntoTheOrganisation', {
      Action: WRITES,
      Condition: { StringNotEquals: { 'aws:ResourceOrgID': settings.organizationId } },
    }),
  ]);
}
