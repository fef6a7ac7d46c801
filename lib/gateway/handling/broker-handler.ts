/** `POST /access`: the decision at use. Allowed, it leaves a ticket that the data plane takes once, within seconds. */
import type { GatewayPorts } from '../ports/ports';
import { accessBody } from '../requests/bodies';
import { TICKET } from '../requests/documents';
import type { AccessTicket } from '../requests/documents';
import { jsonAnswer } from './api-event';
import { answering } from './answering';
import type { ApiHandler } from './answering';
import { askedFacts, decideNow, decisionFacts, required } from './asked';
import { namedGrant } from './named-grant';

const DAY = 24 * 3_600_000;

export function brokerHandler(ports: GatewayPorts): ApiHandler {
  return answering('broker', ports, accessBody, async ({ requester, body, now }) => {
    const grant = await namedGrant(ports.ledger, body.grantId);
    const facts = askedFacts(ports, body, grant);
    const decision = required(await decideNow(ports, requester, body, now, grant), facts);
    const soon = now + ports.settings.ticketSeconds * 1000;
    const ticket: AccessTicket = {
      id: ports.newId(),
      person: requester.id,
      ...(grant ? { grantId: grant.id } : {}),
      dataset: body.dataset,
      class: ports.registers.datasets.get(body.dataset)!.class,
      purpose: body.purpose,
      object: body.object,
      issuedAt: now,
      expiresAt: grant ? Math.min(soon, grant.expiresAt) : soon,
      state: 'issued',
    };
    return {
      facts: { ...facts, ...decisionFacts(decision), accessId: ticket.id },
      effect: async () => {
        await ports.ledger.create(TICKET, ticket.id, ticket, ticket.expiresAt + DAY);
      },
      answer: (record) =>
        jsonAnswer(200, {
          decision: 'allow',
          accessId: ticket.id,
          expiresAt: ticket.expiresAt,
          form: decision.obligations.form,
          record: record.id,
        }),
    };
  });
}
