import { enclave } from '../../config/enclave';
import { ConfigurationError, parseEnclave } from '../../config/parse';
import { SUBJECT_COUNTRIES } from '../../config/schema';
import type { EnclaveInput } from '../../config/schema';
import { cidrsOverlap, parseCidr } from '../../config/cidr';

type Mutable = { -readonly [K in keyof EnclaveInput]: EnclaveInput[K] } & Record<string, unknown>;

/** The lines reported when the shipped configuration is changed in one way. */
function linesFor(change: (config: Mutable) => void): readonly string[] {
  const config = structuredClone(enclave) as Mutable;
  change(config);
  try {
    parseEnclave(config);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.lines;
    throw error;
  }
  throw new Error('the changed configuration was accepted');
}

test('the shipped configuration is accepted as it is', () => {
  expect(parseEnclave(enclave).sites.map((s) => s.id)).toEqual(['dub-1', 'dub-2', 'nordic-1']);
});

describe('one mistake is one line with path, what was seen and what to do', () => {
  const cases: [string, (config: Mutable) => void, RegExp][] = [
    [
      'a misspelt key',
      (c) => Object.assign(c.sites[0]!, { acount: '111122223333' }),
      /^config\/enclave\.ts: sites\[0\]\.acount: saw key "acount", .*known keys here: .*account/,
    ],
    [
      'London',
      (c) => {
        c.sites[0]!.placement.region = 'eu-west-2';
        c.sites[0]!.placement.zones = ['euw2-az1', 'euw2-az2'];
      },
      /^config\/enclave\.ts: sites\[0\]\.placement\.region: saw "eu-west-2", which stands in London, United Kingdom, which is not in the EEA; choose one of/,
    ],
    [
      'Zurich',
      (c) => {
        c.auditor.region = 'eu-central-2';
      },
      /auditor\.region: saw "eu-central-2", which stands in Zurich, Switzerland, which is not in the EEA/,
    ],
    [
      'nobody who hears of incidents',
      (c) => {
        c.auditor.incidents = [];
      },
      /auditor\.incidents: saw \[\], which is empty; an incident that nobody hears of is none, so name a queue or a function/,
    ],
    [
      'incidents by e-mail',
      (c) => {
        c.auditor.incidents = [{ protocol: 'email' as 'sqs', name: 'on-call' }];
      },
      /auditor\.incidents\[0\]\.protocol: saw "email", which is no way to tell of incidents inside the auditor’s account; choose sqs or lambda/,
    ],
    [
      'incidents told to a queue of somebody else',
      (c) => {
        c.auditor.incidents = [{ protocol: 'sqs', name: 'arn:aws:sqs:us-east-1:999999999999:on-call' }];
      },
      /auditor\.incidents\[0\]\.name: .* is no name of a queue or function of the auditor’s account; write it like "on-call", without an ARN/,
    ],
    [
      'incidents told twice to the same queue',
      (c) => {
        c.auditor.incidents = [...c.auditor.incidents, ...c.auditor.incidents];
      },
      /auditor\.incidents\[1\]\.name: saw "on-call", which is subscribed already/,
    ],
    [
      'the Istanbul zone',
      (c) => {
        c.sites[0]!.placement.zones[1] = 'eu-central-1-ist-1a';
      },
      /sites\[0\]\.placement\.zones\[1\]: saw "eu-central-1-ist-1a", which stands in Türkiye, which is not in the EEA/,
    ],
    [
      'overlapping ranges',
      (c) => {
        c.sites[1]!.cidr = '10.16.128.0/17';
      },
      /sites\[1\]\.cidr: saw "10\.16\.128\.0\/17", which overlaps 10\.16\.0\.0\/16 of sites\[0\]; give every site its own range/,
    ],
    [
      'an 11-digit account',
      (c) => {
        c.sites[2]!.account = '33334444555';
      },
      /sites\[2\]\.account: saw "33334444555", which is no AWS account id; write it like "111122223333"/,
    ],
    [
      'an unknown Region',
      (c) => {
        c.sites[0]!.placement.region = 'eu-west-9';
      },
      /sites\[0\]\.placement\.region: saw "eu-west-9", which is no Region with a row/,
    ],
    [
      'replication to an unknown site',
      (c) => {
        c.replication[0]!.to = 'osl-1';
      },
      /replication\[0\]\.to: saw "osl-1", which is no site of this enclave; the sites are dub-1, dub-2, nordic-1/,
    ],
    [
      'a copy in the same Region',
      (c) => {
        c.replication[0]!.to = 'dub-2';
      },
      /replication\[0\]\.to: saw "dub-2", which stands in eu-west-1 like its source/,
    ],
    [
      'two destinations of one site',
      (c) => {
        c.replication.push({ from: 'dub-1', to: 'nordic-1' });
      },
      /replication\[3\]\.from: saw "dub-1", which copies already/,
    ],
    [
      'a zone name instead of a zone id',
      (c) => {
        c.sites[0]!.placement.zones[0] = 'eu-west-1a';
      },
      /zones\[0\]: saw "eu-west-1a", which is not the id of an ordinary availability zone/,
    ],
    [
      'a zone of another Region',
      (c) => {
        c.sites[0]!.placement.zones[1] = 'eun1-az1';
      },
      /zones\[1\]: saw "eun1-az1", which is a zone of eu-north-1; name zones of eu-west-1/,
    ],
    [
      'the same primary zone twice',
      (c) => {
        c.sites[1]!.placement.zones = ['euw1-az1', 'euw1-az2'];
      },
      /sites\[1\]\.placement\.zones\[0\]: saw "euw1-az1", which is the primary zone of dub-1 too/,
    ],
    [
      'a shared account',
      (c) => {
        c.sites[1]!.account = '111122223333';
      },
      /sites\[1\]\.account: saw "111122223333", which is the account of sites\[0\] too/,
    ],
    [
      'a site in the auditor’s account',
      (c) => {
        c.sites[1]!.account = '444455556666';
      },
      /sites\[1\]\.account: saw "444455556666", which is the auditor’s account/,
    ],
    [
      'an undeclared stand-in',
      (c) => {
        delete c.sites[2]!.standIn;
      },
      /sites\[2\]\.commitment\.country: saw "NO" \(Norway\) is not where eu-north-1 stands \(Sweden\); declare a standIn/,
    ],
    [
      'a stand-in that stands in for nothing',
      (c) => {
        c.sites[0]!.standIn = c.sites[2]!.standIn!;
      },
      /sites\[0\]\.standIn: saw .* which declares a stand-in although the site stands in Ireland as committed/,
    ],
    [
      'strictCountry while Norway is unmet',
      (c) => {
        c.strictCountry = true;
      },
      /sites\[2\]\.placement\.region: saw "eu-north-1", which stands in Sweden while Norway is committed and strictCountry is true; move the site to Norway/,
    ],
    [
      'a country without a home',
      (c) => {
        c.sites[0]!.homeOf.pop();
      },
      /leaves users of CH without a home site/,
    ],
    [
      'a country with two homes',
      (c) => {
        c.sites[1]!.homeOf.push('IE');
      },
      /sites\[1\]\.homeOf\[13\]: saw "IE", which has its home at dub-1 already/,
    ],
    [
      'a country that is not served',
      (c) => {
        c.sites[1]!.homeOf.push('US');
      },
      /saw "US", which is not a country this enclave serves/,
    ],
    [
      'two stores of one name',
      (c) => {
        c.stores[1]!.name = 'media';
      },
      /stores\[1\]\.name: saw "media", which is the name of stores\[0\] too/,
    ],
    [
      'an unknown class',
      (c) => {
        Object.assign(c.stores[0]!, { class: 'secret' });
      },
      /stores\[0\]\.class: saw "secret", which is no data class/,
    ],
    [
      'an unknown kind of store',
      (c) => {
        Object.assign(c.stores[0]!, { kind: 'queue' });
      },
      /stores\[0\]\.kind: saw "queue", which is no kind of store; choose bucket, table or database/,
    ],
    [
      'a retention CloudWatch does not know',
      (c) => {
        Object.assign(c.retention, { logDays: 123 });
      },
      /retention\.logDays: saw 123, which is no retention CloudWatch Logs accepts/,
    ],
    [
      'an authority that is no site',
      (c) => {
        c.pseudonymAuthority = 'lon-1';
      },
      /pseudonymAuthority: saw "lon-1", which is no site of this enclave/,
    ],
    [
      'a public range',
      (c) => {
        c.sites[0]!.cidr = '52.16.0.0/16';
      },
      /sites\[0\]\.cidr: saw "52\.16\.0\.0\/16", which is not a private range/,
    ],
    [
      'a range off its boundary',
      (c) => {
        c.sites[0]!.cidr = '10.16.1.0/16';
      },
      /sites\[0\]\.cidr: saw "10\.16\.1\.0\/16", which is no IPv4 block on its own boundary/,
    ],
    [
      'a missing value',
      (c) => {
        delete (c as Record<string, unknown>)['costCentre'];
      },
      /costCentre: saw nothing; a value of type string is required/,
    ],
    [
      'an operator outside the EEA',
      (c) => {
        c.operator.country = 'GB';
      },
      /operator\.country: saw "GB" \(United Kingdom\) is not one of the 30 EEA states/,
    ],
  ];
  test.each(cases)('%s', (_, change, expected) => {
    const lines = linesFor(change);
    expect(lines.filter((line) => expected.test(line))).toHaveLength(1);
    for (const line of lines) expect(line).toMatch(/^config\/enclave\.ts: \S+: saw /);
    for (const line of lines) expect(line).not.toContain('\n');
  });

  test('two mistakes are two lines', () => {
    expect(
      linesFor((c) => {
        c.sites[0]!.account = '1';
        c.sites[1]!.account = '2';
      }),
    ).toHaveLength(2);
  });

  test.each([[null], [42], ['text'], [[]], [{}]])('%j is refused without a stack trace', (input) => {
    expect(() => parseEnclave(input)).toThrow(ConfigurationError);
  });
});

test('users of the EEA, the United Kingdom and Switzerland each have exactly one home, inside the EEA', () => {
  const homes = parseEnclave(enclave).sites.flatMap((s) => s.homeOf);
  expect([...homes].sort()).toEqual([...SUBJECT_COUNTRIES].sort());
});

test.each([
  ['10.0.0.0/8', '10.255.0.0/16', true],
  ['10.16.0.0/16', '10.17.0.0/16', false],
  ['10.16.0.0/16', 'not a block', false],
])('%s and %s overlap: %s', (a, b, expected) => {
  expect(cidrsOverlap(a, b)).toBe(expected);
  expect(cidrsOverlap(b, a)).toBe(expected);
});

test.each(['10.0.0.0/33', '10.0.0/8', '010.0.0.0/8', '10.0.0.1/8', '', '::/0'])('"%s" is no block', (value) => {
  expect(parseCidr(value)).toBeUndefined();
});
