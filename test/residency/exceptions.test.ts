/** Waivers and transfers: what they cover, what they never cover, and what is said of them when they are out of order. */
import { RegisterError, parseExternalStores, parseTransfers, parseWaivers } from '../../lib/residency';
import type { JudgeOptions, Transfer, Waiver } from '../../lib/residency';
import type { Json } from '../../lib/template';
import { here } from './court';

const secret = (cls?: string): { readonly [id: string]: Json } => ({
  S: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: {
      Name: 'token',
      ReplicaRegions: [{ Region: 'us-east-1' }],
      ...(cls ? { Tags: [{ Key: 'data-class', Value: cls }] } : {}),
    },
  },
});
const [finding] = here(secret()).findings;
const waiver: Waiver = {
  fingerprint: finding!.fingerprint,
  owner: 'ola',
  approver: 'aoife',
  reason: 'until the service moves',
  legalBasis: 'Art. 49(1)(b)',
  expires: '2026-12-31',
};
const rules = (options: Partial<JudgeOptions>): readonly string[] =>
  here(secret(), options).findings.map(({ rule }) => rule);

describe('a waiver', () => {
  test('in order covers exactly its flow, which stays on record', () => {
    const judgement = here(secret(), { waivers: [waiver] });
    expect(judgement.findings).toEqual([]);
    expect(judgement).toMatchObject({ verdict: 'outside', counts: { waived: 1 } });
    expect(judgement.flows.find(({ fingerprint }) => fingerprint === waiver.fingerprint)?.waiver).toContain(
      'approved by aoife',
    );
  });
  test('holds through its last day and not a moment longer', () => {
    const until = { ...waiver, expires: '2026-11-22' };
    expect(rules({ waivers: [until], now: new Date('2026-11-22T23:59:59Z') })).toEqual([]);
    expect(rules({ waivers: [until], now: new Date('2026-11-23T00:00:00Z') })).toEqual(
      expect.arrayContaining(['waiver-expired', finding!.rule]),
    );
  });
  test.each<[string, Partial<Waiver>]>([
    ['waiver-self-approved', { approver: ' OLA' }],
    ['waiver-over-broad', { fingerprint: '*' }],
    ['waiver-over-broad', { fingerprint: waiver.fingerprint.slice(0, 4) }],
    ['waiver-unused', { fingerprint: '0123456789abcdef' }],
    ['waiver-expired', { expires: '2026-11-21' }],
  ])('out of order (%s) covers nothing and is itself a finding', (rule, change) => {
    expect([...rules({ waivers: [{ ...waiver, ...change }] })].sort()).toEqual([finding!.rule, rule].sort());
  });
  test('keeps its flow when the template is written another way', () => {
    const written = here(
      {
        Other: {
          Type: 'AWS::SecretsManager::Secret',
          Properties: { ReplicaRegions: [{ Region: 'us-east-1' }], Name: { 'Fn::Sub': 'token' } },
        },
      },
      { waivers: [waiver] },
    );
    expect(written.findings).toEqual([]);
  });
});

describe('a transfer', () => {
  const transfer: Transfer = {
    id: 'TR-1',
    class: 'interoperable',
    store: 'token',
    destination: 'us-east-1',
    mechanism: 'standard-contractual-clauses',
    assessment: 'TIA-7',
  };
  test('covers a flow of its class, store and destination', () => {
    const judgement = here(secret('interoperable'), { transfers: [transfer] });
    expect(judgement.findings).toEqual([]);
    expect(judgement.flows.find(({ rule }) => rule === finding!.rule)?.waiver).toBe(
      'transfer TR-1 (standard-contractual-clauses, TIA-7)',
    );
  });
  test.each<[string, string | undefined, Partial<Transfer>]>([
    ['restricted data', undefined, {}],
    ['another class', 'audit', {}],
    ['another store', 'interoperable', { store: 'other' }],
    ['another destination', 'interoperable', { destination: 'us-west-2' }],
    ['a day that is past', 'interoperable', { until: '2026-11-21' }],
  ])('does not cover %s', (_words, cls, change) => {
    expect(here(secret(cls), { transfers: [{ ...transfer, ...change }] }).findings).toHaveLength(1);
  });
});

describe('a register that cannot be used is refused in one line: what, where, seen, what to do', () => {
  test.each<[string, () => unknown, string]>([
    [
      'a waiver without approver',
      () => parseWaivers({ waivers: [{ ...waiver, approver: undefined }] }, 'w.yaml'),
      'w.yaml: waivers[0].approver',
    ],
    [
      'a waiver with an unknown field',
      () => parseWaivers({ waivers: [{ ...waiver, forever: true }] }, 'w.yaml'),
      'w.yaml: waivers[0]',
    ],
    [
      'a date that is no day',
      () => parseWaivers({ waivers: [{ ...waiver, expires: '2026-02-30' }] }, 'w.yaml'),
      'not a day of the calendar; saw "2026-02-30"',
    ],
    [
      'a transfer of restricted data',
      () => parseTransfers({ transfers: [{ class: 'restricted' }] }, 't.yaml'),
      't.yaml: transfers[0]',
    ],
    [
      'a store in no known Region',
      () => parseExternalStores({ stores: [{ name: 'x', region: 'europe' }] }, 's.yaml'),
      's.yaml: stores[0].region: not a Region this version knows; saw "europe"',
    ],
    [
      'a store without name and ARN',
      () => parseExternalStores({ stores: [{ region: 'eu-west-1' }] }, 's.yaml'),
      's.yaml: stores[0]: a store needs a name or an arn',
    ],
    [
      'an account with eleven digits',
      () => parseExternalStores({ accounts: [{ id: '12345678901', owner: 'x' }] }, 's.yaml'),
      'an account id has 12 digits',
    ],
    [
      'a host with a scheme',
      () => parseExternalStores({ hosts: [{ host: 'https://x.org', country: 'IE' }] }, 's.yaml'),
      's.yaml: hosts[0].host',
    ],
    ['a list where a map belongs', () => parseExternalStores([], 's.yaml'), 's.yaml: the file'],
  ])('%s', (_words, parse, words) => {
    let error: unknown;
    try {
      parse();
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(RegisterError);
    const { message } = error as RegisterError;
    expect(message).toContain(words);
    expect(message).toContain('saw ');
    expect(message).not.toContain('\n');
  });
  test('an empty file is an empty register', () => {
    expect(parseWaivers(null, 'w.yaml')).toEqual([]);
  });
});
