import { attest, attestationAsJson, attestationAsMarkdown, attestationAsText } from '../../lib/attestation';
import type { Attestation, KmsReader, Unreadable } from '../../lib/attestation';
import { Bounded, Reading } from '../../lib/attestation';
import { keysService } from '../../lib/attestation/keys/service';
import type { Json } from '../../lib/template';
import {
  ACCOUNT,
  CODES_KEY,
  DATA_KEY,
  REGION,
  TEMPLATE,
  cleanKms,
  declaredApplication,
  deployedPolicy,
} from './declared-enclave';
import type { RecordedKms } from './recorded-kms';
import { RecordedKms as Kms } from './recorded-kms';

const OTHER_KEY = '33333333-3333-3333-3333-333333333333';

/** Attests keys alone, from a recorded KMS per account and Region; nothing else is asked. */
const attestKeys = (
  application: ReturnType<typeof declaredApplication>,
  kmsAt: (account: string, region: string) => Promise<KmsReader | Unreadable>,
  { regions }: { regions: readonly string[] },
): Promise<Attestation> => {
  const recorded = new Map<Reading, KmsReader>();
  const noService = () => ({ send: () => Promise.reject(new Error('nothing but KMS is recorded')) });
  return attest(
    application,
    async (account, region) => {
      const kms = await kmsAt(account, region);
      if ('why' in kms) return kms;
      const reading = new Reading({ account, region }, noService, { gate: new Bounded(1) });
      recorded.set(reading, kms);
      return reading;
    },
    { regions, services: [keysService((reading) => recorded.get(reading)!)] },
  );
};

const attestAgainst = (kms: RecordedKms, template: Json = TEMPLATE): Promise<Attestation> =>
  attestKeys(declaredApplication(template), () => Promise.resolve(kms), { regions: [] });

const faults = ({ claims }: Attestation): string[] =>
  claims.filter(({ verdict }) => verdict !== 'holds').map(({ verdict, id }) => `${verdict} ${id}`);

const claim = ({ claims }: Attestation, id: string) => claims.find((each) => each.id === id);

describe('an account that holds what was declared', () => {
  test('every claim holds, and claims were made about every declared key', async () => {
    const attestation = await attestAgainst(cleanKms());
    expect(faults(attestation)).toEqual([]);
    expect(attestation.unexpected).toEqual([]);
    expect(attestation.verdict).toBe('holds');
    const slugs = (key: string) =>
      attestation.claims.filter(({ resource }) => resource.logicalId === key).map((each) => each.claim);
    expect(slugs('Data')).toEqual([
      'existence',
      'account',
      'region',
      'alias',
      'single-region',
      'manager',
      'origin',
      'specification',
      'state',
      'rotation',
      'policy',
      'grants',
      'tags',
    ]);
    expect(slugs('Codes')).toEqual(slugs('Data').filter((slug) => slug !== 'rotation'));
    expect(attestation.counts).toEqual({ holds: 26, broken: 0, unseen: 0, unexpected: 0 });
  });

  test('what has no claims is said, so that nobody reads too much into the verdict', async () => {
    const attestation = await attestAgainst(cleanKms());
    expect(attestation.notAttested).toEqual([{ type: 'AWS::S3::Bucket', count: 1 }]);
    expect(attestationAsText(attestation)).toContain('Not looked at: 1 declared resource of 1 other type');
  });
});

