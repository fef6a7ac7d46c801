/** A step of the request workflow: its input is a request's id; its requester is looked up again. */
import { z } from 'zod';
import type { AuditFacts, AuditRecord, Stage } from '../audit/audit-record';
import { requesterFrom } from '../decision/facts';
import type { Requester } from '../decision/facts';
import type { Stored } from '../ports/ledger';
import type { GatewayPorts } from '../ports/ports';
import { REQUEST } from '../requests/documents';
import type { AccessRequest } from '../requests/documents';
import { Refusal, asRefusal, deniedFacts } from './refusal';
import type { KnownFacts } from './refusal';

const inputSchema = z.object({ requestId: z.uuid(), taskToken: z.string().min(1).max(2_048).optional() });

export interface Step {
  readonly stored: Stored<AccessRequest>;
  readonly requester: Requester;
  readonly taskToken: string | undefined;
  readonly now: number;
}

/** What a step answers to the state machine. */
export interface StepAnswer {
  readonly requestId: string;
  readonly outcome: 'allow' | 'deny';
  readonly reasons: readonly string[];
}

export type StepHandler = (input: unknown) => Promise<StepAnswer>;

/** A step that decides and is recorded. It throws only when it could not be recorded: then the workflow stops. */
export function workflowStep(
  stage: Stage,
  ports: GatewayPorts,
  work: (step: Step) => Promise<{ facts: KnownFacts; effect: (record: AuditRecord) => Promise<void> }>,
): StepHandler {
  return async (input) => {
    const parsed = inputSchema.safeParse(input);
    let known: KnownFacts = {};
    try {
      if (!parsed.success) throw new Refusal(400, ['step.malformed']);
      const stored = await ports.ledger.read(REQUEST, parsed.data.requestId);
      if (!stored) throw new Refusal(404, ['request.unknown']);
      const { id, requester: person, dataset, class: of, purpose, network } = stored.document;
      known = { requestId: id, person, dataset, class: of, purpose };
      const found = await ports.directory.find(person);
      if (!found) throw new Refusal(403, ['person.unknown']);
      const requester = requesterFrom(found, network);
      const { facts, effect } = await work({ stored, requester, taskToken: parsed.data.taskToken, now: ports.now() });
      const allowed: AuditFacts = { reasons: [], policies: [], ...known, ...facts, stage, outcome: 'allow' };
      await effect(await ports.recorder.record(allowed));
      return { requestId: id, outcome: 'allow', reasons: [] };
    } catch (error) {
      const refusal = asRefusal(error);
      await ports.recorder.record(deniedFacts(refusal, stage, known));
      return { requestId: known.requestId ?? '', outcome: 'deny', reasons: refusal.reasons };
    }
  };
}
