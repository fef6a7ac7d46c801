/** The function that runs in the auditor's account, once a day. The only place here that reads the environment and the clock. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAccepted } from '../../lib/attestation';
import { SERVICES } from '../../lib/attestation/services';
import { kmsSigner } from '../aws/kms-signer';
import { kmsVerifier } from '../aws/kms-verifier';
import { readingsOf } from '../aws/readings';
import { AwsSession } from '../aws/session';
import { ACCEPTED_FILE } from './accepted-file';
import { bucketObjects, putObject } from './bucket-objects';
import { metricLine } from './metrics';
import { attestOnSchedule } from './scheduled-run';
import { settingsFrom } from './settings';

/** What EventBridge sends; an attempt that is repeated is sent the same. */
interface ScheduledEvent {
  readonly id: string;
}

interface Invocation {
  getRemainingTimeInMillis(): number;
}

export async function handler({ id }: ScheduledEvent, invocation: Invocation): Promise<{ readonly verdict: string }> {
  const settings = settingsFrom(process.env);
  const accepted = JSON.parse(readFileSync(join(__dirname, ACCEPTED_FILE), 'utf8')) as unknown;
  const session = new AwsSession({
    role: settings.ATTESTOR,
    // The perimeter lets this role look into every Region, and the function itself into its own.
    alsoAtHome: true,
    sessionName: 'enclave-attestation',
    externalId: (account) => settings.EXTERNAL_IDS[account],
  });
  const { verdict, counts } = await attestOnSchedule(
    {
      id,
      accounts: settings.ACCOUNTS,
      regions: settings.REGIONS,
      accepted: parseAccepted(accepted, ACCEPTED_FILE),
      services: SERVICES,
      assemblyKey: settings.ASSEMBLY_KEY,
    },
    {
      objects: bucketObjects(settings.BUCKET, settings.DATA_KEY),
      archive: (key, text) => putObject(settings.ARCHIVE, settings.DATA_KEY, key, text),
      verify: kmsVerifier(settings.ASSEMBLY_KEY),
      signer: kmsSigner(settings.STATEMENT_KEY),
      readings: (options) => readingsOf(session, options),
      now: () => new Date(),
      remaining: () => invocation.getRemainingTimeInMillis(),
    },
  );
  process.stdout.write(`${metricLine(settings.METRICS, counts, Date.now())}\n`);
  return { verdict };
}
