import { actions, allRows } from '../../../lib/catalogue';
import {
  PATTERN_CHARACTERS,
  RECORDED_ELSEWHERE,
  RULES_PER_BUS,
  WITHOUT_EVENT,
  decisionPattern,
  incidentPattern,
  siteDetectors,
  trailFilters,
  watchedEvents,
} from '../../../lib/policy/detectors';
import { FILTER_CHARACTERS } from '../../../lib/policy/detectors';
import { matches } from './event-pattern';
import { counts } from './filter-pattern';
import { alarmEvent, decisionEvent, event, record } from './recorded-calls';
import { SAMPLES } from './samples';

const detectors = siteDetectors();
const filters = trailFilters(['eu-north-1', 'eu-west-1']);
const subject = (name: string): string => name.replace(/-\d+$/, '');
const told = (sent: never): string[] => [
  ...new Set(detectors.filter((d) => matches(d.pattern, sent)).map((d) => d.name)),
];
const counted = (call: Parameters<typeof record>[0]): string[] =>
  filters.filter(({ pattern }) => counts(pattern, record(call))).map(({ name }) => name);

describe('detectors', () => {
  test.each(SAMPLES)('%s tells of its sample and not of the neighbouring call', (name, convicting, acquitting) => {
    expect(told(convicting).map(subject)).toEqual([name]);
    expect(told(acquitting)).toEqual([]);
  });

  test('every detector has a sample of each kind', () => {
    expect([...new Set(detectors.map(({ name }) => subject(name)))].sort()).toEqual(
      SAMPLES.map(([name]) => name).sort(),
    );
  });

  test('fit into EventBridge: few rules, each pattern within the default quota', () => {
    expect(detectors.length).toBeLessThan(RULES_PER_BUS / 10);
    for (const { pattern } of detectors) expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(PATTERN_CHARACTERS);
    for (const { pattern } of filters) expect(pattern.length).toBeLessThanOrEqual(FILTER_CHARACTERS);
  });

  test('every event a row names is told by one rule, or counted by one filter when no bus of a site sees it', () => {
    const named = allRows().flatMap(({ defences: { detection } }) =>
      'none' in detection ? [] : detection.eventNames.map((name) => ({ source: detection.eventSource, name })),
    );
    expect(named.length).toBeGreaterThan(900);
    for (const call of named) {
      const by = RECORDED_ELSEWHERE.has(call.source)
        ? counted({ ...call, region: 'us-east-1' })
        : told(event({ ...call, role: 'Admin' }));
      expect([call, by.length]).toEqual([call, 1]);
    }
  });

  test('every action that opens a channel is watched under its recorded name, or is a permission without a call', () => {
    const channels = actions().filter(({ verdict }) => verdict === 'channel');
    const names = new Set(watchedEvents().map(({ name }) => name));
    const unwatched = channels.filter(({ action }) => !names.has(action.split(':')[1]!)).map(({ action }) => action);
    for (const action of unwatched)
      expect([action, action in WITHOUT_EVENT || /^(s3|lambda|dynamodb):/.test(action)]).toEqual([action, true]);
    for (const action of Object.keys(WITHOUT_EVENT)) expect(channels.map((c) => c.action)).toContain(action);
  });

  test.each([
    'AccessDenied',
    'AccessDeniedException',
    'Client.UnauthorizedOperation',
    'AuthorizationErrorException',
    'NotAuthorizedException',
  ])('a call refused as %s is told, whatever it was', (errorCode) => {
    expect(told(event({ source: 'ec2.amazonaws.com', name: 'DescribeVolumes', errorCode }))).toEqual(['refused']);
  });

  test('a call that failed for another reason is not told as refused', () => {
    expect(
      told(event({ source: 's3.amazonaws.com', name: 'GetBucketPolicy', errorCode: 'NoSuchBucketPolicy' })),
    ).toEqual([]);
  });

  test('the same name of another service is another event', () => {
    const names = watchedEvents().filter(({ source }) => source === 'iam.amazonaws.com');
    expect(names.map(({ name }) => name)).toContain('CreateAccessKey');
    expect(told(event({ source: 'glacier.amazonaws.com', name: 'CreateAccessKey' }))).toEqual([]);
  });
});

describe('filters over the trail', () => {
  test('count what IAM, Organizations, Route 53 and CloudFront record outside the EEA', () => {
    expect(counted({ source: 'iam.amazonaws.com', name: 'CreateAccessKey', region: 'us-east-1' })).toEqual(['iam']);
    expect(counted({ source: 'iam.amazonaws.com', name: 'GetRole', region: 'us-east-1' })).toEqual([]);
    expect(counted({ source: 'cloudfront.amazonaws.com', name: 'CreateDistribution', region: 'us-east-1' })).toEqual([
      'cloudfront',
    ]);
    expect(counted({ source: 'organizations.amazonaws.com', name: 'LeaveOrganization', region: 'us-east-1' })).toEqual([
      'organizations',
    ]);
  });

  test('count a call in another Region, refused or not, but neither AWS itself nor a session opened there', () => {
    const copy = { source: 'rds.amazonaws.com', name: 'CopyDBSnapshot', region: 'us-east-1' };
    expect(counted(copy)).toEqual(['calls-elsewhere']);
    expect(counted({ ...copy, errorCode: 'AccessDenied' })).toEqual(['calls-elsewhere']);
    expect(counted({ ...copy, region: 'eu-west-2' })).toEqual(['calls-elsewhere']);
    expect(counted({ ...copy, region: 'eu-north-1' })).toEqual([]);
    expect(counted({ ...copy, type: 'AwsServiceEvent' })).toEqual([]);
    expect(counted({ source: 'sts.amazonaws.com', name: 'AssumeRole', region: 'us-east-1' })).toEqual([]);
  });
});

describe('an incident', () => {
  const deployment = 'cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1';
  const isIncident = (sent: never): boolean => matches(incidentPattern([deployment]), sent);
  const policy = { source: 's3.amazonaws.com', name: 'PutBucketPolicy' };

  test('is whatever somebody else than the deployment did: a role, a user, the root', () => {
    expect(isIncident(event({ ...policy, role: 'Admin' }))).toBe(true);
    expect(isIncident(event(policy))).toBe(true);
    expect(isIncident(event({ ...policy, role: `${deployment}-2` }))).toBe(true);
  });

  test('is not what the deployment did, unless it was refused or blinds the oversight', () => {
    expect(isIncident(event({ ...policy, role: deployment }))).toBe(false);
    expect(isIncident(event({ ...policy, role: deployment, errorCode: 'AccessDenied' }))).toBe(true);
    expect(isIncident(event({ source: 'cloudtrail.amazonaws.com', name: 'StopLogging', role: deployment }))).toBe(true);
  });

  test('is an alarm, and is no decision of the gateway', () => {
    expect(isIncident(alarmEvent('ALARM'))).toBe(true);
    expect(isIncident(decisionEvent('deny'))).toBe(false);
    expect(matches(decisionPattern(), decisionEvent('deny'))).toBe(true);
    expect(matches(decisionPattern(), alarmEvent('ALARM'))).toBe(false);
  });
});
