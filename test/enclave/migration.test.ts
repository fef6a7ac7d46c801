import { migratingEnclave } from '../../config/examples/migration';
import { enclave as shipped } from '../../config/enclave';
import { sunsetLine } from '../../config/migration-schema';
import { ConfigurationError, parseEnclave } from '../../config/parse';
import { requireRegion } from '../../lib/geo';
import { commitments } from '../../lib/enclave/commitments';
import { judged } from './judged';
import { statements, synthesise } from './synthesised';

const STACK = 'dub-1-migration';
const enclave = synthesise(migratingEnclave);
const template = enclave.templates.get(STACK)!;
const ofType = (type: string) => {
  const found = Object.values(template.findResources(type)) as { Properties: Record<string, unknown> }[];
  if (!found.length) throw new Error(`${STACK} has no ${type}: the promise would hold over nothing`);
  return found.map(({ Properties }) => Properties);
};
const policies = () => ofType('AWS::S3::BucketPolicy').map((p) => statements(p['PolicyDocument']));
const accounts = ['777788889999', '888899990000'];
const regions = ['us-east-1', 'ap-southeast-1'];
const buckets = ['legacy-videos-use1', 'legacy-people-apse1'];

test('the shipped enclave brings nothing in: no stack, no commitment', () => {
  expect(shipped.migration).toBeUndefined();
  const config = parseEnclave(shipped);
  expect(commitments(config, '2026-11-22').migration).toBeUndefined();
});

