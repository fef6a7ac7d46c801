import { requireCountry, requireRegion } from '../../lib/geo';
import { commitments } from '../../lib/enclave/commitments';
import { STACK_POLICY, STATEFUL_TYPES } from '../../lib/enclave/stack-policy';
import { synthesise } from './synthesised';

const enclave = synthesise();
/** The stacks of the sites; the one of the organisation has its own promises in perimeter.test.ts. */
const ofSites = <T>(all: ReadonlyMap<string, T>): [string, T][] =>
  [...all].filter(([name]) => name !== 'organization-perimeter' && name !== 'oversight');

describe('sites', () => {
  test('every stack is named <site>-<part>, has a literal account and Region in the EEA, and cannot be deleted by accident', () => {
    expect(enclave.stacks.size).toBeGreaterThan(0);
    for (const [name, stack] of ofSites(enclave.stacks)) {
      expect(name).toMatch(
        /^(dub-1|dub-2|nordic-1)-(identity|keys|backup-keys|logs|network|stores|gateway|oversight|replica-of-(dub|nordic)-\d)$/,
      );
      expect(stack.node.id).toBe(name);
      expect(requireCountry(requireRegion(stack.region).country).eea).toBe(true);
      expect(stack.account).toMatch(/^\d{12}$/);
      expect(stack.terminationProtection).toBe(true);
    }
  });

  test('share no account', () => {
    const accounts = enclave.config.sites.map((s) => s.account);
    expect(new Set(accounts).size).toBe(accounts.length);
  });

  test('everything taggable says its site, the promised and the actual country, the operator and who pays', () => {
    for (const [name, template] of ofSites(enclave.templates)) {
      // A managed policy takes no tags, and nothing else stands in this stack.
      if (name.endsWith('-identity')) continue;
      const tagged = Object.values(
        template.toJSON()['Resources'] as Record<string, { Properties?: { Tags?: { Key: string; Value: string }[] } }>,
      ).filter((r) => Array.isArray(r.Properties?.Tags));
      expect(tagged.length).toBeGreaterThan(0);
      for (const r of tagged) {
        const tags = new Map(r.Properties!.Tags!.map((t) => [t.Key, t.Value]));
        expect([...tags.keys()]).toEqual(
          expect.arrayContaining(['site', 'committed-country', 'actual-country', 'operator', 'cost-centre']),
        );
        expect(name.startsWith(`${tags.get('site')!}-`)).toBe(true);
        expect(tags.get('actual-country')).toBe(requireRegion(enclave.stacks.get(name)!.region).country);
      }
    }
  });

  test('a fourth site is a row of the configuration', () => {
    const finland = {
      id: 'fin-1',
      account: '555566667777',
      commitment: { country: 'DE' },
      placement: { kind: 'region', region: 'eu-central-1', zones: ['euc1-az1', 'euc1-az2', 'euc1-az3'] },
      cidr: '10.48.0.0/16',
      homeOf: ['FI'],
    };
    const sites = enclave.config.sites.map((s) => ({ ...s, homeOf: s.homeOf.filter((c) => c !== 'FI') }));
    const grown = synthesise({
      ...enclave.config,
      sites: [...sites, finland],
      replication: [...enclave.config.replication, { from: 'fin-1', to: 'dub-2' }],
    });
    expect([...grown.stacks.keys()].filter((name) => name.startsWith('fin-1'))).toEqual([
      'fin-1-identity',
      'fin-1-keys',
      'fin-1-backup-keys',
      'fin-1-logs',
      'fin-1-network',
      'fin-1-stores',
      'fin-1-gateway',
      'fin-1-oversight',
    ]);
    expect([...grown.stacks.keys()]).toContain('dub-2-replica-of-fin-1');
  });
});

describe('nordic-1', () => {
  test('is committed to Norway, stands in Sweden, and says so in every tag, description and commitment', () => {
    const site = commitments(enclave.config, '2026-11-22').sites.find((s) => s.site === 'nordic-1')!;
    expect(site).toMatchObject({
      committed: 'NO',
      actual: 'SE',
      status: 'stand-in',
      region: 'eu-north-1',
      standIn: { reviewOverdue: false },
    });
    for (const [name, stack] of enclave.stacks) {
      if (!name.startsWith('nordic-1') || stack.region !== 'eu-north-1') continue;
      expect(stack.templateOptions.description).toContain('stands in Sweden; Norway committed');
    }
  });

  test('nothing that stands in Sweden is called Norway or Hamar', () => {
    for (const [name, template] of enclave.templates) {
      if (enclave.stacks.get(name)!.region !== 'eu-north-1') continue;
      expect(JSON.stringify(template.toJSON()['Resources'])).not.toMatch(/norway|hamar|oslo/i);
    }
  });

  test('its stand-in is overdue the day after its review date', () => {
    const on = (day: string) =>
      commitments(enclave.config, day).sites.find((s) => s.site === 'nordic-1')!.standIn!.reviewOverdue;
    expect([on('2027-06-30'), on('2027-07-01')]).toEqual([false, true]);
  });
});

test('the commitments say which zones two sites share, and what they do not show', () => {
  const document = commitments(enclave.config, '2026-11-22');
  expect(document.sites.find((s) => s.site === 'dub-1')!.sharedZones).toEqual([{ zone: 'euw1-az2', with: 'dub-2' }]);
  expect(document.sites.find((s) => s.site === 'nordic-1')!.sharedZones).toEqual([]);
  expect(document.notShown.join(' ')).toContain('No AWS Region stands in Norway');
});

test('the stack policy protects every stateful type the enclave has', () => {
  const deny = STACK_POLICY.Statement.find((s) => s.Effect === 'Deny')!;
  expect(deny.Action).toEqual(['Update:Delete', 'Update:Replace']);
  for (const type of STATEFUL_TYPES) expect(enclave.all(type).length).toBeGreaterThan(0);
  const retained = new Set(
    [...enclave.templates.values()]
      .flatMap((t) =>
        Object.values(t.toJSON()['Resources'] as Record<string, { Type: string; DeletionPolicy?: string }>),
      )
      .filter((r) => r.DeletionPolicy?.startsWith('Retain'))
      .map((r) => r.Type),
  );
  // Subnet and parameter groups go with the database they serve; everything else that is retained is protected from updates too.
  expect(
    [...retained].filter((t) => !['AWS::RDS::DBSubnetGroup', 'AWS::RDS::DBParameterGroup'].includes(t)).sort(),
  ).toEqual([...STATEFUL_TYPES].sort());
});