describe('one change by hand is named, and nothing else', () => {
  const loosened = deployedPolicy();
  loosened.Statement.push({
    Sid: 'OpenDoor',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: 'kms:Decrypt',
    Resource: '*',
  });

  test.each<[string, Parameters<RecordedKms['change']>[1], string, RegExp]>([
    ['a loosened policy', { policy: JSON.stringify(loosened) }, 'policy', /^statement OpenDoor was added$/],
    [
      'a policy without its guard',
      { policy: JSON.stringify({ ...deployedPolicy(), Statement: deployedPolicy().Statement.slice(1) }) },
      'policy',
      /^statement NeverElsewhere was removed$/,
    ],
    [
      'disabled rotation',
      { rotation: { enabled: false, periodInDays: undefined } },
      'rotation',
      /rotation is not as declared/,
    ],
    ['slower rotation', { rotation: { enabled: true, periodInDays: 2560 } }, 'rotation', /another pace/],
    [
      'a foreign grant',
      { grants: [{ grantId: 'g9', grantee: 'arn:aws:iam::999988887777:role/reader', operations: ['Decrypt'] }] },
      'grants',
      /g9: arn:aws:iam::999988887777:role\/reader is no AWS service and may Decrypt/,
    ],
    [
      'a grant to a service of a Region abroad',
      { grants: [{ grantId: 'g9', grantee: 'rds.us-east-1.amazonaws.com', operations: ['Decrypt'] }] },
      'grants',
      /service of another Region \(us-east-1\)/,
    ],
    [
      'pending deletion',
      { key: { state: 'PendingDeletion', enabled: false, deletionDate: '2026-12-24T00:00:00.000Z' } },
      'state',
      /so is everything encrypted with it/,
    ],
    ['a disabled key', { key: { state: 'Disabled', enabled: false } }, 'state', /Disabled/],
    ['imported key material', { key: { origin: 'EXTERNAL' } }, 'origin', /another origin/],
    [
      'a changed tag',
      {
        tags: new Map([
          ['data-class', 'public'],
          ['site', 'dub-1'],
        ]),
      },
      'tags',
      /data-class is public/,
    ],
    [
      'a second alias',
      { aliases: ['alias/enclave/data', 'alias/back-door'] },
      'alias',
      /alias\/back-door is not declared/,
    ],
    [
      'another Region in the ARN',
      { key: { arn: `arn:aws:kms:eu-west-2:${ACCOUNT}:key/${DATA_KEY}` } },
      'region',
      /another Region/,
    ],
    ['another usage', { key: { usage: 'SIGN_VERIFY' } }, 'specification', /another usage/],
  ])('%s', async (_title, change, slug, why) => {
    const kms = cleanKms();
    kms.change(DATA_KEY, change);
    const attestation = await attestAgainst(kms);
    expect(faults(attestation)).toEqual([`broken dub-1-keys/Data/${slug}`]);
    expect(attestation.unexpected).toEqual([]);
    expect(attestation.verdict).toBe('broken');
    expect(claim(attestation, `dub-1-keys/Data/${slug}`)?.why).toMatch(why);
    expect(claim(attestation, `dub-1-keys/Data/${slug}`)?.remedy).not.toBe('');
  });

  test('a multi-Region key in place of the declared one is named with the country of its replica', async () => {
    const kms = cleanKms();
    const replica = { arn: `arn:aws:kms:us-east-1:${ACCOUNT}:key/mrk-1`, region: 'us-east-1' };
    kms.change(DATA_KEY, { key: { multiRegion: true, multiRegionType: 'PRIMARY', replicas: [replica] } });
    const attestation = await attestAgainst(kms);
    expect(faults(attestation)).toEqual(['broken dub-1-keys/Data/single-region']);
    expect(claim(attestation, 'dub-1-keys/Data/single-region')?.seen).toContain(
      'us-east-1 (United States, outside the EEA)',
    );
  });

  test('a moved alias is a broken alias, and the key it was moved to is unexpected', async () => {
    const kms = cleanKms();
    kms.change(DATA_KEY, { aliases: [] });
    kms.add(OTHER_KEY, { aliases: ['alias/enclave/data'], policy: '{}' });
    const attestation = await attestAgainst(kms);
    expect(faults(attestation)).toEqual(['broken dub-1-keys/Data/alias']);
    expect(claim(attestation, 'dub-1-keys/Data/alias')?.why).toBe(`alias/enclave/data points to key ${OTHER_KEY}`);
    expect(attestation.unexpected.map(({ name }) => name)).toEqual([
      `arn:aws:kms:${REGION}:${ACCOUNT}:key/${OTHER_KEY}`,
    ]);
  });

  test('an alias moved to a look-alike does not hide: the look-alike is judged or stands in the inventory', async () => {
    const kms = cleanKms();
    kms.change(DATA_KEY, { aliases: [] });
    kms.add(OTHER_KEY, {
      description: 'enclave data',
      aliases: ['alias/enclave/data'],
      tags: { 'data-class': 'restricted', site: 'dub-1' },
      policy: JSON.stringify(loosened),
      rotation: { enabled: true, periodInDays: 365 },
    });
    const attestation = await attestAgainst(kms);
    expect(faults(attestation)).toEqual(['broken dub-1-keys/Data/policy']);
    expect(attestation.unexpected.map(({ id }) => id)).toEqual([`${ACCOUNT}/${REGION}/${DATA_KEY}`]);
  });

  test('an alias moved to the key of another declaration is not that key', async () => {
    const kms = cleanKms();
    kms.remove(DATA_KEY);
    kms.change(CODES_KEY, { aliases: ['alias/enclave/codes', 'alias/enclave/data'] });
    const attestation = await attestAgainst(kms);
    expect(claim(attestation, 'dub-1-keys/Data/existence')?.why).toContain('points to the key of dub-1-keys/Codes');
    expect(claim(attestation, 'dub-1-keys/Codes/alias')?.why).toContain('alias/enclave/data is not declared');
  });

  test('a missing key is broken once, and its other claims are unseen, not fine', async () => {
    const kms = cleanKms();
    kms.remove(DATA_KEY);
    const attestation = await attestAgainst(kms);
    expect(faults(attestation).filter((fault) => fault.startsWith('broken'))).toEqual([
      'broken dub-1-keys/Data/existence',
    ]);
    expect(attestation.counts).toEqual({ holds: 13, broken: 1, unseen: 12, unexpected: 0 });
  });
});

