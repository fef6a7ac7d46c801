import { createHash, randomBytes } from 'node:crypto';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import {
  CopyObjectCommand,
  GetBucketEncryptionCommand,
  GetBucketReplicationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { stacksOf } from '../../../bin/aws/assembly';
import { readObjectManifest } from '../../../bin/aws/object-manifest';
import { recoveringEnclave } from '../../../config/examples/recovery';
import { parseEnclave } from '../../../config/parse';
import { recoveriesOf } from '../../../lib/enclave/recovery/recovery';
import { bucketName, replicaBucketName } from '../../../lib/enclave/names';
import { ledgerOf } from '../../../lib/migration/ledger';
import type { Manifest } from '../../../lib/migration/manifest';
import { synthesiseTo } from '../../../test/deployment/assembly';
import { policiesAt } from '../../proof/shipped';
import { inParallel } from './in-parallel';
import { loseByForce } from './loss-by-force';
import { callsBeside, carryingCalls, restoringCalls, writingCalls } from './recovery-calls';
import type { PlayedCall } from './recovery-calls';
import { attestedText, secondsSince } from './world';
import type { Exercise, Shown, World } from './world';

/** Largest object, in bytes: a round trip is what is measured, not a disk. */
const LARGEST = 65_536;

interface Store {
  readonly home: string;
  readonly copies: string;
}

/** A site is filled, lost, deployed anew, filled again from its partner's copies, and closed again. */
export const losingASite: Exercise = {
  name: 'losing a site',
  notShown:
    'replication itself (the emulator copies no object: what S3 would write, as replicas and on the way home, is written by the same calls with the same role), its lag, buckets with object lock (the emulator updates none that holds objects), enforcement of any policy while objects move (the evaluator plays the calls instead), the time of a real Region, databases, tables.',
  async run(world) {
    const config = parseEnclave(recoveringEnclave);
    const [recovery] = recoveriesOf(config);
    const { lost, partner, roleArn } = recovery!;
    // The emulator updates no bucket with object lock that holds objects, as S3 does: those stay empty.
    const stores = config.stores.flatMap((store): Store[] =>
      store.kind === 'bucket' && !store.objectLockDays
        ? [{ home: bucketName(lost, store.name), copies: replicaBucketName(lost, partner, store.name) }]
        : [],
    );
    const home = readingDates(new S3Client(await world.emulator.client(lost.site.account, lost.region.name)));
    const there = new S3Client(await world.emulator.client(partner.site.account, partner.region.name));
    const manifests = (): Promise<Manifest[]> =>
      Promise.all(stores.map((store) => readObjectManifest(store.home, lost.region.name, new Date(), home)));

    const keys = await fill(stores, world.objects, home, there);
    const before = await manifests();

    const stacks = stacksOf(world.assembly).filter(({ name }) => name.startsWith(`${lost.site.id}-`));
    const resources = await loseByForce(world.emulator, stacks);
    const gone = await inParallel(stores, (store) =>
      home.send(new HeadBucketCommand({ Bucket: store.home })).then(
        () => false,
        () => true,
      ),
    );
    const anew = await world.deploy(world.assembly);
    const empty = await manifests();

    const recovering = world.pathOf('recovering.out');
    synthesiseTo(recovering, recoveringEnclave);
    const judged = await world.command('check', recovering);
    const changed = concerned(world.assembly, lost.site.id, partner.site.id);
    const opened = await world.deploy(recovering, ...changed);
    const asRole = await clientOf(world, roleArn, partner.region.name);
    const started = Date.now();
    for (const store of stores) await carry(store, keys.get(store.home)!, there, asRole);
    const carrying = secondsSince(started);
    const after = await manifests();
    const ledger = ledgerOf(
      { site: lost.site.id, sunset: config.recovery!.until, day: new Date().toISOString().slice(0, 10) },
      stores.map(({ home: id }, i) => ({ id, source: before[i]!, arrived: after[i]! })),
      [],
    );
    const same = ledger.objects.reduce((sum, { counts }) => sum + counts.same, 0);
    const bytes = ledger.objects.reduce((sum, one) => sum + one.bytes.arrived, 0);
    const notSame = ledger.objects.reduce((sum, one) => sum + one.notSame.length + one.added, 0);

    const closed = await world.deploy(world.assembly, ...changed);
    const rules = await inParallel(stores, (store) =>
      there.send(new GetBucketReplicationCommand({ Bucket: store.copies })).then(
        () => 1,
        () => 0,
      ),
    );
    const attested = await world.attest();
    // KMS deletes no key at once; until then the attestation names them, and it should.
    const keyIds = resources.flatMap(({ type, id }) => (type === 'AWS::KMS::Key' ? [id] : []));
    const strange = attested.unexpected.filter((found) => !keyIds.some((id) => found.includes(id)));
    return [
      {
        what: `${lost.site.id} is lost: its stacks, buckets, tables, database, logs and keys`,
        seen: `${stacks.length} stacks with ${resources.length} resources taken away, ${gone.filter(Boolean).length} of ${stores.length} buckets gone`,
        holds: gone.every(Boolean) && resources.length > 0,
      },
      {
        what: 'it is deployed anew from the unchanged configuration, empty',
        seen: `${anew.seconds.toFixed(0)} s, ${anew.unchanged} stacks of the others without changes; ${empty.reduce((sum, { versions }) => sum + versions, 0)} objects`,
        holds: empty.every(({ state, versions }) => state === 'present' && versions === 0),
      },
      {
        what: 'with the recovery declared the judge finds every flow inside, and the stacks concerned are deployed',
        seen: `enclave check: exit ${judged.status}; ${changed.length} stacks in ${opened.seconds.toFixed(0)} s`,
        holds: judged.status === 0,
      },
      ...evaluated(world, recovering, config),
      {
        what: 'every object is carried home and verified by count, size and SHA-256',
        seen: `${same} of ${world.objects} objects the same, ${notSame} not; ${(bytes / 1_000_000).toFixed(1)} MB in ${carrying.toFixed(1)} s (${(world.objects / carrying).toFixed(0)} objects a second); ${(carrying / anew.seconds).toFixed(2)} of the time of the deployment`,
        holds: same === world.objects && notSame === 0,
      },
      {
        what: 'the recovery is taken out by a deployment: no bucket of copies sends anything',
        seen: `${closed.seconds.toFixed(0)} s; ${rules.reduce((sum: number, one) => sum + one, 0)} rules left`,
        holds: rules.every((one) => one === 0),
      },
      {
        what: 'attested against the shipped declaration: nothing broken, nothing unexpected but the lost keys in their waiting period',
        seen: `${attestedText(attested)}, of which ${attested.unexpected.length - strange.length} are keys that were lost`,
        holds: attested.broken.length === 0 && strange.length === 0,
      },
    ];
  },
};

/** The emulator answers GetObjectAttributes with a date of another form than S3's, over which the SDK stumbles. */
function readingDates(client: S3Client): S3Client {
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers = {} } = result.response as { headers?: Record<string, string> };
      const date = headers['last-modified'];
      if (date !== undefined) headers['last-modified'] = new Date(date).toUTCString();
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'readingDates' },
  );
  return client;
}

