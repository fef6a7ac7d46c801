/** What every signed statement has, whatever it speaks of: in-toto Statement v1, subjects by hash, rules, tool and signer. */
import { z } from 'zod';
import type { HashedFile } from '../register/model';

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';

/** SHA-256 as lower-case hexadecimal. */
export const hash = z.string().regex(/^[0-9a-f]{64}$/u);
export const hashed = z.strictObject({ name: z.string(), sha256: hash });
export const count = z.int().nonnegative();

export const rules = z.strictObject({ catalogue: hash, geography: hash });
export const tool = z.strictObject({ name: z.string(), version: z.string() });
export const signer = z.strictObject({
  kind: z.enum(['kms', 'development']),
  keyId: z.string(),
  note: z.string(),
});

/** The schema of statements of one kind. */
export const statementAbout = <Type extends string, P extends z.ZodType>(predicateType: Type, predicate: P) =>
  z.strictObject({
    _type: z.literal(STATEMENT_TYPE),
    subject: z.array(z.strictObject({ name: z.string(), digest: z.strictObject({ sha256: hash }) })).min(1),
    predicateType: z.literal(predicateType),
    predicate,
  });

/** Files as the subject of a statement. */
export const subjectOf = (files: readonly HashedFile[]): { name: string; digest: { sha256: string } }[] =>
  files.map(({ name, sha256 }) => ({ name, digest: { sha256 } }));

/** Reads a payload by a schema. Answers with what is wrong when it does not fit. @param kind in words: `residency statement` */
export function readPayload<S extends z.ZodType>(payload: Uint8Array, schema: S, kind: string): z.output<S> | string {
  const read = json(payload);
  if (read === undefined) return 'its payload is no JSON';
  const result = schema.safeParse(read);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  return `its payload is no ${kind} (${issue?.path.join('.') || 'payload'}: ${issue?.message})`;
}

/** Of what kind a statement is; undefined when the payload does not say. */
export function predicateTypeOf(payload: Uint8Array): string | undefined {
  const read = json(payload) as { predicateType?: unknown } | null | undefined;
  return typeof read?.predicateType === 'string' ? read.predicateType : undefined;
}

function json(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString('utf8'));
  } catch {
    return undefined;
  }
}
