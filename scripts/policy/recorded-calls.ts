/** Calls as CloudTrail records them and EventBridge delivers them: the envelope of the CloudTrail and EventBridge guides. */

export interface Call {
  /** Such as `s3.amazonaws.com`. */
  readonly source: string;
  readonly name: string;
  readonly region?: string;
  readonly account?: string;
  readonly errorCode?: string;
  /** Name of the role of the session, with its path if it has one; absent: an IAM user. */
  readonly role?: string;
  readonly parameters?: object;
  readonly type?: string;
  /** Service that called in the name of the caller. */
  readonly invokedBy?: string;
}

const SITE = '111122223333';

/** The record of a call, as it stands in a trail. */
export function record({
  source,
  name,
  region = 'eu-west-1',
  account = SITE,
  errorCode,
  role,
  parameters,
  type,
  invokedBy,
}: Call): object {
  const userIdentity =
    role === undefined
      ? { type: 'IAMUser', arn: `arn:aws:iam::${account}:user/somebody`, accountId: account, userName: 'somebody' }
      : {
          type: 'AssumedRole',
          arn: `arn:aws:sts::${account}:assumed-role/${role.split('/').at(-1)!}/session`,
          accountId: account,
          sessionContext: {
            sessionIssuer: {
              type: 'Role',
              principalId: 'AROAEXAMPLEEXAMPLE000',
              arn: `arn:aws:iam::${account}:role/${role}`,
              accountId: account,
              userName: role.split('/').at(-1)!,
            },
            attributes: { creationDate: '2026-11-22T04:00:00Z', mfaAuthenticated: 'false' },
          },
        };
  return {
    eventVersion: '1.11',
    userIdentity: { ...userIdentity, ...(invokedBy === undefined ? {} : { invokedBy }) },
    eventTime: '2026-11-22T04:05:06Z',
    eventSource: source,
    eventName: name,
    awsRegion: region,
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.31.0',
    ...(errorCode === undefined ? {} : { errorCode, errorMessage: 'not authorized to perform this action' }),
    requestParameters: parameters ?? null,
    responseElements: null,
    requestID: '7f1c0b9e-0000-4000-8000-000000000001',
    eventID: '7f1c0b9e-0000-4000-8000-000000000002',
    readOnly: /^(Get|List|Describe)/.test(name),
    eventType: type ?? 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
  };
}

/** The record as an event on the default bus. */
export function event(call: Call): never {
  return envelope(
    `aws.${call.source.split('.')[0]!}`,
    'AWS API Call via CloudTrail',
    record(call),
    call.region,
    call.account,
  );
}

export const alarmEvent = (value: string): never =>
  envelope('aws.cloudwatch', 'CloudWatch Alarm State Change', {
    alarmName: 'enclave-dub-1-iam',
    state: { value, reason: 'Threshold Crossed', timestamp: '2026-11-22T04:05:06.000+0000' },
    previousState: { value: 'OK' },
  });

export const complianceEvent = (complianceType: string): never =>
  envelope('aws.config', 'Config Rules Compliance Change', {
    resourceId: 'vol-0123456789abcdef0',
    resourceType: 'AWS::EC2::Volume',
    configRuleName: 'enclave-dub-1-no-other-kind-of-store',
    newEvaluationResult: { complianceType },
    messageType: 'ComplianceChangeNotification',
  });

export const decisionEvent = (outcome: string): never =>
  envelope('enclave.gateway', 'Gateway Decision', { outcome, zone: 'THIRD', stage: 'broker' });

function envelope(source: string, detailType: string, detail: object, region = 'eu-west-1', account = SITE): never {
  return {
    version: '0',
    id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    'detail-type': detailType,
    source,
    account,
    time: '2026-11-22T04:05:06Z',
    region,
    resources: [],
    detail,
  } as never;
}