describe('a migration', () => {
  test('is judged inside, and the judge says of the ways in that they only let data in', () => {
    const judgement = judged(enclave);
    expect(judgement.verdict).toBe('inside');
    expect(judgement.findings).toEqual([]);
    const inbound = judgement.inbound!.map(({ store, why, verdict }) => ({ store: store.stack, why, verdict }));
    // The policy names the key that seals, so the way in is told of the key as well as of the bucket.
    expect(inbound.filter(({ why }) => why.startsWith('key ')).map(({ verdict }) => verdict)).toEqual([
      'inside',
      'inside',
    ]);
    expect(inbound.filter(({ why }) => !why.startsWith('key '))).toEqual([
      {
        store: STACK,
        verdict: 'inside',
        why: expect.stringContaining(
          '"TheSourceBringsIn" only lets data in from 777788889999 in us-east-1 (United States)',
        ) as string,
      },
      {
        store: STACK,
        verdict: 'inside',
        why: expect.stringContaining(
          '"TheSourceBringsIn" only lets data in from 888899990000 in ap-southeast-1 (Singapore)',
        ) as string,
      },
    ]);
    for (const flow of judgement.flows) {
      expect(regions).not.toContain(flow.destination.region);
      expect(accounts).not.toContain(flow.destination.account);
    }
  });

  test('names the source Regions as sources only: in no template, and in the commitments under "from"', () => {
    for (const [, each] of enclave.templates)
      for (const name of [...buckets, 'ap-southeast-1']) expect(JSON.stringify(each.toJSON())).not.toContain(name);
    const { migration: stated } = commitments(enclave.config, '2026-11-22');
    expect(stated).toMatchObject({ sunset: '2027-03-31', approvedBy: 'Example Data Protection Board' });
    expect(stated!.inbound.map((flow) => flow.from.region).sort()).toEqual([...regions, ...regions].sort());
    for (const { direction, to } of stated!.inbound) {
      expect(direction).toBe('inbound');
      expect(requireRegion(to.region).country).toBe('IE');
    }
  });

  test('gives no principal of the enclave any permission in a source account or on a source bucket', () => {
    const kinds = ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::EC2::VPCEndpoint'];
    let read = 0;
    for (const kind of kinds)
      for (const { resource } of kind === 'AWS::IAM::Policy' ? [] : enclave.all(kind)) {
        read += 1;
        const text = JSON.stringify(resource.Properties);
        for (const foreign of [...accounts, ...buckets]) expect(text).not.toContain(foreign);
      }
    expect(read).toBeGreaterThan(20);
  });

  test('lets one role per source write and nothing abroad read: every allowed action puts, none gets, lists or deletes', () => {
    const allowed = policies().map((all) => all.filter((s) => s.Effect === 'Allow'));
    expect(allowed.map((all) => all.map((s) => [s.Action].flat()))).toEqual([
      [['s3:AbortMultipartUpload', 's3:PutObject']],
      [['s3:AbortMultipartUpload', 's3:PutObject']],
    ]);
    expect(allowed.flat().map((s) => s.Condition?.['ArnEquals']?.['aws:PrincipalArn'])).toEqual([
      'arn:aws:iam::777788889999:role/migration/copy-out',
      'arn:aws:iam::888899990000:role/migration/copy-out',
    ]);
    for (const all of policies()) {
      const refused = new Map(all.filter((s) => s.Effect === 'Deny').map((s) => [s.Sid, s]));
      expect([...refused.keys()]).toEqual(
        expect.arrayContaining([
          'NobodyOutsideTheOrganisation',
          'OnlyTheSourceWrites',
          'OnlyTheCarrierReads',
          'NobodyDeletesWhatLanded',
        ]),
      );
      expect(refused.get('NobodyDeletesWhatLanded')!.Condition).toBeUndefined();
      const readers = JSON.stringify(refused.get('OnlyTheCarrierReads')!.Condition);
      for (const account of accounts) expect(readers).not.toContain(account);
    }
  });

  test('refuses an upload under another kind of encryption, and no upload that names none: the bucket has its own', () => {
    for (const all of policies())
      expect(
        all
          .filter(({ Sid = '' }) => /^(OnlyOwnKey|OnlyKmsEncryption|EncryptionNamesItsKey)$/.test(Sid))
          .map(({ Condition }) => Condition!['Null']),
      ).toEqual([
        { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' },
        { 's3:x-amz-server-side-encryption': 'false' },
        { 's3:x-amz-server-side-encryption': 'false', 's3:x-amz-server-side-encryption-aws-kms-key-id': 'true' },
      ]);
  });

  test('seals what lands under a key of the site that the source can use to encrypt and never to decrypt', () => {
    for (const key of ofType('AWS::KMS::Key')) {
      const own = statements(key['KeyPolicy']).find((s) => s.Sid === 'SealedByTheSource')!;
      expect(own.Action).toEqual(['kms:Encrypt', 'kms:GenerateDataKey']);
      expect(own.Condition!['StringEquals']!['kms:ViaService']).toBe('s3.eu-west-1.amazonaws.com');
      expect(key['MultiRegion']).toBe(false);
    }
    expect(ofType('AWS::KMS::Key')).toHaveLength(2);
  });

  test('carries what landed to the store of the same site, under the key of the store', () => {
    const rules = ofType('AWS::S3::Bucket').map(
      (b) => (b['ReplicationConfiguration'] as { Rules: { Destination: Record<string, unknown> }[] }).Rules[0]!,
    );
    expect(rules.map((rule) => rule.Destination['Bucket'])).toEqual([
      'arn:aws:s3:::enclave-dub-1-media-111122223333',
      'arn:aws:s3:::enclave-dub-1-records-111122223333',
    ]);
    for (const rule of rules) expect(JSON.stringify(rule.Destination)).toContain('dub-1-keys');
  });

  test('loads rows from the landing bucket into the site, over an instance without a public address', () => {
    const [from, to] = ['source', 'target'].map((type) =>
      ofType('AWS::DMS::Endpoint').find((e) => e['EndpointType'] === type),
    );
    expect(from!['EngineName']).toBe('s3');
    expect(to!['EngineName']).toBe('postgres');
    expect(ofType('AWS::DMS::ReplicationInstance')[0]!['PubliclyAccessible']).toBe(false);
  });

  test('restores a snapshot of the site’s own account and Region, encrypted again under the site’s key', () => {
    const [instance] = ofType('AWS::RDS::DBInstance');
    expect(instance).toMatchObject({
      DBSnapshotIdentifier: 'arn:aws:rds:eu-west-1:111122223333:snapshot:enclave-dub-1-from-usaccounts',
      StorageEncrypted: true,
      PubliclyAccessible: false,
    });
    expect(JSON.stringify(instance!['KmsKeyId'])).toContain('dub-1-keys');
  });
});

describe('the sunset', () => {
  test('lets the last day pass and stops synth the day after, with one line', () => {
    const { migration: parsed } = enclave.config;
    expect(sunsetLine(parsed, '2027-03-31')).toBeUndefined();
    expect(sunsetLine(parsed, '2027-04-01')).toBe(
      'migration.sunset: saw "2027-03-31", which has passed (today is 2027-04-01); close the migration and take the section out, or have a later day approved',
    );
    expect(sunsetLine(undefined, '2099-01-01')).toBeUndefined();
  });
});

describe('a mistake in the migration is one line', () => {
  type Section = NonNullable<(typeof migratingEnclave)['migration']>;
  const cases: [string, (section: Section) => unknown, RegExp][] = [
    [
      'a source that stands in the EEA',
      (m) => (m.objects[0]!.region = 'eu-central-1'),
      /migration\.objects\[0\]\.region: saw "eu-central-1", which stands in Germany, which is in the EEA already/,
    ],
    ['a source account of the enclave', (m) => (m.objects[0]!.account = '222233334444'), /an account of the enclave/],
    ['a store that is none', (m) => (m.objects[0]!.into = 'accounts'), /objects\[0\]\.into: .*is no bucket of stores/],
    ['an id that is a store’s name', (m) => (m.objects[0]!.id = 'media'), /is the name of a store/],
    ['an id given twice', (m) => (m.databases[1]!.id = 'usvideos'), /is the id of another source too/],
    ['a site that is none', (m) => (m.site = 'dub-9'), /migration\.site: saw "dub-9", which is no site/],
    [
      'a way in whose replicas would stay where they land',
      (m) => Object.assign(m.objects[0]!, { via: 'replication' }),
      /objects\[0\]\.via: saw "replication", which is no way in for objects; choose copy/,
    ],
    ['no source at all', (m) => ((m.objects = []), (m.databases = [])), /names no source/],
    ['a day that is none', (m) => (m.sunset = '2027-02-30'), /migration\.sunset: .*is no date/],
  ];
  test.each(cases)('%s', (_, change, line) => {
    const config = structuredClone(migratingEnclave);
    change(config.migration!);
    const parse = () => parseEnclave(config);
    expect(parse).toThrow(ConfigurationError);
    expect(parse).toThrow(line);
  });

  test('DMS that the organisation denies', () => {
    expect(() => parseEnclave({ ...migratingEnclave, organization: shipped.organization })).toThrow(
      /add dms to organization\.services/,
    );
  });
});
