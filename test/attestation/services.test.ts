import { attestorActions } from '../../lib/attestation';
import { channelCoverage, probeOf } from '../../lib/attestation/coverage';
import { SERVICES } from '../../lib/attestation/services';
import { allRows } from '../../lib/catalogue';
import { FAMILIES } from './families';
import { attestRecorded, faultsOf, refusal, STACK, STORES } from './recorded-aws';
import type { Answers } from './recorded-aws';

/** Only the family's own service: what another service makes of the same answers is its own test. */
const servicesOf = (slug: string) => STORES.filter((service) => service.slug === slug);

describe.each(FAMILIES)('$service', (family) => {
  const { service, resources, physical, answers, breaks } = family;
  const look = (change: Answers = {}) =>
    attestRecorded({ resources, physical, answers: { ...answers, ...change } }, servicesOf(service), {
      regions: ['us-east-1'],
    });

  test('everything holds when the answers are as declared', async () => {
    // What stands in one Region is not listed in the other, so the recorded list is given to the stack's own alone.
    const attestation = await look();
    const own = faultsOf(attestation).filter((fault) => !fault.startsWith('unexpected'));
    expect(own).toEqual([]);
    expect(attestation.counts.holds).toBeGreaterThan(3);
  });

  test.each(Object.entries(breaks))('%s is named, and nothing else', async (_title, [change, named]) => {
    const before = new Set(faultsOf(await look()));
    const faults = faultsOf(await look(change)).filter((fault) => !before.has(fault));
    const wanted = named.startsWith('unexpected') ? new RegExp(`^${named} `) : new RegExp(`^broken ${STACK}/${named}$`);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.filter((fault) => !wanted.test(fault))).toEqual([]);
  });

  test('whatever is refused leaves claims unseen and names the action, and nothing is broken by it', async () => {
    const asked = new Set<string>();
    await attestRecorded({ resources, physical, answers }, servicesOf(service), {
      onCall: ({ operation }) => asked.add(operation),
    });
    for (const operation of [...asked].filter((each) => each !== 'ListStackResources')) {
      const attestation = await attestRecorded(
        { resources, physical, answers: { ...answers, [operation]: refusal() } },
        servicesOf(service),
      );
      const unseen = attestation.claims.filter(({ verdict }) => verdict === 'unseen');
      expect({ operation, broken: attestation.counts.broken }).toEqual({ operation, broken: 0 });
      expect({ operation, unseen: unseen.length > 0 || attestation.verdict !== 'holds' }).toEqual({
        operation,
        unseen: true,
      });
      if (unseen.length > 0) expect(unseen.some(({ why }) => / is denied/u.test(why))).toBe(true);
    }
  });
});

describe('coverage of the catalogue', () => {
  const rows = new Map(allRows().map((row) => [row.slug, row]));

  test.each(SERVICES.map((service) => [service.slug, service] as const))(
    'every channel %s answers for is a row of the catalogue whose probe it asks',
    (_slug, { channels, reads }) => {
      const asked = new Set(reads.map(({ service, operation }) => `${service}:${operation}`));
      const idle = channels.filter((slug) => {
        const probe = rows.get(slug)?.defences.attestation;
        return !probe || 'none' in probe || !asked.has(probeOf(probe));
      });
      expect(idle).toEqual([]);
    },
  );

  test('the rows are counted: what nothing asks is unseen, and none is left out', () => {
    const { attested, unseen, impossible } = channelCoverage(SERVICES);
    expect(new Set(attested).size).toBe(attested.length);
    expect(attested.length + unseen.length + impossible.length).toBe(rows.size);
    expect(attested.length).toBeGreaterThanOrEqual(166);
    expect(unseen.map(({ slug }) => slug)).toContain('dms-endpoint-host');
  });
});

describe('the policy of the attestor', () => {
  test('allows reading and nothing that changes or reads contents', () => {
    const actions = attestorActions(SERVICES);
    expect(actions.filter((action) => !/^[a-z0-9-]+:(Get|List|Describe)/u.test(action))).toEqual([]);
    const contents = [
      's3:GetObject',
      'secretsmanager:GetSecretValue',
      'dynamodb:GetItem',
      'ssm:GetParameter',
      'logs:GetLogEvents',
    ];
    expect(actions.filter((action) => contents.includes(action))).toEqual([]);
  });

  test('allows every call that is made', async () => {
    const allowed = new Set(attestorActions(SERVICES));
    for (const { resources, physical, answers } of FAMILIES) {
      const needed = new Set<string>();
      await attestRecorded({ resources, physical, answers }, STORES, {
        onCall: ({ actions }) => actions.forEach((action) => needed.add(action)),
      });
      expect([...needed].filter((action) => !allowed.has(action))).toEqual([]);
      expect(needed.size).toBeGreaterThan(50);
    }
  });
});
