/** First step of the workflow: the zone and the policies once more, before anybody is asked to approve. */
import type { GatewayPorts } from '../ports/ports';
import { bestApprovals, draftGrant } from '../requests/draft-grant';
import { askedFacts, decideNow, decisionFacts, required } from './asked';
import { workflowStep } from './workflow-step';
import type { StepHandler } from './workflow-step';

export function checkRequestHandler(ports: GatewayPorts): StepHandler {
  return workflowStep('pre-check', ports, async ({ stored: { document: request }, requester, now }) => {
    const grant = draftGrant(request, bestApprovals(now), now);
    const { grantId: _, ...facts } = askedFacts(ports, request, grant);
    const decision = required(await decideNow(ports, requester, request, now, grant), facts);
    return { facts: { ...facts, ...decisionFacts(decision) }, effect: () => Promise.resolve() };
  });
}
