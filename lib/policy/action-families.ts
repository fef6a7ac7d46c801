/**
 * Actions that are stopped alike, under one pattern: the quota of a document counts characters. A pattern stands for every
 * public action it matches, not one more; a test compares with the public list, so that a new action is reviewed first.
 */
const FAMILIES: readonly string[] = [
  'cloudformation:Set*',
  'config:PutConfig*',
  'dynamodb:CreateGlobalTable*',
  'ec2:AuthorizeSecurityGroup*',
  'ec2:Copy*',
  'ec2:Create*Attachment',
  'ec2:Create*Connection',
  'ec2:Create*Gateway',
  'ec2:CreateLaunchTemplate*',
  'ec2:CreateSnapshot*',
  'ec2:Disable*PublicAccess',
  'events:Remove*',
  'iam:*RolePermissionsBoundary',
  'iam:Create*Provider',
  'kms:*Alias',
  'kms:*KeyMaterial',
  'kms:Disable*',
  'logs:*KmsKey',
  'logs:*RetentionPolicy',
  'logs:PutDeliveryDestination*',
  'logs:PutDestination*',
  'logs:Tag*',
  'logs:Untag*',
  'rds:AddRoleToDB*',
  'rds:CreateDBProxy*',
  'rds:Download*',
  'rds:ModifyDB*SnapshotAttribute',
  'rds:RestoreDBCluster*',
  's3:CreateAccessGrant*',
  's3:Put*Acl',
  's3:PutBucketO*',
];

const matcher = (family: string): RegExp => new RegExp(`^${family.replaceAll('*', '.*')}$`, 'i');

/** Patterns with the actions of the list that each stands for: two at least, or there is nothing to shorten. */
export const familiesOf = (
  actions: readonly string[],
  families: readonly string[] = FAMILIES,
): readonly (readonly [string, readonly string[]])[] =>
  families.flatMap((family) => {
    const members = actions.filter((action) => matcher(family).test(action));
    return members.length > 1 ? [[family, members] as const] : [];
  });

/** The list with families in place of their members, sorted. */
export function shortened(actions: readonly string[], families: readonly string[] = FAMILIES): readonly string[] {
  const found = familiesOf(actions, families);
  const covered = new Set(found.flatMap(([, members]) => members));
  return [...actions.filter((action) => !covered.has(action)), ...found.map(([family]) => family)].sort();
}
