import { judgedTransfers, registeredTransfers } from '../../../bin/transfers';
import { enclave as input } from '../../../config/enclave';
import { ConfigurationError, parseEnclave } from '../../../config/parse';
import { transfers as shipped } from '../../../config/transfers';
import { MECHANISMS, zoneOf } from '../../../lib/gateway/transfer';
import { NOTHING_REGISTERED, judge } from '../../../lib/residency';
import { readApplication } from '../../../lib/template';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UK_POSTS, US_TABLES } from './fixtures';

const TODAY = new Date('2026-11-22T12:00:00Z');
const enclave = parseEnclave(input);

function linesOf(given: readonly unknown[], today = TODAY): readonly string[] {
  try {
    registeredTransfers(enclave, today, given);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.lines;
    throw error;
  }
}

test('the shipped register is empty: nothing leaves', () => {
  expect(shipped).toEqual([]);
  expect(registeredTransfers(enclave, TODAY)).toEqual([]);
  expect(judgedTransfers(enclave, [])).toEqual([]);
});

test('transfers that are in order pass', () => {
  expect(linesOf([US_TABLES, UK_POSTS])).toEqual([]);
});

const to = (change: object) => ({ to: { ...US_TABLES.to, ...change } });

test.each<[string, unknown, RegExp]>([
  ['restricted data', { ...US_TABLES, class: 'restricted' }, /Restricted data is never transferred/],
  [
    'a restricted dataset under another class',
    { ...UK_POSTS, dataset: 'messages', fields: ['sender'] },
    /class: saw interoperable, while the dataset is restricted/,
  ],
  [
    'a dataset that is not registered',
    { ...US_TABLES, dataset: 'other' },
    /dataset: saw other, which is not registered/,
  ],
  [
    'a field that the dataset drops',
    { ...UK_POSTS, fields: ['address'] },
    /fields: saw address, which the dataset does not show/,
  ],
  [
    'records of a class that only leaves as a table',
    { ...US_TABLES, fields: ['person'] },
    /fields: saw person, which the dataset does not show/,
  ],
  ['part of a table', { ...US_TABLES, fields: ['home'] }, /the table also shows age, minutes/],
  [
    'a table without threshold',
    { ...US_TABLES, minimumGroup: undefined },
    /minimumGroup: saw nothing, which is less than 10/,
  ],
  ['a threshold for records', { ...UK_POSTS, minimumGroup: 20 }, /only tables of class aggregate/],
  [
    'a site that does not hold the key of the pseudonyms',
    { ...UK_POSTS, from: 'dub-2' },
    /from: saw dub-2, while dub-1 alone holds the key of the pseudonyms; let it leave there/,
  ],
  [
    'a key of the recipient in another Region than its bucket',
    { ...UK_POSTS, to: { ...UK_POSTS.to, region: 'eu-west-1' }, zone: 'ADEQUATE' },
    /to\.key: saw arn:aws:kms:eu-west-2:.*while the bucket stands in eu-west-1/,
  ],
  ['a key that is no ARN', { ...UK_POSTS, to: { ...UK_POSTS.to, key: 'alias/inbox' } }, /is no ARN of a KMS key/],
  ['an unknown site', { ...US_TABLES, from: 'dub-9' }, /from: saw dub-9, which is no site/],
  ['an unknown country', { ...US_TABLES, ...to({ country: 'QQ' }) }, /no country code with a row/],
  ['an unknown Region', { ...US_TABLES, ...to({ region: 'us-nowhere-1' }) }, /no Region with a row/],
  [
    'a zone that is better than the recipient’s country',
    { ...US_TABLES, ...to({ region: 'eu-central-1' }), zone: 'EEA', mechanism: 'within-eea' },
    /zone: saw EEA, while country US and Region eu-central-1 make it THIRD/,
  ],
  [
    'a zone that is better than the bucket’s Region',
    { ...UK_POSTS, to: { ...UK_POSTS.to, region: 'us-east-1' } },
    /make it THIRD/,
  ],
  [
    'adequacy where no decision covers the country',
    { ...US_TABLES, mechanism: 'adequacy' },
    /mechanism: saw adequacy, \(Article 45\) which is no footing in zone THIRD; choose binding-corporate-rules or standard/,
  ],
  ['a third country without assessment', { ...US_TABLES, assessment: undefined }, /assessment: saw nothing/],
  ['an owner who approves', { ...US_TABLES, approver: 'head of ANALYTICS ' }, /who is the owner too/],
  ['an expired transfer', { ...US_TABLES, expires: '2026-11-21' }, /expires: saw 2026-11-21, which is over/],
  ['an expiry in years', { ...US_TABLES, expires: '2029-01-01' }, /which is too far away/],
  ['a derogation for longer than a quarter', { ...US_TABLES, mechanism: 'derogation' }, /too far away for derogation/],
  ['an unknown key', { ...US_TABLES, note: 'x' }, /note/],
])('%s fails, in a line that says where and what to do', (_, given, line) => {
  const lines = linesOf([given]);
  expect(lines.join('\n')).toMatch(line);
  expect(new Set(lines).size).toBe(lines.length);
  for (const each of lines) expect(each).toMatch(/^config\/transfers\.ts: /);
});

