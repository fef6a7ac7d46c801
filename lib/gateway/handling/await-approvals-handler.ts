/** Second step: leaves the task token with the request, so that the last approval can let the workflow go on. */
import type { GatewayPorts } from '../ports/ports';
import type { Workflow } from '../ports/workflow';
import { REQUEST } from '../requests/documents';
import { Refusal } from './refusal';
import { workflowStep } from './workflow-step';
import type { StepHandler } from './workflow-step';

export function awaitApprovalsHandler(ports: GatewayPorts & { readonly workflow: Workflow }): StepHandler {
  return workflowStep('approval', ports, ({ stored, taskToken }) => {
    if (taskToken === undefined) throw new Refusal(400, ['step.malformed']);
    if (stored.document.taskToken !== undefined) throw new Refusal(409, ['approval.waits-already']);
    return Promise.resolve({
      facts: { reasons: ['approval.awaited'] },
      effect: async () => {
        // Approvals may come while the token is being kept: then the request is read again.
        for (let current = stored; ;) {
          const next = { ...current.document, taskToken };
          if ((await ports.ledger.replace(REQUEST, next.id, next, current)) === 'replaced') {
            if (next.state === 'approved') await ports.workflow.approved(taskToken, next.id);
            if (next.state === 'refused') await ports.workflow.refused(taskToken);
            return;
          }
          const again = await ports.ledger.read(REQUEST, next.id);
          if (!again) throw new Refusal(404, ['request.unknown']);
          current = again;
        }
      },
    });
  });
}
