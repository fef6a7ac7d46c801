/** `enclave attest PATH`: what runs against what was declared. Exit 0: all claims hold; 1: anything else; 2: bad input. */
import { Command, Option } from 'commander';
import { version } from '../../package.json';
import {
  attest,
  attestationAsJson,
  attestationAsMarkdown,
  attestationAsSarif,
  attestationAsText,
  attestorPolicy,
  parseAccepted,
} from '../../lib/attestation';
import type { Attestation } from '../../lib/attestation';
import { SERVICES } from '../../lib/attestation/services';
import { assemblyAt } from '../aws/assembly';
import { regionsOption, roleOption } from '../aws/options';
import { readingsOf } from '../aws/readings';
import { AwsSession } from '../aws/session';
import { StateFile } from '../aws/state-file';
import { UsageError, registerAt } from '../input';

const VIEWS: Readonly<Record<string, (attestation: Attestation) => string>> = {
  text: attestationAsText,
  json: attestationAsJson,
  markdown: attestationAsMarkdown,
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
    .option('--print-policy', 'prints the IAM policy that the role of --role needs, and ends')
    .addOption(new Option('--format <format>', 'form of the answer').choices(Object.keys(VIEWS)).default('text'))
    .action(async (path: string | undefined, options: Options) => {
      if (options.printPolicy) {
        process.stdout.write(`${JSON.stringify(attestorPolicy(SERVICES), null, 2)}\n`);
        return;
      }
      if (path === undefined)
        throw new UsageError('attest: no path. Give the folder that cdk synth wrote, usually cdk.out.');
      process.exitCode = await attestDeployed(path, options);
    });
}

async function attestDeployed(path: string, options: Options): Promise<number> {
  const { role, regions, accepted, format } = options;
  const application = assemblyAt(path);
  const register = accepted === undefined ? [] : parseAccepted(registerAt(accepted), accepted);
  const now = new Date();
  const state = options.state === undefined ? undefined : StateFile.open(options.state, path, now.getTime());
  let calls = 0;
  const readings = readingsOf(new AwsSession({ role, sessionName: 'enclave-attest' }), {
    ...(state ? { memory: state } : {}),
    onCall: () => void (calls += 1),
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
  state?.finish();
  process.stdout.write(VIEWS[format]!(attestation));
  return attestation.verdict === 'holds' ? 0 : 1;
}
