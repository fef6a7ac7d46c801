/** `POST /data`: takes a ticket once, decides again, reads under a session of its own, redacts, records, answers. */
import type { Requester } from '../decision/facts';
import { answering } from '../handling/answering';
import type { ApiHandler } from '../handling/answering';
import { rowsAnswer } from '../handling/api-event';
import { askedFacts, decideNow, decisionFacts, readSwitch, required } from '../handling/asked';
import { namedGrant } from '../handling/named-grant';
import { Refusal } from '../handling/refusal';
import type { Objects } from '../ports/objects';
import type { GatewayPorts } from '../ports/ports';
import type { Sessions } from '../ports/sessions';
import { dataBody } from '../requests/bodies';
import { TICKET } from '../requests/documents';
import type { AccessTicket } from '../requests/documents';
import { bounded } from './bounded';
import { RedactionRefused } from './redactor';
import type { Redactor } from './redactor';

export interface DataPlanePorts extends GatewayPorts {
  readonly sessions: Sessions;
  readonly objects: Objects;
  readonly redactor: Redactor;
}

export function dataPlaneHandler(ports: DataPlanePorts): ApiHandler {
  return answering('data-plane', ports, dataBody, async ({ requester, body, now }) => {
    const ticket = await taken(ports, body.accessId, requester, now);
    const grant = await namedGrant(ports.ledger, ticket.grantId);
    const facts = { ...askedFacts(ports, ticket, grant), accessId: ticket.id };
    const { obligations, ...decision } = required(await decideNow(ports, requester, ticket, now, grant), facts);
    const decided = { ...facts, ...decisionFacts({ ...decision, obligations }) };
    const dataset = ports.registers.datasets.get(ticket.dataset)!;
    const { source, prefix, partitionKey } = dataset;
    const place = { source, key: `${prefix}${ticket.object}`, ...(partitionKey === undefined ? {} : { partitionKey }) };
    const session = await ports.sessions.open({
      person: requester.id,
      class: dataset.class,
      dataset: dataset.id,
      purpose: ticket.purpose,
      grantId: grant?.id ?? 'none',
      accessId: ticket.id,
      zone: decision.zone,
      ...place,
      seconds: obligations.sessionSeconds,
    });
    const bytes = await ports.objects.read(place, session);
    if (!bytes) throw new Refusal(404, ['object.unknown'], decided);
    const order = {
      dataset: dataset.id,
      obligations,
      recipient: requester.id,
      purposeGroup: ports.settings.purposes.find(({ id }) => id === ticket.purpose)!.group,
      now,
    };
    const { lines, ...counts } = await bounded(ports.redactor.redact(bytes, order), obligations).catch(
      (error: unknown) => {
        throw error instanceof RedactionRefused ? new Refusal(422, ['redaction.refused'], decided) : error;
      },
    );
    return {
      facts: { ...decided, counts },
      answer: (record) =>
        rowsAnswer(lines, {
          'x-enclave-record': record.id,
          'x-enclave-form': obligations.form,
          'x-enclave-truncated': String(counts.truncated),
        }),
    };
  });
}

/** The ticket, now used up. Of two that come at once, one gets it. @throws Refusal */
async function taken(ports: GatewayPorts, id: string, { id: person }: Requester, now: number): Promise<AccessTicket> {
  const stored = await ports.ledger.read(TICKET, id);
  if (!stored) throw new Refusal(403, ['access.unknown']);
  const ticket = stored.document;
  const facts = { ...askedFacts(ports, ticket), accessId: ticket.id };
  if (ticket.person !== person) throw new Refusal(403, ['access.of-another'], facts);
  if (ticket.state === 'used') throw new Refusal(409, ['access.used'], facts);
  if (now >= ticket.expiresAt) throw new Refusal(403, ['access.expired'], facts);
  const kill = await readSwitch(ports);
  // Switched off and on again in between: what was allowed before is void.
  if (kill && ticket.issuedAt <= kill.voidBefore) throw new Refusal(403, ['access.void'], facts);
  if ((await ports.ledger.replace(TICKET, id, { ...ticket, state: 'used' }, stored)) === 'conflict')
    throw new Refusal(409, ['access.used'], facts);
  return ticket;
}