describe('keys that no template declares', () => {
  test('a multi-Region key made by hand is unexpected, with the Regions and countries it reaches', async () => {
    const kms = cleanKms();
    const replica = (region: string) => ({ arn: `arn:aws:kms:${region}:${ACCOUNT}:key/mrk-1`, region });
    kms.add('mrk-1', {
      key: {
        multiRegion: true,
        multiRegionType: 'PRIMARY',
        replicas: [replica('us-east-1'), replica('xx-new-1')],
        primary: replica(REGION),
      },
    });
    const attestation = await attestAgainst(kms);
    expect(faults(attestation)).toEqual([]);
    expect(attestation.verdict).toBe('unexpected');
    expect(attestation.unexpected.map(({ reaches }) => reaches)).toEqual([
      [{ region: 'us-east-1', country: 'United States', eea: false }, { region: 'xx-new-1' }],
    ]);
    expect(attestationAsText(attestation)).toContain(
      'us-east-1 (United States, outside the EEA), xx-new-1 (country not known)',
    );
  });

  test('an undeclared key pending deletion is listed as such', async () => {
    const kms = cleanKms();
    kms.add(OTHER_KEY, { key: { state: 'PendingDeletion', enabled: false, deletionDate: '2026-12-24T00:00:00.000Z' } });
    const attestation = await attestAgainst(kms);
    expect(attestation.unexpected.map(({ seen, why }) => [seen, why])).toEqual([
      [
        'no alias; PendingDeletion; gone after 2026-12-24T00:00:00.000Z',
        'no template declares this key; it is already pending deletion',
      ],
    ]);
  });

  test('a key in a Region no stack stands in is found when the Region is named', async () => {
    const abroad = new Kms(ACCOUNT, 'us-east-1');
    abroad.add(OTHER_KEY, {});
    const asked: string[] = [];
    const attestation = await attestKeys(
      declaredApplication(),
      (account, region) => {
        asked.push(`${account} ${region}`);
        return Promise.resolve(region === REGION ? cleanKms() : abroad);
      },
      { regions: ['us-east-1'] },
    );
    expect(asked).toEqual([`${ACCOUNT} ${REGION}`, `${ACCOUNT} us-east-1`]);
    expect(attestation.unexpected.map(({ region }) => region)).toEqual(['us-east-1']);
  });
});