/** Writes objects into the site's buckets, and into the copies what the replication rules would. Keys by bucket. */
async function fill(
  stores: readonly Store[],
  objects: number,
  home: S3Client,
  there: S3Client,
): Promise<Map<string, string[]>> {
  const keys = new Map<string, string[]>(stores.map((store) => [store.home, []]));
  const all = Array.from({ length: objects }, (_, i) => ({ store: stores[i % stores.length]!, key: `object-${i}` }));
  await inParallel(all, async ({ store, key }) => {
    keys.get(store.home)!.push(key);
    const Body = randomBytes(1 + (createHash('sha256').update(key).digest().readUInt32BE() % LARGEST));
    const object = { Key: key, Body, ChecksumAlgorithm: 'SHA256', Tagging: 'origin=exercise' } as const;
    await home.send(new PutObjectCommand({ Bucket: store.home, ...object }));
    await there.send(new PutObjectCommand({ Bucket: store.copies, ...object }));
  });
  return keys;
}

/** An application of the partner writes each copy anew, and S3, as the recovery role, carries that version home. */
async function carry(store: Store, keys: readonly string[], application: S3Client, s3: S3Client): Promise<void> {
  const { ServerSideEncryptionConfiguration } = await application.send(
    new GetBucketEncryptionCommand({ Bucket: store.copies }),
  );
  const own = ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID;
  if (own === undefined) throw new Error(`${store.copies} has no key of its own.`);
  await inParallel(keys, async (Key) => {
    const { VersionId } = await application.send(
      new CopyObjectCommand({
        Bucket: store.copies,
        Key,
        CopySource: `${store.copies}/${Key}`,
        ChecksumAlgorithm: 'SHA256',
        // S3 refuses to copy an object to itself that says nothing new; with the method alone it would take its own key.
        ServerSideEncryption: 'aws:kms',
        SSEKMSKeyId: own,
      }),
    );
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: store.copies, Key, VersionId }));
    await s3.send(
      new PutObjectCommand({
        Bucket: store.home,
        Key,
        Body: await Body!.transformToByteArray(),
        ChecksumAlgorithm: 'SHA256',
      }),
    );
  });
}

