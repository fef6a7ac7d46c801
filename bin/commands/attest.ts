/** `enclave attest PATH`: what runs against what was declared. Exit 0: all claims hold; 1: anything else; 2: bad input. */
import { Command, Option } from 'commander';
import { attest, attestationAsJson, attestationAsMarkdown, attestationAsText } from '../../lib/attestation';
import type { ReaderFactory } from '../../lib/attestation';
import { kmsReader } from '../../lib/attestation/kms-reader';
import { assemblyAt } from '../aws/assembly';
import { regionsOption, roleOption } from '../aws/options';
import { AwsSession } from '../aws/session';

const VIEWS = { text: attestationAsText, json: attestationAsJson, markdown: attestationAsMarkdown };

interface AttestOptions {
  readonly role?: string;
  readonly regions?: readonly string[];
  readonly format: keyof typeof VIEWS;
}

/** The command, ready to be added to the program. */
export function attestCommand(): Command {
  return new Command('attest')
    .description('Does what is deployed equal what the templates declare? Reads customer keys, changes nothing.')
    .argument('<path>', 'cdk.out folder')
    .addOption(roleOption())
    .addOption(regionsOption())
    .addOption(new Option('--format <format>', 'form of the answer').choices(Object.keys(VIEWS)).default('text'))
    .action(async (path: string, options: AttestOptions) => {
      process.exitCode = await attestDeployed(path, options);
    });
}

async function attestDeployed(path: string, { role, regions = [], format }: AttestOptions): Promise<number> {
  const application = assemblyAt(path);
  const session = new AwsSession({ role, sessionName: 'enclave-attest' });
  const readers: ReaderFactory = async (account, region) => {
    const access = await session.access(account, region);
    return 'why' in access ? access : kmsReader(access);
  };
  const attestation = await attest(application, readers, { regions });
  process.stdout.write(VIEWS[format](attestation));
  return attestation.verdict === 'holds' ? 0 : 1;
}
