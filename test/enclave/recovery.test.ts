import { recoveringEnclave } from '../../config/examples/recovery';
import { enclave as shipped } from '../../config/enclave';
import { ConfigurationError, parseEnclave } from '../../config/parse';
import { recoveryLine } from '../../config/recovery-schema';
import { commitments } from '../../lib/enclave/commitments';
import { INVARIANTS, prove } from '../../lib/proof';
import { QUOTAS } from '../../lib/policy';
import { callsBeside, carryingCalls, restoringCalls, writingCalls } from '../../scripts/local/exercises/recovery-calls';
import { policiesOf } from '../proof/shipped';
import { judged } from './judged';
import { statements, synthesise } from './synthesised';

const ROLE = 'arn:aws:iam::333344445555:role/enclave-dub-1-recovery';
const enclave = synthesise(recoveringEnclave);
const without = synthesise();

const policies = policiesOf(enclave);
const places = { enclave: enclave.config, lost: 'dub-1' };
const buckets = enclave.config.stores.filter(({ kind }) => kind === 'bucket');
const propertiesIn = (stack: string, type: string) => {
  const found = Object.values(enclave.templates.get(stack)!.findResources(type));
  if (!found.length) throw new Error(`${stack} has no ${type}: the promise would hold over nothing`);
  return found.map(({ Properties }) => Properties as Record<string, unknown>);
};

describe('without the section, nobody can carry a copy home', () => {
  test('no template names the role, no commitment names a recovery', () => {
    expect(shipped.recovery).toBeUndefined();
    for (const [, template] of without.templates) expect(JSON.stringify(template.toJSON())).not.toMatch(/recovery/);
    expect(commitments(without.config, '2026-11-22').recovery).toBeUndefined();
  });

  test('even a role of that name is refused at every bucket', () => {
    const closed = policiesOf(without);
    const carried = carryingCalls(closed, { enclave: without.config, lost: 'dub-1' });
    expect(carried).toHaveLength(buckets.length * 7);
    // An identity policy decides over rules and over keys of data that is not restricted; what is in a bucket, the bucket.
    const contents = carried.filter(({ call }) => !/GetReplicationConfiguration|kms:Decrypt/.test(call));
    expect(contents.filter(({ allowed }) => allowed)).toEqual([]);
    expect(carried.filter(({ call, allowed }) => call.includes('kms:Decrypt') && !allowed).length).toBe(
      buckets.filter((store) => store.class === 'restricted').length,
    );
  });
});

