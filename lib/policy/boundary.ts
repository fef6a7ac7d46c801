/** The permission boundary: the most a role of the enclave can ever do, whatever policies it is given. */
import { deliveryBounds, writeDenial } from './deliveries';
import { deny, policyDocument } from './document';
import type { PolicyDocument } from './document';
import { keyAdministrators } from './roles';
import { declaredRegions } from './settings';
import type { PerimeterSettings } from './settings';

export type BoundarySettings = Pick<
  PerimeterSettings,
  'name' | 'partition' | 'organizationId' | 'sites' | 'auditor' | 'deliveries'
>;

/** ARN of the permission boundary of the enclave's roles in an account, or with `*` in any. */
export const boundaryArn = (
  { partition, name }: Pick<PerimeterSettings, 'partition' | 'name'>,
  account: string,
): string => `arn:${partition}:iam::${account}:policy/${name}/boundary`;

/** Services whose stores carry the class of what they hold as a tag; RDS spells its calls otherwise. */
const STORES = ['dynamodb', 'kms', 'logs', 's3', 'secretsmanager', 'sns', 'sqs'] as const;

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
    ...deliveryBounds(settings),
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
        'dynamodb:CreateBackup',
        'dynamodb:CreateTable*',
        'dynamodb:ExportTable*',
        'dynamodb:PutResourcePolicy',
        'dynamodb:RestoreTable*',
        'dynamodb:UpdateContinuousBackups',
        'dynamodb:UpdateTable*',
        'rds:Copy*',
        'rds:Create*',
        'rds:Modify*',
        'rds:Restore*',
        'rds:Start*',
        's3:Create*',
        's3:DeleteBucket*',
        's3:Put*Acl',
        's3:Put*Configuration',
        's3:PutAccessPoint*',
        's3:PutBucket*',
        's3:UpdateObjectEncryption',
        'secretsmanager:PutResourcePolicy',
        'secretsmanager:Replicate*',
      ],
    }),
    deny('NoOtherClassOfAStore', {
      Action: STORES.flatMap((service) => [`${service}:Tag*`, `${service}:Untag*`]).concat(
        'rds:AddTags*',
        'rds:RemoveTags*',
        'tag:TagResources',
        'tag:UntagResources',
      ),
    }),
    writeDenial(settings),
  ]);
}
