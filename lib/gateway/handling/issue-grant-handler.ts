/** Last step of the workflow: the policies once more with the approvals that were given, then the grant, once. */
import type { GatewayPorts } from '../ports/ports';
import { GRANT, REQUEST } from '../requests/documents';
import { draftGrant } from '../requests/draft-grant';
import { askedFacts, decideNow, decisionFacts, required } from './asked';
import { Refusal } from './refusal';
import { workflowStep } from './workflow-step';
import type { StepHandler } from './workflow-step';

/** How long a grant is kept after its end, in milliseconds: as long as records of its use may be looked into. */
const KEPT = 400 * 24 * 3_600_000;

export function issueGrantHandler(ports: GatewayPorts): StepHandler {
  return workflowStep('grant', ports, async ({ stored, requester, now }) => {
    const request = stored.document;
    if (request.state !== 'approved') throw new Refusal(409, ['grant.not-approved']);
    if (now >= request.decideBy) throw new Refusal(403, ['approval.too-late']);
    const grant = draftGrant(request, request.approvals, now);
    const facts = askedFacts(ports, request, grant);
    const decision = required(await decideNow(ports, requester, request, now, grant), facts);
    return {
      facts: { ...facts, ...decisionFacts(decision) },
      effect: async () => {
        if ((await ports.ledger.create(GRANT, grant.id, grant, grant.expiresAt + KEPT)) === 'exists')
          throw new Refusal(409, ['grant.issued-already'], facts);
        await ports.ledger.replace(REQUEST, request.id, { ...request, state: 'granted' }, stored);
      },
    };
  });
}
