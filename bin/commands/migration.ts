/**
 * `enclave migration manifest|ledger|verify`: what a source held, whether it arrived unchanged, whether the source is gone.
 * Exit 0: as it should be; 1: something is missing, different, unproven, or the signature does not fit; 2: bad input.
 */
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { findRegion } from '../../lib/geo';
import { ledgerOf } from '../../lib/migration/ledger';
import type { Ledger } from '../../lib/migration/ledger';
import { manifestDigest, manifestText, readManifest } from '../../lib/migration/manifest';
import type { Manifest } from '../../lib/migration/manifest';
import { STATEMENT_TYPE, preAuthenticationEncoding, readEnvelope } from '../../lib/report/statement';
import type * as ObjectManifest from '../aws/object-manifest';
import { UsageError } from '../input';
import { isSignedBy, publicKeyAt, signed } from '../signing';
import { signerOf } from './register';

const load = createRequire(__filename);

/** What the signed statement of a ledger says it is. */
const PREDICATE_TYPE = 'urn:eea-enclave:migration-ledger:v1';

const caseSchema = z.strictObject({
  site: z.string().min(1),
  sunset: z.iso.date(),
  sources: z.array(
    z.strictObject({ id: z.string().min(1), source: z.string(), arrived: z.string(), after: z.string().optional() }),
  ),
  rows: z.array(
    z.strictObject({ table: z.string().min(1), source: z.int().nonnegative(), arrived: z.int().nonnegative() }),
  ),
});

interface ManifestOptions {
  readonly bucket: string;
  readonly region: string;
  readonly output: string;
}

interface LedgerOptions {
  readonly output: string;
  readonly signKms?: string;
  readonly signKey?: string;
}

/** The command, ready to be added to the program. */
export function migrationCommand(): Command {
  const command = new Command('migration').description('Was everything brought in, unchanged, and is the source gone?');
  command
    .command('manifest')
    .description('Writes down what a bucket holds, with the checksums S3 computed. Reads only.')
    .requiredOption('--bucket <name>', 'bucket to read')
    .requiredOption('--region <name>', 'Region the bucket stands in')
    .requiredOption('--output <file>', 'where the manifest is written')
    .action(async (options: ManifestOptions) => {
      process.exitCode = await writeManifest(options);
    });
  command
    .command('ledger')
    .description('Compares manifests and row counts, and writes the ledger, signed if a key is named.')
    .argument('<case>', 'JSON file: site, sunset, sources (manifest files), rows (counts)')
    .requiredOption('--output <file>', 'where the ledger is written')
    .option('--sign-kms <arn>', 'sign with this asymmetric key of AWS KMS')
    .option('--sign-key <file>', 'sign with a private key in a PEM file, for development')
    .action(async (file: string, options: LedgerOptions) => {
      process.exitCode = await writeLedger(file, options);
    });
  command
    .command('verify')
    .description('Does the signature of a ledger fit?')
    .argument('<ledger>', 'signed ledger')
    .requiredOption('--key <file>', 'public key of the signer, in PEM form')
    .action((file: string, { key }: { readonly key: string }) => {
      process.exitCode = verifyLedger(file, key);
    });
  return command;
}

async function writeManifest({ bucket, region, output }: ManifestOptions): Promise<number> {
  if (!findRegion(region))
    throw new UsageError(`--region: no Region is called ${region}. Name where the bucket stands.`);
  const { readObjectManifest } = load('../aws/object-manifest') as typeof ObjectManifest;
  const manifest = await readObjectManifest(bucket, region, new Date());
  const text = manifestText(manifest);
  writeFileSync(output, text);
  process.stdout.write(
    `${bucket} in ${region}: ${manifest.state}, ${manifest.objects.length} objects, ${manifest.versions} versions\n${output} sha256 ${manifestDigest(text)}\n`,
  );
  return 0;
}

async function writeLedger(file: string, options: LedgerOptions): Promise<number> {
  if (options.signKms !== undefined && options.signKey !== undefined)
    throw new UsageError('--sign-kms and --sign-key: one ledger has one signature. Name one of them.');
  const wanted = caseAt(file);
  const digests: { name: string; digest: { sha256: string } }[] = [];
  const manifestAt = (name: string): Manifest => {
    const path = join(dirname(file), name);
    const text = textAt(path);
    const manifest = readManifest(text);
    if (typeof manifest === 'string') throw new UsageError(`${path}: ${manifest}.`);
    digests.push({ name: basename(name), digest: { sha256: manifestDigest(text) } });
    return manifest;
  };
  const ledger = ledgerOf(
    { site: wanted.site, sunset: wanted.sunset, day: new Date().toISOString().slice(0, 10) },
    wanted.sources.map(({ id, source, arrived, after }) => ({
      id,
      source: manifestAt(source),
      arrived: manifestAt(arrived),
      ...(after === undefined ? {} : { after: manifestAt(after) }),
    })),
    wanted.rows,
  );
  const statement = { _type: STATEMENT_TYPE, subject: digests, predicateType: PREDICATE_TYPE, predicate: ledger };
  const signer = signerOf(options);
  writeFileSync(
    options.output,
    signer ? await signed(JSON.stringify(statement), signer) : `${JSON.stringify(statement, null, 2)}\n`,
  );
  process.stdout.write(`${ledgerWords(ledger)}${options.output} ${signer ? signer.note : 'not signed'}\n`);
  return ledger.verdict === 'incomplete' ? 1 : 0;
}

function ledgerWords({ objects, rows, decommissions, verdict }: Ledger): string {
  const lines = [
    ...objects.map(
      ({ id, counts, added }) =>
        `${id}: ${counts.same} same, ${counts.missing} missing, ${counts.different} different, ${counts.unproven} unproven, ${added} added`,
    ),
    ...objects.flatMap(({ notSame }) => notSame.map(({ key, why }) => `  ${key}: ${why}`)),
    ...rows.map(({ table, source, arrived }) => `${table}: ${source} rows at the source, ${arrived} arrived`),
    ...decommissions.map(({ bucket, verdict: gone, why }) => `source ${bucket}: ${gone}, ${why}`),
    `verdict: ${verdict}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function verifyLedger(file: string, key: string): number {
  const publicKey = publicKeyAt(key);
  const read = readEnvelope(textAt(file));
  if (typeof read === 'string') {
    process.stdout.write(`ledger: ${read}\n`);
    return 1;
  }
  const { envelope, payload } = read;
  const encoded = preAuthenticationEncoding(envelope.payloadType, payload);
  const { predicateType } = JSON.parse(payload.toString('utf8')) as { predicateType?: unknown };
  const fits =
    isSignedBy(publicKey, encoded, Buffer.from(envelope.signatures[0]!.sig, 'base64')) &&
    predicateType === PREDICATE_TYPE;
  process.stdout.write(
    fits ? 'ledger: signed by this key\n' : 'ledger: the signature is not that of this key over a ledger\n',
  );
  return fits ? 0 : 1;
}

function caseAt(file: string): z.output<typeof caseSchema> {
  let value: unknown;
  try {
    value = JSON.parse(textAt(file));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file}: is no JSON. Write site, sunset, sources and rows.`);
  }
  const read = caseSchema.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0]!;
  throw new UsageError(`${file}: ${issue.path.join('.') || 'the case'}: ${issue.message}. See docs/migration.md.`);
}

function textAt(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(
      `${path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}). Give the path of a file you may read.`,
    );
  }
}
