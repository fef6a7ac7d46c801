/** `POST /approvals`: somebody approves or refuses a request. The approval that completes it lets the workflow go on. */
import { inOneLine } from '../decision/approvals';
import { requesterFrom } from '../decision/facts';
import type { Approval, Requester } from '../decision/facts';
import type { GatewayPorts } from '../ports/ports';
import type { Stored } from '../ports/ledger';
import type { Workflow } from '../ports/workflow';
import { approvalBody } from '../requests/bodies';
import { REQUEST } from '../requests/documents';
import type { AccessRequest } from '../requests/documents';
import { draftGrant } from '../requests/draft-grant';
import { requesterZone } from '../zones/requester-zone';
import { jsonAnswer } from './api-event';
import { answering } from './answering';
import type { ApiHandler } from './answering';
import { decideNow } from './asked';
import { Refusal } from './refusal';

/** How often a vote is tried again when others vote at the same moment. */
const TRIES = 5;

export function approvalHandler(ports: GatewayPorts & { readonly workflow: Workflow }): ApiHandler {
  return answering('approval', ports, approvalBody, async ({ requester: approver, body, now }) => {
    const stored = await open(ports, body.requestId, approver, now);
    const { id, dataset, class: of, purpose } = stored.document;
    let state: AccessRequest['state'] = 'open';
    return {
      facts: {
        requestId: id,
        dataset,
        class: of,
        purpose,
        reasons: [body.approve ? 'approval.given' : 'approval.withheld'],
      },
      effect: async () => {
        state = await vote(ports, stored, approver, body.approve, now);
      },
      answer: (record) => jsonAnswer(200, { decision: 'allow', requestId: id, state, record: record.id }),
    };
  });
}

/** The request, if this person may vote on it now. @throws Refusal */
async function open(ports: GatewayPorts, id: string, approver: Requester, now: number): Promise<Stored<AccessRequest>> {
  const stored = await ports.ledger.read(REQUEST, id);
  if (!stored) throw new Refusal(404, ['request.unknown']);
  const request = stored.document;
  const facts = { requestId: id, dataset: request.dataset, class: request.class, purpose: request.purpose };
  const reasons = [
    ...(request.state === 'open' ? [] : ['approval.closed']),
    ...(now < request.decideBy ? [] : ['approval.too-late']),
    ...(approver.id === request.requester ? ['approval.own'] : []),
    ...(inOneLine(approver, { id: request.requester, managers: request.managers }) ? ['approval.in-line'] : []),
    ...(ports.settings.approverRoles.includes(approver.role) ? [] : ['approval.role']),
    ...(requesterZone(approver.countries) === 'BLOCKED' ? ['approval.blocked-zone'] : []),
    ...(request.approvals.some((approval) => approval.approver === approver.id) ? ['approval.repeated'] : []),
  ];
  if (reasons.length > 0) throw new Refusal(403, reasons, facts);
  return stored;
}

/** Writes the vote against the version that was read; whoever loses looks again and may find the request decided. */
async function vote(
  ports: GatewayPorts & { readonly workflow: Workflow },
  first: Stored<AccessRequest>,
  approver: Requester,
  approve: boolean,
  now: number,
): Promise<AccessRequest['state']> {
  let stored = first;
  for (let tried = 1; ; tried += 1) {
    const next = await afterVote(ports, stored.document, approver, approve, now);
    if ((await ports.ledger.replace(REQUEST, next.id, next, stored)) === 'replaced') {
      if (next.taskToken !== undefined && next.state === 'approved')
        await ports.workflow.approved(next.taskToken, next.id);
      if (next.taskToken !== undefined && next.state === 'refused') await ports.workflow.refused(next.taskToken);
      return next.state;
    }
    if (tried === TRIES) throw new Refusal(409, ['approval.busy'], { requestId: next.id });
    stored = await open(ports, next.id, approver, now);
  }
}

async function afterVote(
  ports: GatewayPorts,
  request: AccessRequest,
  approver: Requester,
  approve: boolean,
  now: number,
): Promise<AccessRequest> {
  if (!approve) return { ...request, state: 'refused' };
  const zone = requesterZone(approver.countries);
  const approval: Approval = { approver: approver.id, role: approver.role, zone, managers: approver.managers, at: now };
  const approvals = [...request.approvals, approval];
  return { ...request, approvals, state: (await enough(ports, request, approvals, now)) ? 'approved' : 'open' };
}

/** Asks the policies whether these approvals make the grant work: how many are needed stands there alone. */
async function enough(
  ports: GatewayPorts,
  request: AccessRequest,
  approvals: readonly Approval[],
  now: number,
): Promise<boolean> {
  const person = await ports.directory.find(request.requester);
  if (!person) return false;
  const requester = requesterFrom(person, request.network);
  const decision = await decideNow(ports, requester, request, now, draftGrant(request, approvals, now));
  return decision.outcome === 'allow';
}
