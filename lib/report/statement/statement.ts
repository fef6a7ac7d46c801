/** What is attested: an in-toto Statement v1 about an assembly (https://github.com/in-toto/attestation, spec/v1). */
import { basename } from 'node:path';
import { z } from 'zod';
import { DATA_CLASSES, externalStoresSchema, transfersSchema, waiversSchema } from '../../residency';
import type { Flow, Judgement, JudgeOptions } from '../../residency';
import type { HashedFile } from '../register/model';
import { canonicalJson, sha256 } from './canonical-json';

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
/** A name, not an address: nothing is fetched from it. */
export const PREDICATE_TYPE = 'urn:eea-enclave:residency-judgement:v1';

const hash = z.string().regex(/^[0-9a-f]{64}$/u);
const hashed = z.strictObject({ name: z.string(), sha256: hash });
const count = z.int().nonnegative();

const predicateSchema = z.strictObject({
  verdict: z.enum(['none', 'inside', 'outside', 'unknown']),
  counts: z.strictObject({
    stacks: count,
    resources: count,
    stores: count,
    inside: count,
    outside: count,
    unknown: count,
    waived: count,
  }),
  /** Fingerprints of what counts against the assembly. */
  findings: z.array(z.string()),
  /** SHA-256 over every flow: store, channel, destination, verdict, exception. */
  flows: hash,
  rules: z.strictObject({ catalogue: hash, geography: hash }),
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  judgedOn: z.iso.date(),
  /** Everything the judge was told, so that it can be asked again. */
  told: z.strictObject({
    class: z.enum(DATA_CLASSES),
    region: z.string().optional(),
    account: z.string().optional(),
    stores: externalStoresSchema,
    waivers: waiversSchema.shape.waivers,
    transfers: transfersSchema.shape.transfers,
  }),
  /** Documents made in the same run. */
  documents: z.array(hashed),
  /** Proofs that lie in the assembly, by hash of their file; empty when there is none. */
  proofs: z.array(hashed),
  signer: z.strictObject({
    kind: z.enum(['kms', 'development']),
    keyId: z.string(),
    note: z.string(),
  }),
});

const statementSchema = z.strictObject({
  _type: z.literal(STATEMENT_TYPE),
  subject: z.array(z.strictObject({ name: z.string(), digest: z.strictObject({ sha256: hash }) })).min(1),
  predicateType: z.literal(PREDICATE_TYPE),
  predicate: predicateSchema,
});

export type Predicate = z.output<typeof predicateSchema>;
export type Statement = z.output<typeof statementSchema>;

/** A statement about these files. */
export function statementOf(files: readonly HashedFile[], predicate: Predicate): Statement {
  return {
    _type: STATEMENT_TYPE,
    subject: files.map(({ name, sha256: digest }) => ({ name, digest: { sha256: digest } })),
    predicateType: PREDICATE_TYPE,
    predicate,
  };
}

/** Reads a payload. Answers with what is wrong when it is no statement of ours. */
export function readStatement(payload: Uint8Array): Statement | string {
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(payload).toString('utf8'));
  } catch {
    return 'its payload is no JSON';
  }
  const result = statementSchema.safeParse(read);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  return `its payload is no residency statement (${issue?.path.join('.') || 'payload'}: ${issue?.message})`;
}

/** The part of a predicate that a judgement answers for. */
export function judgementDigest({
  verdict,
  counts,
  findings,
  flows,
}: Judgement): Pick<Predicate, 'verdict' | 'counts' | 'findings' | 'flows'> {
  return {
    verdict,
    counts,
    findings: findings.map(({ fingerprint }) => fingerprint),
    flows: sha256(canonicalJson(flows.map(essence))),
  };
}

/** Without folders and lines: what a flow says, wherever its template lies. */
function essence({ source, program: _program, ...flow }: Flow): object {
  return { ...flow, file: source ? basename(source.file) : '' };
}

/** The options of the judge as the predicate has them. */
export function optionsTold({
  told,
  judgedOn,
}: Predicate): Pick<JudgeOptions, 'stores' | 'waivers' | 'transfers' | 'classDefault' | 'now'> {
  return {
    stores: told.stores,
    waivers: told.waivers,
    transfers: told.transfers,
    classDefault: told.class,
    now: new Date(`${judgedOn}T00:00:00Z`),
  };
}
