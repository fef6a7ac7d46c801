/** `POST /requests`: somebody asks for a grant. What the policies would refuse anyway is refused before anybody is bothered. */
import type { AccessRequest } from '../requests/documents';
import { REQUEST } from '../requests/documents';
import { requestBody } from '../requests/bodies';
import { bestApprovals, draftGrant } from '../requests/draft-grant';
import type { GatewayPorts } from '../ports/ports';
import type { Workflow } from '../ports/workflow';
import { jsonAnswer } from './api-event';
import { answering } from './answering';
import type { ApiHandler } from './answering';
import { askedFacts, decideNow, decisionFacts, required } from './asked';
import { Refusal } from './refusal';

/** How long documents of a request are kept after it is decided, in milliseconds. */
const KEPT = 400 * 24 * 3_600_000;

export function requestHandler(ports: GatewayPorts & { readonly workflow: Workflow }): ApiHandler {
  return answering('request', ports, requestBody, async ({ requester, body, now }) => {
    const facts = askedFacts(ports, body);
    const dataset = ports.registers.datasets.get(body.dataset);
    if (body.seconds > ports.settings.grantSeconds) throw new Refusal(400, ['request.too-long'], facts);
    if (body.transfer !== undefined && !ports.registers.transfers.has(body.transfer))
      throw new Refusal(403, ['transfer.unknown'], facts);
    const without = await decideNow(ports, requester, body, now);
    if (without.outcome === 'allow') throw new Refusal(409, ['request.no-grant-needed'], facts);
    // Without a dataset of that class the decision has said so already.
    if (dataset?.class !== body.class) throw new Refusal(403, without.reasons, facts);
    const { dataset: id, purpose, ticket, seconds, transfer } = body;
    const request: AccessRequest = {
      id: ports.newId(),
      requester: requester.id,
      managers: requester.managers,
      dataset: id,
      class: dataset.class,
      purpose,
      ticket,
      seconds,
      ...(transfer === undefined ? {} : { transfer }),
      ...(requester.countries.network === undefined ? {} : { network: requester.countries.network }),
      state: 'open',
      askedAt: now,
      decideBy: now + ports.settings.approvalSeconds * 1000,
      approvals: [],
    };
    const decision = await decideNow(ports, requester, body, now, draftGrant(request, bestApprovals(now), now));
    const possible = required(decision, facts);
    return {
      facts: { ...facts, ...decisionFacts(possible), requestId: request.id, ...(transfer ? { transfer } : {}) },
      effect: async () => {
        await ports.ledger.create(REQUEST, request.id, request, request.decideBy + KEPT);
        await ports.workflow.start(request.id);
      },
      answer: (record) =>
        jsonAnswer(202, { decision: 'allow', requestId: request.id, decideBy: request.decideBy, record: record.id }),
    };
  });
}
