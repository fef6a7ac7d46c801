/**
 * The port between the data plane and whatever turns stored records into what a requester may see.
 *
 * The data plane decides, opens the object and counts; the redactor knows the datasets' schemas, the pseudonym key and
 * the aggregates. Nothing else stands between a stored record and an answer, so an implementation never passes on what
 * it does not know: an unknown field or schema is quarantined, an unknown dataset refused.
 */
import type { Obligations } from '../decision/obligations';

/** What is to be done with the records of one object. */
export interface RedactionOrder {
  /** Id of the dataset, as registered: decides the schema and the format of the object. */
  readonly dataset: string;
  /** Form, least group, noise: as decided at use. The bounds on rows and bytes are kept by the data plane. */
  readonly obligations: Obligations;
  /** Separates pseudonyms: recipients cannot join their copies. */
  readonly recipient: string;
  /** Group of the purpose, as the closed list names it; separates pseudonyms too. */
  readonly purposeGroup: string;
  /** Milliseconds since 1970; decides the epoch of the pseudonyms. */
  readonly now: number;
}

/** One piece of the answer: a row as one line of JSON without a line end, or the count of records withheld. */
export type RedactedPiece =
  | { readonly kind: 'row'; readonly line: string }
  /** Records put aside because a field or the schema is unknown. */
  | { readonly kind: 'quarantined'; readonly records: number }
  /** Groups withheld because they are smaller than the least group. */
  | { readonly kind: 'suppressed'; readonly groups: number };

/** Turns an object's bytes into pieces, streaming: pulled one by one, so the data plane can stop at its bounds. */
export interface Redactor {
  /** @throws RedactionRefused when the order cannot be fulfilled; no message contains a value of the data */
  redact(source: AsyncIterable<Uint8Array>, order: RedactionOrder): AsyncIterable<RedactedPiece>;
}

/** The order cannot be fulfilled: unknown dataset, form without an implementation, unreadable object. Nothing leaves. */
export class RedactionRefused extends Error {
  override readonly name = 'RedactionRefused';
}
