/** The port to the one table: documents that are created once and replaced only by whoever read the last version. */
import type { z } from 'zod';

/** A document as it was read. */
export interface Stored<Document> {
  readonly document: Document;
  readonly version: number;
}

/** A kind of document: prefix of its key, and its schema. What does not match the schema is not read. */
export interface Kind<Document> {
  readonly name: string;
  readonly schema: z.ZodType<Document>;
}

/**
 * All writes are conditional, so that of two concurrent writers one loses and knows it. Reads are consistent.
 *
 * Methods throw when the table cannot be reached or a document is not what its schema says; callers deny then.
 */
export interface Ledger {
  /** Creates a document. `forgetAt` (milliseconds since 1970): after it the document may be deleted. */
  create<D>(kind: Kind<D>, id: string, document: D, forgetAt: number): Promise<'created' | 'exists'>;
  read<D>(kind: Kind<D>, id: string): Promise<Stored<D> | undefined>;
  /** Replaces the version that was read. */
  replace<D>(kind: Kind<D>, id: string, document: D, read: Stored<D>): Promise<'replaced' | 'conflict'>;
}