/** A client with a session of exactly this role. */
async function clientOf(world: World, RoleArn: string, region: string): Promise<S3Client> {
  const settings = await world.emulator.client(RoleArn.split(':')[4]!, region);
  const { Credentials } = await new STSClient(settings).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 's3-replication' }),
  );
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials!;
  return new S3Client({
    ...settings,
    credentials: { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! },
  });
}

/** The stacks that a recovery concerns, in the order of the assembly. */
const concerned = (assembly: string, lost: string, partner: string): readonly string[] =>
  stacksOf(assembly)
    .map(({ name }) => name)
    .filter((name) =>
      [
        `${lost}-keys`,
        `${lost}-stores`,
        `${partner}-keys`,
        `${partner}-replica-of-${lost}`,
        'organization-perimeter',
      ].includes(name),
    );

/** The calls of the recovery, decided over the policies of both assemblies. */
function evaluated(world: World, recovering: string, config: World['enclave']): Shown[] {
  const [open, shut] = [policiesAt(recovering), policiesAt(world.assembly)];
  const places = { enclave: config, lost: config.recovery!.sites[0]! };
  const allowed = (calls: readonly PlayedCall[]): string =>
    `${calls.filter((c) => c.allowed).length} of ${calls.length}`;
  const [carrying, writing] = [carryingCalls(open, places), writingCalls(open, places)];
  const beside = callsBeside(open, places);
  const home = (calls: readonly PlayedCall[]) => calls.filter(({ call }) => call.includes('s3:ReplicateObject'));
  const before = home(carryingCalls(shut, places));
  const restoring = restoringCalls(open, places);
  return [
    {
      what: 'evaluated over the templates: every call that carries is allowed while the recovery is declared',
      seen: `writing anew ${allowed(writing)}, carrying ${allowed(carrying)}; beside them ${allowed(beside)}; without the recovery, writing home ${allowed(before)}`,
      holds: [...carrying, ...writing].every((c) => c.allowed) && ![...beside, ...before].some((c) => c.allowed),
    },
    {
      what: 'evaluated: a database is restored in the partner’s Region by the deployment, by nobody else, and not abroad',
      seen: restoring
        .map(({ by, call, allowed: may }) => `${by}, ${call.split(' (')[0]}: ${may ? 'allowed' : 'denied'}`)
        .join('; '),
      holds: restoring.map((c) => c.allowed).join() === 'true,false,false',
    },
  ];
}