test('a transfer holds to the end of its last day, and not a millisecond longer', () => {
  expect(linesOf([{ ...US_TABLES, expires: '2026-11-22' }], new Date('2026-11-22T23:59:59.999Z'))).toEqual([]);
  expect(linesOf([{ ...US_TABLES, expires: '2026-11-22' }], new Date('2026-11-23T00:00:00.000Z'))).toHaveLength(1);
});

test('two transfers of one id, or into one bucket, fail', () => {
  expect(linesOf([US_TABLES, US_TABLES]).join('\n')).toMatch(/registered twice.*\n.*another transfer fills/);
});

test('the zone is the worse of country and Region, and unknown is blocked', () => {
  expect(zoneOf({ country: 'IE', region: 'eu-west-1' })).toBe('EEA');
  expect(zoneOf({ country: 'IE', region: 'eu-west-2' })).toBe('ADEQUATE');
  expect(zoneOf({ country: 'US', region: 'eu-west-1' })).toBe('THIRD');
  expect(zoneOf({ country: 'IE', region: 'eu-nowhere-1' })).toBe('BLOCKED');
  expect(zoneOf({ country: '', region: 'eu-west-1' })).toBe('BLOCKED');
});

test('every zone but EEA has a footing, and none is one in all of them', () => {
  for (const { zones } of Object.values(MECHANISMS)) expect(zones.length).toBeLessThan(3);
  expect(Object.values(MECHANISMS).flatMap(({ zones }) => [...zones])).toEqual(
    expect.arrayContaining(['EEA', 'ADEQUATE', 'THIRD']),
  );
});

/** Findings about buckets that are copied to, and opened to, a partner. */
function findings(
  bucket: string,
  partner: { bucket: string; account: string },
  dataClass = 'aggregate',
  today = TODAY,
) {
  const folder = mkdtempSync(join(tmpdir(), 'transfers-'));
  const file = join(folder, 'exports.json');
  const template = {
    Resources: {
      Export: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          BucketName: bucket,
          Tags: [{ Key: 'data-class', Value: dataClass }],
          VersioningConfiguration: { Status: 'Enabled' },
          ReplicationConfiguration: {
            Role: 'arn:aws:iam::111122223333:role/export',
            Rules: [
              {
                Status: 'Enabled',
                Destination: { Bucket: `arn:aws:s3:::${partner.bucket}`, Account: partner.account },
              },
            ],
          },
        },
      },
    },
  };
  try {
    writeFileSync(file, JSON.stringify(template));
    const application = readApplication([{ path: file, region: 'eu-west-1', account: '111122223333' }], {
      partitionOf: () => 'aws',
    });
    const register = registeredTransfers(enclave, TODAY, [US_TABLES]);
    return judge(application, { ...NOTHING_REGISTERED, transfers: judgedTransfers(enclave, register), now: today })
      .findings;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the judge lets data out of the transfer’s export bucket to its recipient, and nowhere else', () => {
  const bucket = 'enclave-dub-1-export-us-statistics-111122223333';
  expect(findings(bucket, US_TABLES.to)).toEqual([]);
  expect(findings('enclave-dub-1-statistics-111122223333', US_TABLES.to).length).toBeGreaterThan(0);
  expect(findings(bucket, { bucket: 'elsewhere', account: '999988887777' }).length).toBeGreaterThan(0);
  expect(findings(bucket, { bucket: US_TABLES.to.bucket, account: '121212121212' }).length).toBeGreaterThan(0);
  expect(findings(bucket, US_TABLES.to, 'restricted').length).toBeGreaterThan(0);
  expect(findings(bucket, US_TABLES.to, 'aggregate', new Date('2027-07-01')).length).toBeGreaterThan(0);
});
