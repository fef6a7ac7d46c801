/** What of the events that reach the auditor is an incident: whatever was refused, and whatever the deployment did not do. */
import { DECISION_EVENT } from './decision-events';
import type { Deployers } from './deployers';
import { withinQuota } from './pattern';
import type { Pattern } from './pattern';
import { REFUSED } from './refusals';
import { TAMPERING } from './tampering';

/**
 * Pattern on the auditor's bus. The rest is the deployment's own work: kept in the queue with everything else.
 *
 * @throws Error when so many deploy that EventBridge would not take the pattern for its length
 */
export function incidentPattern({ roles, pipelines }: Deployers): Pattern {
  const issuer = (tests: Pattern): Pattern => ({ userIdentity: { sessionContext: { sessionIssuer: tests } } });
  const call = { 'detail-type': ['AWS API Call via CloudTrail'] };
  return withinQuota('incident', {
    $or: [
      { detail: { errorCode: REFUSED } },
      { 'detail-type': [{ 'anything-but': ['AWS API Call via CloudTrail', DECISION_EVENT.detailType] }] },
      // Users, root and services have no session of a role; a session names its role.
      { ...call, detail: issuer({ userName: [{ exists: false }] }) },
      {
        ...call,
        detail: issuer({
          userName: [{ 'anything-but': roles }],
          ...(pipelines.length > 0 ? { arn: [{ 'anything-but': pipelines }] } : {}),
        }),
      },
      { detail: blinding() },
    ],
  });
}

const NEVER_QUIETLY = [
  'DeleteTrail',
  'StopLogging',
  'ScheduleKeyDeletion',
  'StopConfigurationRecorder',
  'DeleteEventBus',
];

/** Even the deployment has no reason to do these quietly. */
function blinding(): Pattern {
  const named = Object.entries(TAMPERING).flatMap(([source, names]) =>
    NEVER_QUIETLY.flatMap((name) => (name in names ? [{ source, name }] : [])),
  );
  return { eventSource: named.map(({ source }) => source), eventName: named.map(({ name }) => name) };
}
