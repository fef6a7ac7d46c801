/** `enclave register PATH --output DIR`: the evidence of an assembly, signed if a key is named. Exit 0: written; 2: bad input. */
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { INVARIANTS, ProofRefusal, prove, readPolicies } from '../../lib/proof';
import { registerDocuments } from '../../lib/report/register';
import type { Proven } from '../../lib/report/register';
import { judgementDigest, rulesVersion, sha256, statementOf } from '../../lib/report/statement';
import type { Predicate } from '../../lib/report/statement';
import { judge } from '../../lib/residency';
import type { JudgeOptions } from '../../lib/residency';
import type { Application } from '../../lib/template';
import { version } from '../../package.json';
import { writeDocuments } from '../answer';

import type * as KmsSigner from '../aws/kms-signer';
import { enclaveRecordOf } from '../enclave-record';
import { filesOf } from '../hashes';
import { UsageError } from '../input';
import { judgedAssembly } from '../judged-assembly';
import { judgeOptions, withJudgingOptions } from '../judging';
import type { JudgingOptions } from '../judging';
import { matrixOf } from '../side';
import { developmentSigner, signed } from '../signing';
import type { Signer } from '../signing';

const load = createRequire(__filename);

/** Name of the signed statement among the documents. */
export const STATEMENT = 'statement.dsse.json';

/** Name of the proof among the documents. */
const PROOF = 'proof.json';

export const TOOL = { name: 'enclave', version };

interface RegisterOptions extends JudgingOptions {
  readonly output: string;
  readonly asOf?: string;
  readonly signKms?: string;
  readonly signKey?: string;
}

/** The command, ready to be added to the program. */
export function registerCommand(): Command {
  const command = new Command('register')
    .description('Writes the evidence: what stands where, what leaves, who holds the keys, what was promised.')
    .argument('<path>', 'cdk.out folder')
    .requiredOption('--output <folder>', 'where the documents are written');
  return withJudgingOptions(command)
    .option('--as-of <date>', 'day on which exceptions must hold; default: today', isoDate)
    .option('--sign-kms <arn>', 'sign a statement with this asymmetric key of AWS KMS')
    .option('--sign-key <file>', 'sign a statement with a private key in a PEM file, for development')
    .action(async (path: string, options: RegisterOptions) => {
      process.exitCode = await register(path, options);
    });
}

async function register(path: string, options: RegisterOptions): Promise<number> {
  const { output, signKms, signKey } = options;
  if (resolve(output) === resolve(path) || resolve(output) === resolve(path, 'evidence'))
    throw new UsageError(`${output}: belongs to the synthesis that wrote it. Name a folder of its own.`);
  if (signKms !== undefined && signKey !== undefined)
    throw new UsageError('--sign-kms and --sign-key: one statement has one signature. Name one of them.');
  const signer = signerOf(options);
  const judgedOn = options.asOf ?? new Date().toISOString().slice(0, 10);
  const told = judgeOptions(options, new Date(`${judgedOn}T00:00:00Z`));
  const application = judgedAssembly(path, options);
  const judgement = judge(application, told);
  const files = filesOf(path, output);
  const rules = rulesVersion();
  const enclave = enclaveRecordOf(path);
  const matrix = matrixOf(path);
  const proof = provenOf(application);
  const documents = new Map(
    registerDocuments({
      application,
      judgement,
      options: told,
      judgedOn,
      files,
      tool: TOOL,
      rules,
      ...(enclave ? { enclave } : {}),
      ...(matrix ? { matrix } : {}),
      ...(proof ? { proof } : {}),
    }),
  );
  if (signer) {
    const predicate: Predicate = {
      ...judgementDigest(judgement),
      rules,
      tool: TOOL,
      judgedOn,
      told: toldOf(told, options),
      documents: [...documents].map(([name, text]) => ({ name, sha256: sha256(text) })),
      proofs: [{ name: PROOF, sha256: sha256(documents.get(PROOF)!) }],
      signer: { kind: signer.kind, keyId: signer.keyId, note: signer.note },
    };
    documents.set(STATEMENT, await signed(JSON.stringify(statementOf(files, predicate)), signer));
  }
  writeDocuments(output, documents);
  const words = signer ? `, ${signer.note}` : ', not signed';
  process.stdout.write(
    `${documents.size} documents about ${basename(path)} in ${join(output)}${words}\nverdict: ${judgement.verdict}, ${judgement.findings.length} findings\n`,
  );
  return 0;
}

/** What the prover says of an assembly that has policies of an organisation; another has no perimeter to prove. */
function provenOf(application: Application): Proven | undefined {
  if (application.ofType('AWS::Organizations::Policy').length === 0) return undefined;
  try {
    return { report: prove(readPolicies(application), INVARIANTS) };
  } catch (error) {
    if (error instanceof ProofRefusal) return { refused: error.message };
    throw error;
  }
}

export function signerOf({ signKms, signKey }: Pick<RegisterOptions, 'signKms' | 'signKey'>): Signer | undefined {
  // The SDK takes time to load, and most runs of the command line sign nothing with it.
  if (signKms !== undefined) return (load('../aws/kms-signer') as typeof KmsSigner).kmsSigner(signKms);
  return signKey === undefined ? undefined : developmentSigner(signKey);
}

function toldOf({ stores, waivers, transfers }: JudgeOptions, options: RegisterOptions): Predicate['told'] {
  const { region, account } = options;
  return {
    class: options.class,
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
    stores,
    waivers: [...waivers],
    transfers: [...transfers],
  };
}

function isoDate(value: string): string {
  const time = Date.parse(`${value}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value)
    throw new InvalidArgumentError('A date is written YYYY-MM-DD.');
  return value;
}
