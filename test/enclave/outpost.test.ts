import { hamarEnclave } from '../../config/examples/hamar';
import { ConfigurationError, parseEnclave } from '../../config/parse';
import { commitments } from '../../lib/enclave/commitments';
import { judged } from './judged';
import { statements, synthesise } from './synthesised';

const enclave = synthesise(hamarEnclave);
const OUTPOST = 'arn:aws:outposts:eu-north-1:333344445555:outpost/op-0123456789abcdef0';
const inStores = (type: string) => {
  const found = Object.values(enclave.templates.get('nordic-1-stores')!.findResources(type)) as {
    Properties: Record<string, unknown>;
    DeletionPolicy?: string;
  }[];
  if (!found.length) throw new Error(`nordic-1-stores has no ${type}: the promise would hold over nothing`);
  return found;
};

describe('the Outpost at Hamar', () => {
  test('is judged inside, its stores in Norway by the country the site declares', () => {
    const judgement = judged(enclave);
    expect(judgement.findings).toEqual([]);
    expect(judgement.verdict).toBe('inside');
    const placed = judgement.flows.filter((flow) => flow.rule === 's3-outposts-bucket-outpost');
    expect(placed).toHaveLength(4);
    for (const flow of placed) expect(flow.destination).toMatchObject({ kind: 'outpost', country: 'NO' });
  });

  test('is unknown to the judge as soon as no site declares where it stands', () => {
    const undeclared = { ...enclave, config: { ...enclave.config, sites: enclave.config.sites.map(inRegion) } };
    const found = judged(undeclared as typeof enclave).findings.filter((flow) => flow.rule.startsWith('s3-outposts'));
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map((flow) => flow.verdict))).toEqual(new Set(['unknown']));
  });

  test('meets the commitment to Norway under strictCountry, and says that its keys stand in Sweden', () => {
    expect(enclave.config.strictCountry).toBe(true);
    const site = commitments(enclave.config, '2026-11-22').sites.find((s) => s.site === 'nordic-1')!;
    expect(site).toMatchObject({
      committed: 'NO',
      actual: 'NO',
      status: 'met',
      region: 'eu-north-1',
      outpost: { dataCountry: 'NO', keyCountry: 'SE', without: ['messages', 'records'] },
    });
    expect(site.outpost!.inParentRegion.join(' ')).toMatch(/keys.*secrets.*logs/i);
    expect(site.outpost!.underKeysOfAws.join(' ')).toContain('S3 on Outposts');
  });

  test('tags what stands on it with Norway, and what stands in Stockholm with Sweden', () => {
    const countries = (stack: string) =>
      new Set(JSON.stringify(enclave.templates.get(stack)!.toJSON()).match(/(?<="actual-country","Value":")[A-Z]+/g));
    expect(countries('nordic-1-stores')).toEqual(new Set(['NO']));
    expect(countries('nordic-1-keys')).toEqual(new Set(['SE']));
  });

  test('has every subnet on the Outpost, and no endpoint, gateway or local gateway route', () => {
    const network = enclave.templates.get('nordic-1-network')!;
    const subnets = Object.values(network.findResources('AWS::EC2::Subnet')) as { Properties: object }[];
    expect(subnets).toHaveLength(1);
    for (const { Properties } of subnets)
      expect(Properties).toMatchObject({ OutpostArn: OUTPOST, AvailabilityZoneId: 'eun1-az1' });
    for (const type of [
      'VPCEndpoint',
      'InternetGateway',
      'NatGateway',
      'Route',
      'LocalGatewayRouteTableVPCAssociation',
    ])
      expect(network.findResources(`AWS::EC2::${type}`)).toEqual({});
  });

  test('keeps databases and their backups on the Outpost, encrypted, in one rack, without a log elsewhere', () => {
    for (const { Properties, DeletionPolicy } of inStores('AWS::RDS::DBInstance')) {
      expect(Properties).toMatchObject({
        BackupTarget: 'outposts',
        MultiAZ: false,
        StorageEncrypted: true,
        PubliclyAccessible: false,
        DeletionProtection: true,
        DBInstanceClass: 'db.m5.large',
      });
      for (const path of [
        'EnableCloudwatchLogsExports',
        'AutomaticBackupReplicationRegion',
        'EnablePerformanceInsights',
      ])
        expect(Properties).not.toHaveProperty(path);
      expect(DeletionPolicy).toMatch(/^Retain/);
    }
  });

  test('keeps buckets on the Outpost, each with a door in the VPC and a refusal to be copied', () => {
    for (const { Properties, DeletionPolicy } of inStores('AWS::S3Outposts::Bucket')) {
      expect(Properties['OutpostId']).toBe('op-0123456789abcdef0');
      expect(DeletionPolicy).toMatch(/^Retain/);
    }
    for (const { Properties } of inStores('AWS::S3Outposts::BucketPolicy')) {
      const refusals = statements(Properties['PolicyDocument']);
      expect(refusals.map((s) => s.Effect)).not.toContain('Allow');
      const copying = refusals.find((s) => s.Sid === 'NothingIsCopiedAway')!;
      expect(copying.Action).toContain('s3-outposts:PutReplicationConfiguration');
      expect(copying.Condition).toBeUndefined();
    }
    for (const { Properties } of inStores('AWS::S3Outposts::AccessPoint'))
      expect(Properties).toHaveProperty('VpcConfiguration.VpcId');
    expect(enclave.templates.get('nordic-1-stores')!.findResources('AWS::S3::Bucket')).toEqual({});
  });

  test('is denied replication by the organisation too', () => {
    const denied = enclave
      .all('AWS::Organizations::Policy')
      .filter(({ resource }) => resource.Properties['Type'] === 'SERVICE_CONTROL_POLICY')
      .flatMap(({ resource }) => statements(contentOf(resource.Properties['Content'])))
      .filter((s) => s.Effect === 'Deny' && [s.Action].flat().includes('s3-outposts:PutReplicationConfiguration'));
    expect(denied.length).toBeGreaterThan(0);
  });

  test('has no gateway and no copies, here or elsewhere', () => {
    const names = [...enclave.templates.keys()];
    expect(names.filter((name) => name.startsWith('nordic-1')).sort()).toEqual([
      'nordic-1-identity',
      'nordic-1-keys',
      'nordic-1-network',
      'nordic-1-oversight',
      'nordic-1-stores',
    ]);
    expect(names.filter((name) => name.includes('-of-nordic-1'))).toEqual([]);
  });
});

describe('a mistake about an Outpost is one line', () => {
  type Hamar = Extract<(typeof hamarEnclave)['sites'][number]['placement'], { kind: 'outpost' }>;
  const cases: [string, (placement: Hamar, config: typeof hamarEnclave) => unknown, RegExp][] = [
    [
      'London as the parent',
      (p) => ((p.region = 'eu-west-2'), (p.zones = ['euw2-az1'])),
      /sites\[2\]\.placement\.region: saw "eu-west-2", which stands in London, United Kingdom, which is not in the EEA/,
    ],
    ['a building outside the EEA', (p) => (p.siteCountry = 'GB'), /siteCountry: .*is not one of the 30 EEA states/],
    [
      'keys said to stand in Norway',
      (p) => (p.keyCustody.country = 'NO'),
      /is not where the keys of eu-north-1 stand \(SE\)/,
    ],
    ['an Outpost of another account', (p) => (p.outpostArn = OUTPOST.replace('3333', '9999')), /another account/],
    ['an Outpost of another parent', (p) => (p.outpostArn = OUTPOST.replace('north', 'west')), /another Region/],
    [
      'a table it cannot hold',
      (p) => (p.without = ['records']),
      /leaves out messages, a table, which no Outpost can hold/,
    ],
    ['a locked bucket', (p) => (p.without = ['messages']), /leaves out records, a locked bucket/],
    ['a store nobody knows', (p) => (p.without = ['messages', 'records', 'nothing']), /is no name of stores/],
    ['two zones', (p) => (p.zones = ['eun1-az1', 'eun1-az2']), /is not the one zone the Outpost is tied to/],
    [
      'copies from the Outpost',
      (_, c) => (c.replication = [...c.replication, { from: 'nordic-1', to: 'dub-1' }]),
      /replication\[3\]\.from: saw "nordic-1", which is an Outpost/,
    ],
    [
      'copies to the Outpost',
      (_, c) => (c.replication = [{ from: 'dub-1', to: 'nordic-1' }]),
      /replication\[0\]\.to: saw "nordic-1", which is an Outpost/,
    ],
  ];
  test.each(cases)('%s', (_, change, line) => {
    const config = structuredClone(hamarEnclave);
    change(config.sites[2]!.placement as Hamar, config);
    const parse = () => parseEnclave(config);
    expect(parse).toThrow(ConfigurationError);
    expect(parse).toThrow(line);
  });
});

/** The site as if nobody had said that it stands on an Outpost. */
function inRegion<Site extends { placement: { kind: string; region: string } }>(site: Site): Site {
  return site.placement.kind === 'outpost' ? { ...site, placement: { ...site.placement, kind: 'region' } } : site;
}

/** A policy's content, which is a document or its text. */
const contentOf = (content: unknown): unknown => (typeof content === 'string' ? JSON.parse(content) : content);