describe('while a site is filled again', () => {
  test('the judge finds every flow inside, the ways home among them', () => {
    const judgement = judged(enclave);
    expect({ verdict: judgement.verdict, findings: judgement.findings }).toEqual({ verdict: 'inside', findings: [] });
    const home = judgement.flows.filter(
      ({ store, destination }) =>
        store.stack === 'nordic-1-replica-of-dub-1' && /enclave-dub-1-/.test(JSON.stringify(destination)),
    );
    expect(home.length).toBeGreaterThanOrEqual(buckets.length);
    for (const { destination, verdict } of home)
      expect({ region: destination.region, verdict }).toEqual({ region: 'eu-west-1', verdict: 'inside' });
  });

  test('every copy has one rule, home to the bucket it came from, under the key of that store', () => {
    const rules = propertiesIn('nordic-1-replica-of-dub-1', 'AWS::S3::Bucket').map((bucket) => {
      const { Role, Rules } = bucket['ReplicationConfiguration'] as { Role: string; Rules: Record<string, unknown>[] };
      expect([Role, Rules.length]).toEqual([ROLE, 1]);
      return Rules[0] as {
        Destination: { Bucket: string; Account: string; EncryptionConfiguration: { ReplicaKmsKeyID: string } };
      };
    });
    expect(rules.map(({ Destination }) => Destination.Bucket).sort()).toEqual(
      buckets.map(({ name }) => `arn:aws:s3:::enclave-dub-1-${name}-111122223333`).sort(),
    );
    for (const { Destination } of rules) {
      expect(Destination.Account).toBe('111122223333');
      expect(Destination.EncryptionConfiguration.ReplicaKmsKeyID).toMatch(
        /^arn:aws:kms:eu-west-1:111122223333:alias\/enclave-dub-1\/[a-z]+\/objects$/,
      );
    }
  });

  test('the copies of other sites, and those kept at dub-1, send nothing', () => {
    for (const stack of ['nordic-1-replica-of-dub-2', 'dub-1-replica-of-nordic-1'])
      for (const bucket of propertiesIn(stack, 'AWS::S3::Bucket'))
        expect(bucket['ReplicationConfiguration']).toBeUndefined();
  });

  test('every call is allowed by which a copy is written anew at the partner and carried home, for every bucket', () => {
    const calls = carryingCalls(policies, places);
    expect(calls).toHaveLength(buckets.length * 7);
    expect(calls.filter(({ allowed }) => !allowed)).toEqual([]);
    expect(writingCalls(policies, places).filter(({ allowed }) => !allowed)).toEqual([]);
  });

  test('nothing beside it is: no reading or deleting at home, no other site, nothing abroad, no job, no writing past S3', () => {
    const calls = callsBeside(policies, places);
    expect(calls).toHaveLength(10);
    expect(calls.filter(({ allowed }) => allowed)).toEqual([]);
  });

  test('a database is restored from its backups by the deployment alone, in the partner’s Region and not abroad', () => {
    expect(restoringCalls(policies, places).map(({ by, allowed }) => [by, allowed])).toEqual([
      ['pipeline', true],
      ['administrator', false],
      ['pipeline', false],
    ]);
  });

  test('S3 alone assumes the role, for buckets of the partner’s account', () => {
    const [role] = propertiesIn('nordic-1-replica-of-dub-1', 'AWS::IAM::Role');
    expect(role!['RoleName']).toBe('enclave-dub-1-recovery');
    const [trust, ...more] = statements(role!['AssumeRolePolicyDocument']);
    expect(more).toEqual([]);
    expect(trust).toMatchObject({
      Principal: { Service: 's3.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '333344445555' } },
    });
  });

  test('the keys at home seal for the role and open nothing for it', () => {
    const carried = propertiesIn('dub-1-keys', 'AWS::KMS::Key').flatMap((key) =>
      statements(key['KeyPolicy']).filter(({ Sid }) => Sid === 'CopiesCarriedHome'),
    );
    expect(carried.length).toBeGreaterThanOrEqual(4);
    for (const { Action, Condition } of carried) {
      expect(Action).toEqual(['kms:Encrypt', 'kms:GenerateDataKey']);
      expect(Condition).toMatchObject({
        ArnEquals: { 'aws:PrincipalArn': ROLE },
        StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
      });
    }
  });

  test('the commitments say where the data stands for the time being, until when, and what is not carried', () => {
    expect(commitments(enclave.config, '2026-11-22').recovery).toMatchObject({
      until: '2026-12-15',
      approvedBy: 'Example Data Protection Board',
      sites: [
        {
          site: 'dub-1',
          copiesAt: { site: 'nordic-1', region: 'eu-north-1', country: 'SE' },
          by: ROLE,
          notCarried: ['database accounts', 'table messages'],
        },
      ],
    });
  });

  test('both sites of a lost Region are filled again at once, within every quota', () => {
    const both = synthesise({
      ...recoveringEnclave,
      recovery: { ...recoveringEnclave.recovery!, sites: ['dub-1', 'dub-2'] },
    });
    const text = (type: string, property: string): number =>
      Math.max(...both.all(type).map(({ resource }) => JSON.stringify(resource.Properties[property]).length));
    expect(text('AWS::S3::BucketPolicy', 'PolicyDocument')).toBeLessThanOrEqual(QUOTAS.bucketPolicy);
    expect(text('AWS::KMS::Key', 'KeyPolicy')).toBeLessThanOrEqual(QUOTAS.keyPolicy);
    const filled = policiesOf(both);
    for (const lost of ['dub-1', 'dub-2'])
      expect(carryingCalls(filled, { enclave: both.config, lost }).filter(({ allowed }) => !allowed)).toEqual([]);
  });

  test('every invariant of the perimeter is proved as before', () => {
    const { holds, results } = prove(policies, INVARIANTS);
    expect(
      results.filter(({ answers }) => answers.some((a) => a.verdict === 'refuted')).map(({ slug }) => slug),
    ).toEqual([]);
    expect(holds).toBe(true);
  });
});

describe('the last day', () => {
  const { recovery } = enclave.config;

  test('passes, and the day after synth fails with one line', () => {
    expect(recoveryLine(recovery, '2026-12-15')).toBeUndefined();
    expect(recoveryLine(recovery, '2026-12-16')).toBe(
      'recovery.until: saw "2026-12-15", which has passed (today is 2026-12-16); take the section out, or have a later day approved',
    );
    expect(recoveryLine(undefined, '2099-01-01')).toBeUndefined();
  });

  test('lies at most thirty days ahead', () => {
    expect(recoveryLine(recovery, '2026-11-15')).toBeUndefined();
    expect(recoveryLine(recovery, '2026-11-14')).toBe(
      'recovery.until: saw "2026-12-15", which is more than 30 days ahead (today is 2026-11-14); choose 2026-12-14 or earlier',
    );
  });
});

describe('a mistake in the recovery is one line', () => {
  type Section = NonNullable<(typeof recoveringEnclave)['recovery']>;
  const cases: [string, (section: Section) => unknown, RegExp][] = [
    ['a site that is none', (r) => (r.sites = ['dub-9']), /recovery\.sites\[0\]: saw "dub-9", which is no site/],
    ['a site named twice', (r) => (r.sites = ['dub-1', 'dub-1']), /recovery\.sites\[1\]: .*named twice/],
    ['no site at all', (r) => (r.sites = []), /recovery\.sites: .*is empty/],
    ['a day that is none', (r) => (r.until = '2026-02-30'), /recovery\.until: .*is no date/],
    ['no reason', (r) => (r.reason = 'lost'), /recovery\.reason: .*too short to be a reason/],
    ['nobody who approved', (r) => (r.approvedBy = ''), /recovery\.approvedBy: .*names nobody/],
  ];
  test.each(cases)('%s', (_, change, line) => {
    const config = structuredClone(recoveringEnclave);
    change(config.recovery!);
    const parse = () => parseEnclave(config);
    expect(parse).toThrow(ConfigurationError);
    expect(parse).toThrow(line);
  });

  test('a site that copies to nobody', () => {
    const replication = shipped.replication.filter(({ from }) => from !== 'dub-1');
    expect(() => parseEnclave({ ...recoveringEnclave, replication })).toThrow(
      /recovery\.sites\[0\]: saw "dub-1", which copies to nobody/,
    );
  });
});
