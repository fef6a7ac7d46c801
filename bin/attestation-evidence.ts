/** A finished attestation as evidence: the document, and the signed statement about it. */
import { basename } from 'node:path';
import { answersOf, attestationAsJson, attestationDigest, attestationStatement } from '../lib/attestation';
import type { AnswersDigest, Attestation, AttestationStatement } from '../lib/attestation';
import { rulesVersion, sha256 } from '../lib/report/statement';
import { version } from '../package.json';
import { signed } from './signing';
import type { Signer } from './signing';

export interface AttestationRun {
  readonly attestation: Attestation;
  readonly answers: AnswersDigest;
  /** Manifest and templates that were compared with. */
  readonly declared: readonly { readonly name: string; readonly sha256: string }[];
  /** Accounts of the assembly that were not looked into. */
  readonly accountsLeftOut: readonly string[];
  /** When the run began. */
  readonly attestedAt: Date;
}

/** Ending of the names of signed statements. */
export const DSSE = '.dsse.json';

/** The document beside a statement: `daily.dsse.json` speaks of `daily.json`. */
export const documentBeside = (statement: string): string => `${statement.slice(0, -DSSE.length)}.json`;

/** @param file name of the statement, ending in `.dsse.json`. @returns file name → text */
export async function attestationEvidence(
  run: AttestationRun,
  signer: Signer,
  file: string,
): Promise<{ readonly statement: string; readonly document: string }> {
  const document = attestationAsJson(run.attestation);
  const statement: AttestationStatement = attestationStatement(run.declared, {
    ...attestationDigest(run.attestation),
    answers: answersOf(run.answers),
    accountsLeftOut: [...run.accountsLeftOut],
    rules: rulesVersion(),
    tool: { name: 'enclave', version },
    attestedAt: run.attestedAt.toISOString(),
    documents: [{ name: basename(documentBeside(file)), sha256: sha256(document) }],
    signer: { kind: signer.kind, keyId: signer.keyId, note: signer.note },
  });
  return { document, statement: await signed(JSON.stringify(statement), signer) };
}
