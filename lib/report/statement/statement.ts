/** What is attested: an in-toto Statement v1 about an assembly (https://github.com/in-toto/attestation, spec/v1). */
import { basename } from 'node:path';
import { z } from 'zod';
import { DATA_CLASSES, externalStoresSchema, transfersSchema, waiversSchema } from '../../residency';
import type { Flow, Judgement, JudgeOptions } from '../../residency';
import type { HashedFile } from '../register/model';
import { canonicalJson, sha256 } from './canonical-json';
import {
  STATEMENT_TYPE,
  count,
  hash,
  hashed,
  readPayload,
  rules,
  signer,
  statementAbout,
  subjectOf,
  tool,
} from './parts';

/** A name, not an address: nothing is fetched from it. */
export const PREDICATE_TYPE = 'urn:eea-enclave:residency-judgement:v1';

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
  rules,
  tool,
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
  /** What was proved of its policies, by hash of the document that says it. */
  proofs: z.array(hashed),
  signer,
});

const statementSchema = statementAbout(PREDICATE_TYPE, predicateSchema);

export type Predicate = z.output<typeof predicateSchema>;
export type Statement = z.output<typeof statementSchema>;

/** A statement about these files. */
export function statementOf(files: readonly HashedFile[], predicate: Predicate): Statement {
  return { _type: STATEMENT_TYPE, subject: subjectOf(files), predicateType: PREDICATE_TYPE, predicate };
}

/** Reads a payload. Answers with what is wrong when it is no statement of ours. */
export const readStatement = (payload: Uint8Array): Statement | string =>
  readPayload(payload, statementSchema, 'residency statement');

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
