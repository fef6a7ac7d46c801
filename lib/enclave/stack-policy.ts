/**
 * Stack policies: what a stack update may never do, even with a reviewed template. CloudFormation refuses the update
 * until somebody changes the stack policy first, which is an act of its own and visible in the trail.
 */
export interface StackPolicy {
  readonly Statement: readonly {
    readonly Effect: 'Allow' | 'Deny';
    readonly Principal: '*';
    readonly Action: readonly string[];
    readonly Resource: string;
    readonly Condition?: object;
  }[];
}

/** Types whose replacement or deletion loses data, the key that opens it or the policies that guard it. */
export const STATEFUL_TYPES = [
  'AWS::DynamoDB::Table',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
  'AWS::VerifiedPermissions::PolicyStore',
] as const;

/** The policy every stack of the enclave gets: updates are welcome, replacing or deleting a store or key is not. */
export const STACK_POLICY: StackPolicy = {
  Statement: [
    { Effect: 'Allow', Principal: '*', Action: ['Update:*'], Resource: '*' },
    {
      Effect: 'Deny',
      Principal: '*',
      Action: ['Update:Delete', 'Update:Replace'],
      Resource: '*',
      Condition: { StringEquals: { ResourceType: [...STATEFUL_TYPES] } },
    },
  ],
};