describe('what could not be asked is unseen, never fine', () => {
  test.each([
    ['kms:GetKeyPolicy', ['policy', 'policy']],
    ['kms:GetKeyRotationStatus', ['rotation']],
    ['kms:ListGrants', ['grants', 'grants']],
    ['kms:ListResourceTags', ['tags', 'tags']],
  ])('without %s only its own claims are unseen, naming the action', async (action, slugs) => {
    const kms = cleanKms();
    kms.denied.add(action);
    const attestation = await attestAgainst(kms);
    const notHeld = attestation.claims.filter(({ verdict }) => verdict !== 'holds');
    expect(notHeld.map((each) => each.claim)).toEqual(slugs);
    for (const each of notHeld) expect(each).toMatchObject({ verdict: 'unseen', why: `${action} is denied` });
    expect(attestation.verdict).toBe('unseen');
  });

  test.each([
    ['usage', 'specification'],
    ['spec', 'specification'],
    ['origin', 'origin'],
    ['manager', 'manager'],
    ['state', 'state'],
    ['enabled', 'state'],
    ['multiRegion', 'single-region'],
  ])('a description that leaves out the %s leaves %s unseen, not fine and not broken', async (field, slug) => {
    const kms = cleanKms();
    kms.change(DATA_KEY, { key: { [field]: undefined } });
    expect(faults(await attestAgainst(kms))).toEqual([`unseen dub-1-keys/Data/${slug}`]);
  });

  test.each(['kms:DescribeKey', 'kms:ListKeys'])('without %s the inventory is unseen', async (action) => {
    const kms = cleanKms();
    kms.denied.add(action);
    const attestation = await attestAgainst(kms);
    expect(claim(attestation, `${ACCOUNT}/${REGION}/key-inventory`)?.verdict).toBe('unseen');
    expect(attestation.counts.broken).toBe(0);
  });

  test('without kms:ListAliases keys are recognised by description and tags, and the alias is unseen', async () => {
    const kms = cleanKms();
    kms.denied.add('kms:ListAliases');
    const attestation = await attestAgainst(kms);
    expect(faults(attestation)).toEqual(['unseen dub-1-keys/Codes/alias', 'unseen dub-1-keys/Data/alias']);
  });

  test('an account that cannot be reached leaves all its claims unseen, with what to do', async () => {
    const attestation = await attestKeys(
      declaredApplication(),
      () => Promise.resolve({ why: 'not our account', remedy: 'Use --role.' }),
      { regions: [] },
    );
    expect(attestation.counts).toEqual({ holds: 0, broken: 0, unseen: 26, unexpected: 0 });
    expect(attestationAsText(attestation)).toContain('do        Use --role.');
  });

  test('an environment-agnostic stack is unseen, and nobody is asked', async () => {
    const reader = jest.fn();
    const agnostic = await attestKeys(declaredApplication(TEMPLATE, {}), reader, { regions: ['us-east-1'] });
    expect(agnostic.counts).toEqual({ holds: 0, broken: 0, unseen: 25, unexpected: 0 });
    expect(reader).not.toHaveBeenCalled();
  });

  test('nothing to compare is not the same as everything holds', async () => {
    const nothing = await attestKeys(declaredApplication({ Resources: {} }, {}), jest.fn(), { regions: [] });
    expect(nothing.claims).toEqual([]);
    expect(nothing.verdict).toBe('unseen');
  });

  test('a policy that names something only the deployment knows is unseen', async () => {
    const template = structuredClone(TEMPLATE) as {
      Resources: Record<string, { Properties: Record<string, unknown> }>;
    };
    template.Resources.Role = { Type: 'AWS::IAM::Role', Properties: {} } as never;
    template.Resources.Data!.Properties.KeyPolicy = {
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } },
          Action: 'kms:Decrypt',
          Resource: '*',
        },
      ],
    };
    const attestation = await attestAgainst(cleanKms(), template as unknown as Json);
    expect(faults(attestation)).toEqual(['unseen dub-1-keys/Data/policy']);
    expect(claim(attestation, 'dub-1-keys/Data/policy')?.why).toContain('Role.Arn');
  });
});

describe('views', () => {
  test('the text tells the broken first and ends in one verdict line', async () => {
    const kms = cleanKms();
    kms.change(DATA_KEY, { rotation: { enabled: false, periodInDays: undefined } });
    const lines = attestationAsText(await attestAgainst(kms))
      .trimEnd()
      .split('\n');
    expect(lines[0]).toBe(`dub-1-keys (${ACCOUNT} ${REGION})`);
    expect(lines[1]).toBe('  broken  alias/enclave/data  rotation');
    expect(lines.at(-1)).toBe('broken: 25 claims hold, 1 broken, 0 unseen, 0 unexpected');
  });

  test('the JSON carries its schema version and every claim', async () => {
    const attestation = await attestAgainst(cleanKms());
    expect(JSON.parse(attestationAsJson(attestation))).toMatchObject({
      schemaVersion: '1',
      verdict: 'holds',
      counts: attestation.counts,
    });
  });

  test('no answer becomes markup or terminal control', async () => {
    const kms = cleanKms();
    kms.change(DATA_KEY, { aliases: ['alias/enclave/data', 'alias/<b>|\u001b[2J'] });
    const attestation = await attestAgainst(kms);
    expect(attestationAsMarkdown(attestation)).toContain('\\<b\\>\\|');
    expect(attestationAsText(attestation)).not.toContain('\u001b');
    expect(attestationAsMarkdown(attestation)).not.toContain('\u001b');
  });
});
