/**
 * `POST /revocations`: a grant is taken back by its holder, by one of its approvers or by the auditor. Takes effect before
 * it is recorded, like switching off: the next decision under the grant is a denial, tickets that are out included.
 */
import { decideRevocation } from '../decision/decide-revocation';
import type { GatewayPorts } from '../ports/ports';
import type { Stored } from '../ports/ledger';
import type { Grant } from '../decision/facts';
import { revocationBody } from '../requests/bodies';
import { GRANT } from '../requests/documents';
import { jsonAnswer } from './api-event';
import { answering } from './answering';
import type { ApiHandler } from './answering';
import { askedFacts, decisionFacts } from './asked';
import { Refusal } from './refusal';

/** Nothing else writes a grant after it was issued, so a second try meets nobody but another who revokes it. */
const TRIES = 3;

export function revocationHandler(ports: GatewayPorts): ApiHandler {
  return answering('revocation', ports, revocationBody, async ({ requester, body }) => {
    const stored = await existing(ports, body.grantId);
    const grant = stored.document;
    const facts = askedFacts(ports, grant, grant);
    const dataset = ports.registers.datasets.get(grant.dataset);
    const decision = await decideRevocation({ requester, grant, dataset }, ports.settings, ports.engine);
    const decided = { ...facts, ...decisionFacts(decision) };
    if (decision.outcome === 'deny') throw new Refusal(403, decision.reasons, decided);
    const result = await revoked(ports, stored);
    return {
      facts: { ...decided, reasons: [result === 'revoked' ? 'revocation.done' : 'revocation.repeated'] },
      answer: (record) => jsonAnswer(200, { decision: 'allow', grantId: grant.id, result, record: record.id }),
    };
  });
}

async function existing({ ledger }: GatewayPorts, id: string): Promise<Stored<Grant>> {
  const stored = await ledger.read(GRANT, id);
  if (!stored) throw new Refusal(403, ['grant.unknown']);
  return stored;
}

async function revoked(ports: GatewayPorts, first: Stored<Grant>): Promise<'revoked' | 'revoked-before'> {
  let stored = first;
  for (let tried = 1; tried <= TRIES; tried += 1) {
    const { document: grant } = stored;
    if (grant.revoked) return 'revoked-before';
    if ((await ports.ledger.replace(GRANT, grant.id, { ...grant, revoked: true }, stored)) === 'replaced')
      return 'revoked';
    stored = await existing(ports, grant.id);
  }
  throw new Refusal(409, ['revocation.busy'], { grantId: first.document.id });
}
