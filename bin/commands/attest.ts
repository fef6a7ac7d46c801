/** `enclave attest PATH`: what runs against what was declared. Exit 0: all claims hold; 1: anything else; 2: bad input. */
import { Command, Option } from 'commander';
import { version } from '../../package.json';
import {
  AnswersDigest,
  attest,
  attestationAsHtml,
  attestationAsJson,
  attestationAsMarkdown,
  attestationAsSarif,
  attestationAsText,
  attestorPolicy,
  isDeclared,
  parseAccepted,
} from '../../lib/attestation';
import type { Attestation } from '../../lib/attestation';
import { SERVICES } from '../../lib/attestation/services';
import { writeAnswer } from '../answer';
import { publishAssembly } from '../attestation/publish-assembly';
import { DSSE, attestationEvidence, documentBeside } from '../attestation-evidence';
import { assemblyAt } from '../aws/assembly';
import { regionsOption, roleOption } from '../aws/options';
import { readingsOf } from '../aws/readings';
import { AwsSession } from '../aws/session';
import { StateFile } from '../aws/state-file';
import { filesOf } from '../hashes';
import { UsageError, registerAt } from '../input';
import type { Signer } from '../signing';
import { signerOf } from './register';

const VIEWS: Readonly<Record<string, (attestation: Attestation) => string>> = {
  text: attestationAsText,
  json: attestationAsJson,
  markdown: attestationAsMarkdown,
  html: (attestation) => attestationAsHtml(attestation, version),
  sarif: (attestation) => attestationAsSarif(attestation, version),
};

interface Options {
  readonly role?: string;
  readonly regions?: readonly string[];
  readonly accepted?: string;
  readonly state?: string;
  readonly progress?: boolean;
  readonly format: string;
  readonly printPolicy?: boolean;
  readonly statement?: string;
  readonly signWith?: string;
  readonly publish?: string;
  readonly evidence?: string;
}

/** The command, ready to be added to the program. */
export function attestCommand(): Command {
  return new Command('attest')
    .description(
      'Does what is deployed equal what the templates declare? Reads settings, never contents; changes nothing.',
    )
    .argument('[path]', 'cdk.out folder')
    .addOption(roleOption())
    .addOption(regionsOption())
    .option('--accepted <file>', 'register of stores and keys of other stacks that may stand')
    .option('--state <file>', 'keeps answers there, so that an interrupted run goes on where it stopped')
    .option('--progress', 'says on standard error how far it is')
    .option('--statement <file>', 'writes a signed statement there (*.dsse.json), and beside it what it speaks of')
    .option('--sign-with <key>', 'kms:ARN of an asymmetric key of AWS KMS, or file:PEM for development')
    .option('--publish <bucket@region>', 'hands the assembly to the scheduled attestation instead of attesting')
    .option('--evidence <folder>', 'with --publish: what enclave register wrote and signed about the assembly')
    .option('--print-policy', 'prints the IAM policy that the role of --role needs, and ends')
    .addOption(new Option('--format <format>', 'form of the answer').choices(Object.keys(VIEWS)).default('text'))
    .action(async (path: string | undefined, options: Options) => {
      if (options.printPolicy) {
        process.stdout.write(`${JSON.stringify(attestorPolicy(SERVICES), null, 2)}\n`);
        return;
      }
      if (path === undefined)
        throw new UsageError('attest: no path. Give the folder that cdk synth wrote, usually cdk.out.');
      process.exitCode = await (options.publish === undefined ? attestDeployed : publish)(path, options);
    });
}

async function publish(path: string, { publish: target = '', evidence }: Options): Promise<number> {
  if (evidence === undefined)
    throw new UsageError('attest: --publish needs --evidence. Name the folder that enclave register wrote and signed.');
  process.stdout.write(`${await publishAssembly(path, target, evidence)}\n`);
  return 0;
}

async function attestDeployed(path: string, options: Options): Promise<number> {
  const { role, regions, accepted, format, statement } = options;
  const signer = statementSigner(options);
  const application = assemblyAt(path);
  const register = accepted === undefined ? [] : parseAccepted(registerAt(accepted), accepted);
  const now = new Date();
  const state = options.state === undefined ? undefined : StateFile.open(options.state, path, now.getTime());
  const answers = new AnswersDigest();
  let calls = 0;
  const readings = readingsOf(new AwsSession({ role, sessionName: 'enclave-attest' }), {
    ...(state ? { memory: state } : {}),
    onCall: () => void (calls += 1),
    onAnswer: (question, answer) => answers.note(question, answer),
  });
  const attestation = await attest(application, readings, {
    services: SERVICES,
    regions: regions ?? 'enabled',
    accepted: register,
    today: now.toISOString().slice(0, 10),
    onPlace: ({ account, region }, done, all) => {
      if (options.progress) process.stderr.write(`${done}/${all} ${account} ${region}: ${calls} calls so far\n`);
    },
  });
  if (statement !== undefined && signer) {
    const declared = filesOf(path).filter(({ name }) => isDeclared(name));
    const run = { attestation, answers, declared, accountsLeftOut: [], attestedAt: now };
    const evidence = await attestationEvidence(run, signer, statement);
    writeAnswer(evidence.document, documentBeside(statement));
    writeAnswer(evidence.statement, statement);
  }
  state?.finish();
  process.stdout.write(VIEWS[format]!(attestation));
  return attestation.verdict === 'holds' ? 0 : 1;
}

/** Who signs the statement that is asked for. Asked before anything is read, so that a wrong key costs no run. */
function statementSigner({ statement, signWith }: Options): Signer | undefined {
  if (statement === undefined && signWith === undefined) return undefined;
  if (statement === undefined || signWith === undefined)
    throw new UsageError('attest: --statement and --sign-with belong together. Name a file and a key.');
  if (!statement.endsWith(DSSE))
    throw new UsageError(`${statement}: a statement is a *${DSSE} file; what it speaks of is written beside it.`);
  const [, kind, key] = /^(kms|file):(.+)$/u.exec(signWith) ?? [];
  if (kind === undefined || key === undefined)
    throw new UsageError(`${signWith}: is no key to sign with. Write kms:ARN or file:PEM.`);
  return signerOf(kind === 'kms' ? { signKms: key } : { signKey: key });
}
