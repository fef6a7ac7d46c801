/**
 * The assembly that a scheduled attestation compares with, in one object: manifest and templates as text, and the statement
 * that the reviewer's evidence signed over them (`enclave register`). What is not covered by it is not compared with.
 */
import { z } from 'zod';
import { isDeclared } from '../../lib/attestation/statement';
import { ASSEMBLY_PREFIX } from '../../lib/enclave/attestation/prefixes';
import { differing, preAuthenticationEncoding, readEnvelope, readStatement, sha256 } from '../../lib/report/statement';
import type { Statement } from '../../lib/report/statement';

/** Key of the object in the bucket of the auditor; the bucket keeps every earlier version. */
export const PUBLISHED_KEY = `${ASSEMBLY_PREFIX}published.json`;

const publishedSchema = z.strictObject({
  /** The signed envelope as it was written, DSSE. */
  statement: z.string(),
  /** Name in the assembly → text. */
  files: z.record(z.string(), z.string()),
});

export type PublishedAssembly = z.output<typeof publishedSchema>;

/** Whether a signature is that of the key that signs assemblies over these bytes. */
export type Verify = (bytes: Uint8Array, signature: Uint8Array) => Promise<boolean>;

/** Why an assembly is not compared with; one line. */
export class RefusedAssembly extends Error {
  override readonly name = 'RefusedAssembly';
}

/** @param keyId the key by which the statement must say it was signed. @throws RefusedAssembly */
export async function trustedAssembly(
  text: string,
  keyId: string,
  verify: Verify,
): Promise<{ readonly files: ReadonlyMap<string, string>; readonly statement: Statement }> {
  const published = readPublished(text);
  const read = readEnvelope(published.statement);
  if (typeof read === 'string') throw new RefusedAssembly(`statement: ${read}`);
  const [signature] = read.envelope.signatures;
  if (signature?.keyid !== keyId)
    throw new RefusedAssembly(`signature: is by ${signature?.keyid ?? 'no key'}, not by ${keyId}`);
  const encoded = preAuthenticationEncoding(read.envelope.payloadType, read.payload);
  if (!(await verify(encoded, Buffer.from(signature.sig, 'base64'))))
    throw new RefusedAssembly('signature: it is not that of this key over this statement');
  return { files: new Map(Object.entries(published.files)), statement: statedOver(published, read.payload) };
}

/**
 * An assembly ready to be published. Who signed it is the auditor's question, asked again before every run.
 *
 * @throws RefusedAssembly when the statement is not about exactly these files
 */
export function publishable(statement: string, files: Readonly<Record<string, string>>): string {
  const read = readEnvelope(statement);
  if (typeof read === 'string') throw new RefusedAssembly(`statement: ${read}`);
  const published: PublishedAssembly = { statement, files: { ...files } };
  statedOver(published, read.payload);
  return JSON.stringify(published);
}

function readPublished(text: string): PublishedAssembly {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw new RefusedAssembly('object: is no JSON');
  }
  const result = publishedSchema.safeParse(read);
  if (!result.success) throw new RefusedAssembly('object: is no published assembly');
  return result.data;
}

/** The statement, once it is shown to be about these files and no other template. */
function statedOver({ files }: PublishedAssembly, payload: Uint8Array): Statement {
  const statement = readStatement(payload);
  if (typeof statement === 'string') throw new RefusedAssembly(`statement: ${statement}`);
  const stated = statement.subject.filter(({ name }) => isDeclared(name));
  const [first, ...more] = differing(
    'assembly',
    stated.map(({ name, digest }) => ({ name, sha256: digest.sha256 })),
    Object.entries(files).map(([name, content]) => ({ name, sha256: sha256(content) })),
    true,
  );
  if (first !== undefined) throw new RefusedAssembly(more.length === 0 ? first : `${first}, and ${more.length} more`);
  const outside = Object.keys(files).find((name) => name.startsWith('/') || name.split('/').includes('..'));
  if (outside !== undefined) throw new RefusedAssembly(`assembly: ${outside} is no file inside an assembly`);
  if (stated.length === 0) throw new RefusedAssembly('statement: it speaks of no template');
  return statement;
}
