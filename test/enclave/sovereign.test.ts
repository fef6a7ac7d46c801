import { enclave as shipped } from '../../config/enclave';
import { sovereignEnclave } from '../../config/examples/sovereign';
import { parseEnclave } from '../../config/parse';
import { judged } from './judged';
import { synthesise } from './synthesised';

const enclave = synthesise(sovereignEnclave);
const PARTS = ['identity', 'keys', 'logs', 'network', 'stores'].map((part) => `brb-1-${part}`);

describe('a site in the European Sovereign Cloud', () => {
  test('is judged inside', () => {
    const judgement = judged(enclave);
    expect(judgement.findings).toEqual([]);
    expect(judgement.verdict).toBe('inside');
  });

  test('names resources of its own partition and of no other', () => {
    for (const [, template] of enclave.templates) {
      const text = JSON.stringify(template.toJSON());
      expect(text).not.toMatch(/"arn:aws:/);
      expect(text).not.toMatch(/arn:aws-(cn|us-gov)/);
    }
    expect(JSON.stringify(enclave.templates.get('brb-1-stores')!.toJSON())).toContain('arn:aws-eusc:');
  });

  test('reaches services under amazonaws.eu: keys are used through them and names resolve to them', () => {
    const hosts = PARTS.flatMap(
      (name) =>
        JSON.stringify(enclave.templates.get(name)!.toJSON()).match(
          /[a-z0-9*.-]*\.eusc-de-east-1\.(rds\.)?amazonaws\.[a-z]+/g,
        ) ?? [],
    );
    // Service principals keep amazonaws.com in every partition.
    const elsewhere = new Set(hosts.filter((host) => host.endsWith('.com')));
    expect(elsewhere).toEqual(new Set(['logs.eusc-de-east-1.amazonaws.com']));
    for (const host of ['s3', 'rds', 'dynamodb', 'kms', 'secretsmanager'])
      expect(hosts).toContain(`${host}.eusc-de-east-1.amazonaws.eu`);
    expect(hosts).toContain('*.eusc-de-east-1.rds.amazonaws.eu');
  });

  test('copies nothing: the partition has one Region', () => {
    expect([...enclave.templates.keys()].filter((name) => /replica|backup/.test(name))).toEqual([]);
    expect(
      enclave.all('AWS::S3::Bucket').some(({ resource }) => 'ReplicationConfiguration' in resource.Properties),
    ).toBe(false);
  });
});

describe('nothing crosses a partition', () => {
  const [site] = sovereignEnclave.sites;
  const mixed = (replication: { from: string; to: string }[]) => () =>
    parseEnclave({ ...shipped, sites: [...shipped.sites, { ...site!, homeOf: [] }], replication });

  test('a pair with a site in another partition is refused with a line of its own', () => {
    for (const pair of [
      { from: 'brb-1', to: 'dub-1' },
      { from: 'dub-1', to: 'brb-1' },
    ])
      expect(mixed([pair])).toThrow(/replication\[0\]\.to: saw "(dub-1|brb-1)", which stands in the partition/);
  });

  test('a site, an auditor or an organisation of another partition is refused', () => {
    expect(mixed([])).toThrow(
      /sites\[3\]\.placement\.region: saw "eusc-de-east-1", which stands in the partition aws-eusc while dub-1 stands in aws/,
    );
    expect(() => parseEnclave({ ...sovereignEnclave, auditor: shipped.auditor })).toThrow(
      /auditor\.region: saw "eu-central-1", which stands in the partition aws/,
    );
    expect(() => parseEnclave({ ...sovereignEnclave, organization: shipped.organization })).toThrow(
      /organization\.region: saw "eu-central-1"/,
    );
  });
});
