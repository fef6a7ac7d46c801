/** What of the events that reach the auditor is an incident: whatever was refused, and whatever the deployment did not do. */
import { DECISION_EVENT } from './decision-events';
import type { Pattern } from './pattern';
import { REFUSED } from './refusals';
import { TAMPERING } from './tampering';

/**
 * Pattern on the auditor's bus. The rest is the deployment's own work: kept in the queue with everything else.
 *
 * @param deploymentRoles names of the roles with which CloudFormation deploys
 */
export function incidentPattern(deploymentRoles: readonly string[]): Pattern {
  const issuer = (tests: Pattern): Pattern => ({ userIdentity: { sessionContext: { sessionIssuer: tests } } });
  const call = { 'detail-type': ['AWS API Call via CloudTrail'] };
  return {
    $or: [
      { detail: { errorCode: REFUSED } },
      { 'detail-type': [{ 'anything-but': ['AWS API Call via CloudTrail', DECISION_EVENT.detailType] }] },
      // Users, root and services have no session of a role; a session names its role.
      { ...call, detail: issuer({ userName: [{ exists: false }] }) },
      { ...call, detail: issuer({ userName: [{ 'anything-but': deploymentRoles }] }) },
      { detail: { eventSource: Object.keys(TAMPERING), eventName: blinding() } },
    ],
  };
}

/** Even the deployment has no reason to do these quietly. */
const blinding = (): readonly string[] =>
  ['DeleteTrail', 'StopLogging', 'ScheduleKeyDeletion', 'StopConfigurationRecorder', 'DeleteEventBus'].filter((name) =>
    Object.values(TAMPERING).some((names) => name in names),
  );
