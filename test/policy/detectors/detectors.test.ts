import { actions, allRows } from '../../../lib/catalogue';
import {
  PATTERN_CHARACTERS,
  RECORDED_ELSEWHERE,
  RULES_PER_BUS,
  WITHOUT_EVENT,
  decisionPattern,
  incidentPattern,
  partnerFilter,
  siteDetectors,
  trailFilters,
  watchedEvents,
} from '../../../lib/policy/detectors';
import { FILTER_CHARACTERS } from '../../../lib/policy/detectors';
import { reviewedActions } from '../../../lib/policy';
import { eventNamesOf } from '../../../lib/policy/detectors/event-names';
import { eventSourceOf } from '../../../lib/policy/detectors/event-sources';
import { matches } from '../../../scripts/policy/event-pattern';
import { counts } from '../../../scripts/policy/filter-pattern';
import { alarmEvent, decisionEvent, event, record } from '../../../scripts/policy/recorded-calls';
import { SAMPLES, STORE_CALLS } from './samples';

const detectors = siteDetectors();
const DEPLOYMENT = 'cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1';
const PIPELINE = 'arn:aws:iam::111122223333:role/enclave/deployment/pipeline';
const DEPLOYERS = { roles: [DEPLOYMENT, 'cdk-hnb659fds-deploy-role-111122223333-eu-west-1'], pipelines: [PIPELINE] };
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

  test.each(STORE_CALLS.map(([tells, made, neighbour]) => [made.source, made.name, tells, made, neighbour] as const))(
    '%s %s is told as %s, and an incident unless the deployment did it; the neighbouring call is neither',
    (_, __, tells, made, neighbour) => {
      expect(told(event(made)).map(subject)).toEqual([tells]);
      expect(told(event(neighbour))).toEqual([]);
      const incident = incidentPattern(DEPLOYERS);
      expect(matches(incident, event(made))).toBe(true);
      expect(matches(incident, event({ ...made, role: DEPLOYMENT }))).toBe(made.name === 'ScheduleKeyDeletion');
    },
  );

  test('every call that the perimeter reserves is told by one rule, or counted by one filter', () => {
    const reserved = reviewedActions().filter(({ stop }) => !['region', 'use'].includes(stop.kind));
    expect(reserved.length).toBeGreaterThan(190);
    for (const { action } of reserved) {
      const source = eventSourceOf(action.split(':')[0]!);
      const names = eventNamesOf(action);
      expect([action, names.length > 0]).toEqual([action, !(action in WITHOUT_EVENT)]);
      for (const name of names) {
        const by = RECORDED_ELSEWHERE.has(source)
          ? counted({ source, name, region: 'us-east-1' })
          : told(event({ source, name, role: 'Admin' }));
        expect([action, name, by.length]).toEqual([action, name, 1]);
      }
    }
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
    const known = [...channels, ...reviewedActions()].map(({ action }) => action);
    for (const action of Object.keys(WITHOUT_EVENT)) expect(known).toContain(action);
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
    expect(counted({ source: 'iam.amazonaws.com', name: 'CreateAccessKey', region: 'us-east-1' })).toEqual(['iam-1']);
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

describe('the filter for the Region of a partner', () => {
  const exec = 'cdk-hnb659fds-cfn-exec-role-111122223333-eu-north-1';
  const { pattern } = partnerFilter('eu-north-1', { roles: [exec], pipelines: [PIPELINE] });
  const policy = { source: 'kms.amazonaws.com', name: 'PutKeyPolicy', region: 'eu-north-1' };
  const isCounted = (call: Parameters<typeof record>[0]): boolean => counts(pattern, record(call));

  test('counts whatever changes something there: a role, a user, a role with the name of the pipeline', () => {
    expect(isCounted({ ...policy, role: 'Admin' })).toBe(true);
    expect(isCounted(policy)).toBe(true);
    expect(isCounted({ ...policy, role: 'pipeline' })).toBe(true);
    expect(isCounted({ ...policy, role: `${exec}-2` })).toBe(true);
  });

  test('counts neither the deployment nor the pipeline, nor reading, nor services, nor other Regions', () => {
    expect(isCounted({ ...policy, role: exec })).toBe(false);
    expect(isCounted({ ...policy, role: 'enclave/deployment/pipeline' })).toBe(false);
    expect(isCounted({ ...policy, name: 'GetKeyPolicy', role: 'Admin' })).toBe(false);
    expect(isCounted({ ...policy, role: 'AWSServiceRoleForRDS', invokedBy: 'rds.amazonaws.com' })).toBe(false);
    expect(isCounted({ ...policy, role: 'Admin', region: 'eu-west-1' })).toBe(false);
    expect(isCounted({ ...policy, role: 'Admin', type: 'AwsServiceEvent' })).toBe(false);
  });

  test('is refused when it would be longer than CloudWatch Logs takes', () => {
    const roles = Array.from({ length: 20 }, (_, i) => `${exec}-${i}`);
    expect(() => partnerFilter('eu-north-1', { roles, pipelines: [] })).toThrow(/the limit is 1024/);
  });
});

describe('an incident', () => {
  const isIncident = (sent: never): boolean => matches(incidentPattern(DEPLOYERS), sent);
  const policy = { source: 's3.amazonaws.com', name: 'PutBucketPolicy' };

  test('is whatever somebody else than the deployment did: a role, a user, the root', () => {
    expect(isIncident(event({ ...policy, role: 'Admin' }))).toBe(true);
    expect(isIncident(event(policy))).toBe(true);
    expect(isIncident(event({ ...policy, role: `${DEPLOYMENT}-2` }))).toBe(true);
  });

  test('is not what the deployment did, unless it was refused or blinds the oversight', () => {
    expect(isIncident(event({ ...policy, role: DEPLOYMENT }))).toBe(false);
    expect(isIncident(event({ ...policy, role: DEPLOYMENT, errorCode: 'AccessDenied' }))).toBe(true);
    expect(isIncident(event({ source: 'cloudtrail.amazonaws.com', name: 'StopLogging', role: DEPLOYMENT }))).toBe(true);
  });

  test('is not what the CDK or the pipeline does for a deployment, and is what their namesakes do', () => {
    const change = { source: 'cloudformation.amazonaws.com', name: 'ExecuteChangeSet' };
    expect(isIncident(event({ ...change, role: DEPLOYERS.roles[1]! }))).toBe(false);
    expect(isIncident(event({ ...change, name: 'SetStackPolicy', role: 'enclave/deployment/pipeline' }))).toBe(false);
    expect(isIncident(event({ ...change, name: 'SetStackPolicy', role: 'pipeline' }))).toBe(true);
    expect(matches(incidentPattern({ roles: [DEPLOYMENT], pipelines: [] }), event({ ...change, role: 'x' }))).toBe(
      true,
    );
  });

  test('is told by a pattern within the quota, or synth fails', () => {
    const many = Array.from({ length: 40 }, (_, i) => `${DEPLOYMENT}-${i}`);
    expect(() => incidentPattern({ roles: many, pipelines: [] })).toThrow(/Detector incident has a pattern of/);
  });

  test('is an alarm, and is no decision of the gateway', () => {
    expect(isIncident(alarmEvent('ALARM'))).toBe(true);
    expect(isIncident(decisionEvent('deny'))).toBe(false);
    expect(matches(decisionPattern(), decisionEvent('deny'))).toBe(true);
    expect(matches(decisionPattern(), alarmEvent('ALARM'))).toBe(false);
  });
});
