/**
 * `enclave verify EVIDENCE --assembly cdk.out --key PUB.pem`: is this the assembly that was judged, and would it be judged so
 * again? Of a statement of an attestation: is this the assembly it was compared with? Exit 0: yes; 1: no, with what changed; 2: bad input.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import {
  objections,
  optionsTold,
  preAuthenticationEncoding,
  predicateTypeOf,
  readEnvelope,
  readStatement,
  rulesVersion,
  sha256,
} from '../../lib/report/statement';
import type { Statement } from '../../lib/report/statement';
import {
  ATTESTATION_TYPE,
  attestationObjections,
  isDeclared,
  readAttestationStatement,
} from '../../lib/attestation/statement';
import type { AttestationStatement } from '../../lib/attestation/statement';
import { NOTHING_REGISTERED, judge } from '../../lib/residency';

import type { HashedFile } from '../../lib/report/register';
import { requireManifest } from '../aws/assembly';
import { filesOf } from '../hashes';
import { UsageError } from '../input';
import { judgedAssembly } from '../judged-assembly';
import { isSignedBy, publicKeyAt } from '../signing';
import { STATEMENT } from './register';

interface VerifyOptions {
  readonly assembly: string;
  readonly key: string;
}

/** The command, ready to be added to the program. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('Does signed evidence fit an assembly? Checks signature and hashes, and judges the assembly again.')
    .argument('<evidence>', 'folder that enclave register wrote, or the signed statement in it')
    .requiredOption('--assembly <path>', 'cdk.out folder that the evidence is about')
    .requiredOption('--key <file>', 'public key of the signer, in PEM form')
    .action((evidence: string, options: VerifyOptions) => {
      process.exitCode = verifyEvidence(evidence, options);
    });
}

function verifyEvidence(evidence: string, { assembly, key }: VerifyOptions): number {
  const file = existsSync(evidence) && statSync(evidence).isDirectory() ? join(evidence, STATEMENT) : evidence;
  const publicKey = publicKeyAt(key);
  if (!existsSync(file))
    throw new UsageError(
      `${file}: no signed statement there. Write one with enclave register --sign-kms or --sign-key.`,
    );
  const read = readEnvelope(readFileSync(file, 'utf8'));
  if (typeof read === 'string') return answer([`statement: ${read}`]);
  const { envelope, payload } = read;
  const [signature] = envelope.signatures;
  const encoded = preAuthenticationEncoding(envelope.payloadType, payload);
  if (!isSignedBy(publicKey, encoded, Buffer.from(signature!.sig, 'base64')))
    return answer(['signature: it is not that of this key over this statement']);
  const named = (signedId: string): readonly string[] =>
    signedId === signature!.keyid ? [] : ['statement: its key id is not the one that was signed'];
  if (predicateTypeOf(payload) === ATTESTATION_TYPE) {
    const attestation = readAttestationStatement(payload);
    if (typeof attestation === 'string') return answer([`statement: ${attestation}`]);
    const found = [
      ...named(attestation.predicate.signer.keyId),
      ...objectionsToAttestation(attestation, file, assembly),
    ];
    return answer(found, attestedWords(attestation));
  }
  const statement = readStatement(payload);
  if (typeof statement === 'string') return answer([`statement: ${statement}`]);
  const found = [...named(statement.predicate.signer.keyId), ...objectionsTo(statement, file, assembly)];
  return answer(found, judgedWords(statement));
}

function objectionsToAttestation(statement: AttestationStatement, file: string, assembly: string): readonly string[] {
  requireManifest(assembly);
  return attestationObjections(statement, {
    declared: filesOf(assembly, dirname(file)).filter(({ name }) => isDeclared(name)),
    documents: documentsBeside(file, statement.predicate.documents),
    rules: rulesVersion(),
  });
}

/** Documents a statement names, as they lie beside it now. */
const documentsBeside = (file: string, stated: readonly { readonly name: string }[]): readonly HashedFile[] =>
  stated.flatMap(({ name }) => {
    const path = join(dirname(file), name);
    return existsSync(path) ? [{ name, sha256: sha256(readFileSync(path)) }] : [];
  });

function objectionsTo(statement: Statement, file: string, assembly: string): readonly string[] {
  const { predicate } = statement;
  const folder = dirname(file);
  const { region, account } = predicate.told;
  const application = judgedAssembly(assembly, {
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
  });
  return objections(statement, {
    files: filesOf(assembly, folder),
    documents: documentsBeside(file, predicate.documents),
    rules: rulesVersion(),
    judgement: judge(application, { ...NOTHING_REGISTERED, ...optionsTold(predicate) }),
  });
}

function answer(found: readonly string[], verified?: string): number {
  for (const objection of found) process.stdout.write(`${objection}\n`);
  if (found.length > 0 || verified === undefined) {
    process.stdout.write('not verified\n');
    return 1;
  }
  process.stdout.write(`${verified}\nverified\n`);
  return 0;
}

const judgedWords = ({ predicate, subject }: Statement): string =>
  `${subject.length} files and ${predicate.documents.length} documents as signed; judged again: ${predicate.verdict}\n` +
  `${predicate.signer.note} (${predicate.signer.keyId}), judged on ${predicate.judgedOn}`;

function attestedWords({ predicate, subject }: AttestationStatement): string {
  const { verdict, counts, signer, attestedAt, places, accountsLeftOut } = predicate;
  const found = Object.entries(counts)
    .map(([word, number]) => `${number} ${word}`)
    .join(', ');
  const left = accountsLeftOut.length > 0 ? `; not looked into: ${accountsLeftOut.join(', ')}` : '';
  return (
    `${subject.length} templates and ${predicate.documents.length} documents as signed; attested: ${verdict} (${found}) in ${places.length} places${left}\n` +
    `${signer.note} (${signer.keyId}), attested at ${attestedAt}`
  );
}
