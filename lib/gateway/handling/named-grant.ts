import type { Grant } from '../decision/facts';
import { Refusal } from './refusal';
import type { Ledger } from '../ports/ledger';
import { GRANT } from '../requests/documents';

/** The grant that was named, if one was. @throws Refusal when there is no such grant */
export async function namedGrant(ledger: Ledger, id: string | undefined): Promise<Grant | undefined> {
  if (id === undefined) return undefined;
  const stored = await ledger.read(GRANT, id);
  if (!stored) throw new Refusal(403, ['grant.unknown']);
  return stored.document;
}
