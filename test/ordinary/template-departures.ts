/** One change to a hand-written template that lets data out, as it would show in a review: a piece of text in place of another. */

export interface TemplateDeparture {
  /** Name of the hand-written templates; the first of their files is changed. */
  readonly from: string;
  readonly what: string;
  /** What the reasons of the new finding speak of. */
  readonly because: RegExp;
  readonly replace: string;
  readonly by: string;
}

export const TEMPLATE_DEPARTURES: readonly TemplateDeparture[] = [
  {
    from: 'sam-notes-api',
    what: 'Globals tell every function to call a host nobody registered',
    because: /collector\.example\.com/,
    replace: 'POWERTOOLS_SERVICE_NAME: notes',
    by: 'POWERTOOLS_SERVICE_NAME: notes\n        COLLECTOR: https://collector.example.com/in',
  },
  {
    from: 'sam-notes-api',
    what: 'a function may reconfigure the table, replicas and all',
    because: /DynamoDBReconfigurePolicy/,
    replace: 'DynamoDBCrudPolicy',
    by: 'DynamoDBReconfigurePolicy',
  },
  {
    from: 'sam-notes-api',
    what: 'a function gets a URL that answers everyone',
    because: /AuthType` is NONE/,
    replace: 'CodeUri: src/list/',
    by: 'CodeUri: src/list/\n      FunctionUrlConfig: { AuthType: NONE }',
  },
  {
    from: 'sam-image-pipeline',
    what: 'a function is the administrator of the account',
    because: /AdministratorAccess/,
    replace: '- AWSLambdaBasicExecutionRole',
    by: '- AdministratorAccess',
  },
  {
    from: 'sam-image-pipeline',
    what: 'what a function answered goes to a topic in us-east-1',
    because: /us-east-1/,
    replace: 'Type: SNS, Destination: !Ref Uploaded',
    by: "Type: SNS, Destination: !Sub 'arn:aws:sns:us-east-1:${AWS::AccountId}:done'",
  },
  {
    from: 'sam-image-pipeline',
    what: 'thumbnails may be written to a bucket nobody here creates',
    because: /bucket-of-a-partner/,
    replace: 'S3CrudPolicy: { BucketName: !Ref Thumbnails }',
    by: 'S3CrudPolicy: { BucketName: bucket-of-a-partner }',
  },
  {
    from: 'sam-order-workflow',
    what: 'changes that could not be audited go to a queue in London',
    because: /eu-west-2/,
    replace: 'DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt NotAudited.Arn } }',
    by: "DestinationConfig: { OnFailure: { Type: SQS, Destination: 'arn:aws:sqs:eu-west-2:111122223333:failed' } }",
  },
  {
    from: 'sam-order-workflow',
    what: 'a connector lets a function write to a queue of another company',
    because: /999999999999/,
    replace: 'Destination: { Id: Checkout }',
    by: "Destination: { Type: 'AWS::SQS::Queue', Arn: 'arn:aws:sqs:eu-north-1:999999999999:orders' }",
  },
  {
    from: 'sam-members-api',
    what: 'an application of the repository is brought in',
    because: /is not in the template/,
    replace: '  Reader:\n',
    by: "  Foreign:\n    Type: AWS::Serverless::Application\n    Properties:\n      Location:\n        ApplicationId: 'arn:aws:serverlessrepo:us-east-1:999999999999:applications/tool'\n        SemanticVersion: 1.0.0\n  Reader:\n",
  },
  {
    from: 'sam-members-api',
    what: 'another account may call the API',
    because: /999999999999/,
    replace: 'DefaultAuthorizer: Pool',
    by: "DefaultAuthorizer: Pool\n        ResourcePolicy: { AwsAccountWhitelist: ['999999999999'] }",
  },
];
