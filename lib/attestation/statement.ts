/** A signed statement that what runs was compared with an assembly: an in-toto Statement v1 whose subject is the assembly. */
import { z } from 'zod';
import {
  STATEMENT_TYPE,
  canonicalJson,
  count,
  differing,
  hash,
  hashed,
  otherRules,
  readPayload,
  rules,
  sha256,
  signer,
  statementAbout,
  subjectOf,
  tool,
} from '../report/statement';
import type { RulesVersion } from '../report/statement';
import type { AnswersDigest } from './answers-digest';
import type { Attestation } from './model';

/** A name, not an address: nothing is fetched from it. */
export const ATTESTATION_TYPE = 'urn:eea-enclave:attestation:v1';

const predicateSchema = z.strictObject({
  verdict: z.enum(['holds', 'broken', 'unseen', 'unexpected']),
  counts: z.strictObject({ holds: count, broken: count, unseen: count, unexpected: count }),
  /** SHA-256 over every claim with its verdict and everything unexpected: the same when nothing changed. */
  claims: hash,
  /** What AWS answered: how many questions, and a SHA-256 over them and their answers. */
  answers: z.strictObject({ asked: count, sha256: hash }),
  /** Account and Region of every place that was looked at. */
  places: z.array(z.strictObject({ account: z.string(), region: z.string() })),
  /** Accounts the assembly deploys to that this run did not look into. */
  accountsLeftOut: z.array(z.string()),
  channels: z.strictObject({ attested: count, unseen: count, impossible: count }),
  rules,
  tool,
  /** When the run began. */
  attestedAt: z.iso.datetime(),
  /** The whole attestation, beside the statement. */
  documents: z.array(hashed),
  signer,
});

const statementSchema = statementAbout(ATTESTATION_TYPE, predicateSchema);

export type AttestationPredicate = z.output<typeof predicateSchema>;
export type AttestationStatement = z.output<typeof statementSchema>;

type HashedFiles = readonly z.output<typeof hashed>[];

/** Files of an assembly that an attestation reads: the manifest and every template. */
export const isDeclared = (name: string): boolean => /(^|\/)(manifest\.json|[^/]+\.template\.json)$/u.test(name);

/** The part of a predicate that an attestation answers for. */
export function attestationDigest({
  verdict,
  counts,
  claims,
  unexpected,
  places,
  channels,
}: Attestation): Pick<AttestationPredicate, 'verdict' | 'counts' | 'claims' | 'places' | 'channels'> {
  return {
    verdict,
    counts,
    claims: sha256(
      canonicalJson([
        claims.map(({ id, verdict: each, expected }) => [id, each, expected]),
        unexpected.map(({ id }) => id),
      ]),
    ),
    places: [...places],
    channels: {
      attested: channels.attested.length,
      unseen: channels.unseen.length,
      impossible: channels.impossible.length,
    },
  };
}

export const answersOf = ({ asked, sha256: digest }: AnswersDigest): AttestationPredicate['answers'] => ({
  asked,
  sha256: digest,
});

/** A statement about these files. */
export const attestationStatement = (files: HashedFiles, predicate: AttestationPredicate): AttestationStatement => ({
  _type: STATEMENT_TYPE,
  subject: subjectOf(files),
  predicateType: ATTESTATION_TYPE,
  predicate,
});

/** Reads a payload. Answers with what is wrong when it is no statement of an attestation. */
export const readAttestationStatement = (payload: Uint8Array): AttestationStatement | string =>
  readPayload(payload, statementSchema, 'statement of an attestation');

/** What is found on disk. */
export interface FoundFiles {
  /** Manifest and templates of the assembly. */
  readonly declared: HashedFiles;
  /** Documents beside the statement. */
  readonly documents: HashedFiles;
  readonly rules: RulesVersion;
}

/** What differs from the statement, in sentences; empty when nothing does. What AWS answered then cannot be asked again. */
export const attestationObjections = (
  { subject, predicate }: AttestationStatement,
  found: FoundFiles,
): readonly string[] => [
  ...differing(
    'assembly',
    subject.map(({ name, digest }) => ({ name, sha256: digest.sha256 })),
    found.declared,
    true,
  ),
  ...differing('evidence', predicate.documents, found.documents, false),
  ...otherRules(predicate.rules, found.rules),
];
