/**
 * `enclave verify EVIDENCE --assembly cdk.out --key PUB.pem`: is this the assembly that was judged, and would it be judged so
 * again? Exit 0: yes; 1: no, with what changed; 2: bad input.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import {
  objections,
  optionsTold,
  preAuthenticationEncoding,
  readEnvelope,
  readStatement,
  rulesVersion,
  sha256,
} from '../../lib/report/statement';
import type { Statement } from '../../lib/report/statement';
import { NOTHING_REGISTERED, judge } from '../../lib/residency';

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
  const statement = readStatement(payload);
  if (typeof statement === 'string') return answer([`statement: ${statement}`]);
  const keyId = statement.predicate.signer.keyId;
  const named = keyId === signature!.keyid ? [] : ['statement: its key id is not the one that was signed'];
  return answer([...named, ...objectionsTo(statement, file, assembly)], statement);
}

function objectionsTo(statement: Statement, file: string, assembly: string): readonly string[] {
  const { predicate } = statement;
  const folder = dirname(file);
  const documents = predicate.documents.flatMap(({ name }) => {
    const path = join(folder, name);
    return existsSync(path) ? [{ name, sha256: sha256(readFileSync(path)) }] : [];
  });
  const { region, account } = predicate.told;
  const application = judgedAssembly(assembly, {
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
  });
  return objections(statement, {
    files: filesOf(assembly, folder),
    documents,
    rules: rulesVersion(),
    judgement: judge(application, { ...NOTHING_REGISTERED, ...optionsTold(predicate) }),
  });
}

function answer(found: readonly string[], statement?: Statement): number {
  for (const objection of found) process.stdout.write(`${objection}\n`);
  if (found.length > 0 || !statement) {
    process.stdout.write('not verified\n');
    return 1;
  }
  const { predicate, subject } = statement;
  process.stdout.write(
    `${subject.length} files and ${predicate.documents.length} documents as signed; judged again: ${predicate.verdict}\n` +
      `${predicate.signer.note} (${predicate.signer.keyId}), judged on ${predicate.judgedOn}\nverified\n`,
  );
  return 0;
}
