/**
 * Every row whose values can be made up convicts a Region or account abroad, acquits one of the EEA and says "cannot tell" of
 * a parameter: the fixtures are generated from the row itself.
 */
import { allRows } from '../../lib/catalogue';
import type { ChannelRow } from '../../lib/catalogue';
import { findRegion } from '../../lib/geo';
import { NOTHING_REGISTERED, judge } from '../../lib/residency';
import { applicationOf } from '../../lib/template';
import type { Json } from '../../lib/template';

type Written = string | number | boolean | { readonly [key: string]: Json };

interface Trial {
  readonly row: ChannelRow;
  readonly path: string;
}

const ACCOUNT = '111111111111';
const PARAMETER: Written = { Ref: 'Open' };

/** `A[].B{}.C` with a value as nested properties with one member each. */
function propertiesAt(path: string, value: Written): { [key: string]: Json } {
  const tokens = path.split('.').flatMap((part) => {
    const name = /^[^[{]*/.exec(part)![0];
    return [name, ...(part.slice(name.length).match(/\[\]|\{\}/g) ?? [])];
  });
  return tokens.reduceRight<Json>((inner, token) => {
    if (token === '[]') return [inner];
    return { [token === '{}' ? 'key' : token]: inner };
  }, value as Json) as { [key: string]: Json };
}

function verdictsOf({ row, path }: Trial, value: Written, region: string): Set<string> {
  const application = applicationOf(
    [
      {
        stackName: 'here',
        account: ACCOUNT,
        region,
        template: {
          Parameters: { Open: { Type: 'String' } },
          Resources: { Subject: { Type: row.type, Properties: propertiesAt(path, value) } },
        } as Json,
      },
    ],
    { partitionOf: (name) => findRegion(name)?.partition },
  );
  const { flows } = judge(application, {
    ...NOTHING_REGISTERED,
    now: new Date('2026-11-22T12:00:00Z'),
    // Rows that hold an enclave to its promise are judged where sites are declared.
    ...(row.scope ? { sites: [{ siteId: 'here', account: ACCOUNT, region }] } : {}),
  });
  return new Set(flows.filter((flow) => flow.rule === row.slug).map((flow) => flow.verdict));
}

function trials(evaluator: string, suits: (row: ChannelRow) => boolean = () => true): Trial[] {
  return allRows()
    .filter((row) => row.evaluator === evaluator && !row.type.startsWith('Custom::') && suits(row))
    .flatMap((row) => row.paths.map((path) => ({ row, path })));
}

/** Trials the judge did not answer as promised, as `slug path: answer`; the stack stands in Dublin unless said otherwise. */
function broken(
  list: readonly Trial[],
  value: (trial: Trial) => Written,
  promised: (verdicts: Set<string>) => boolean,
  region = 'eu-west-1',
): string[] {
  return list
    .map((trial) => ({ trial, verdicts: verdictsOf(trial, value(trial), region) }))
    .filter(({ verdicts }) => !promised(verdicts))
    .map(({ trial, verdicts }) => `${trial.row.slug} ${trial.path}: ${[...verdicts].join(' ') || 'silent'}`);
}

const convicts = (verdicts: Set<string>): boolean => verdicts.has('outside');
const finds = (verdicts: Set<string>): boolean => verdicts.has('outside') || verdicts.has('unknown');
const acquits = (verdicts: Set<string>): boolean => !verdicts.has('outside') && !verdicts.has('unknown');
const cannotTell = (verdicts: Set<string>): boolean => verdicts.has('unknown') && !verdicts.has('outside');

describe('rows that read a Region', () => {
  const list = [
    ...trials('regionLiteral', (row) => !row.args?.['inboundOnly']),
    ...trials('replicasCovered').filter(({ row, path }) => path === row.args?.['region']),
  ];

  test('are many', () => expect(list.length).toBeGreaterThan(60));
  test('convict Virginia', () => expect(broken(list, () => 'us-east-1', convicts)).toEqual([]));
  test('convict London and Zurich, whatever their names begin with', () => {
    expect(broken(list, () => 'eu-west-2', convicts)).toEqual([]);
    expect(broken(list, () => 'eu-central-2', convicts)).toEqual([]);
  });
  test('acquit Stockholm', () => expect(broken(list, () => 'eu-north-1', acquits)).toEqual([]));
  test('cannot tell a parameter', () => expect(broken(list, () => PARAMETER, cannotTell)).toEqual([]));
  test('cannot tell a Region nobody knows', () => expect(broken(list, () => 'eu-moon-1', cannotTell)).toEqual([]));
});

describe('rows that read an ARN', () => {
  const list = trials('arnRegion', (row) => !row.args?.['inboundOnly']);
  const arn = (region: string) => (): Written => `arn:aws:sqs:${region}:${ACCOUNT}:thing`;

  test('are many', () => expect(list.length).toBeGreaterThan(60));
  test('convict Virginia', () => expect(broken(list, arn('us-east-1'), convicts)).toEqual([]));
  test('acquit Ireland', () => expect(broken(list, arn('eu-west-1'), acquits)).toEqual([]));
  test('cannot tell a parameter', () => expect(broken(list, () => PARAMETER, cannotTell)).toEqual([]));
});

describe('rows that read a switch', () => {
  const deny = trials('flagDeny', (row) => !row.args?.['anyValue']);
  const denied = ({ row }: Trial): Written => (row.args!['values'] as Written[])[0]!;
  const isSwitch = ({ row }: Trial): boolean => {
    const [value, ...more] = row.args!['values'] as Written[];
    return more.length === 0 && typeof value === 'boolean';
  };
  const guard = trials('flagRequire', (row) => !(row.args!['value'] as unknown[]).includes('*'));
  const good = ({ row }: Trial): Written => (row.args!['value'] as Written[])[0]!;

  test('are many', () => expect(deny.length + guard.length).toBeGreaterThan(60));
  test('convict each value that opens the channel', () => expect(broken(deny, denied, finds)).toEqual([]));
  test('acquit a value that does not', () =>
    expect(broken(deny, (one) => (isSwitch(one) ? !denied(one) : 'something-else'), acquits)).toEqual([]));
  test('cannot tell a word that is neither on nor off', () =>
    expect(broken(deny.filter(isSwitch), () => 'yes', cannotTell)).toEqual([]));
  test('cannot tell a parameter', () => expect(broken([...deny, ...guard], () => PARAMETER, cannotTell)).toEqual([]));
  test('acquit a guard that stands', () => expect(broken(guard, good, acquits)).toEqual([]));
  test('convict a guard that does not', () => expect(broken(guard, () => 'something-else', finds)).toEqual([]));
});

describe('rows that read a zone, an account or an address range', () => {
  const zones = trials('zoneInEea');
  const accounts = trials('accountRegister');
  const ranges = [...trials('cidrIngress'), ...trials('cidrEgress')];

  test('convict a zone abroad, acquit one here, cannot tell a parameter', () => {
    expect(broken(zones, () => 'us-east-1a', convicts)).toEqual([]);
    expect(broken(zones, () => 'eu-west-1a', acquits)).toEqual([]);
    expect(broken(zones, () => PARAMETER, cannotTell)).toEqual([]);
  });
  test('find a foreign account, acquit our own, cannot tell a parameter', () => {
    expect(broken(accounts, () => '999999999999', finds)).toEqual([]);
    expect(broken(accounts, () => ACCOUNT, acquits)).toEqual([]);
    expect(broken(accounts, () => PARAMETER, cannotTell)).toEqual([]);
  });
  test('find the whole internet, acquit a private range, cannot tell a parameter', () => {
    expect(broken(ranges, () => '0.0.0.0/0', finds)).toEqual([]);
    expect(broken(ranges, () => '10.0.0.0/16', acquits)).toEqual([]);
    expect(broken(ranges, () => PARAMETER, cannotTell)).toEqual([]);
  });
});

describe('rows that run on models', () => {
  const list = trials('bedrockProfile');

  test('find a profile that routes everywhere and cannot tell a parameter', () => {
    expect(broken(list, () => 'global.anthropic.claude-sonnet-4', finds)).toEqual([]);
    expect(broken(list, () => PARAMETER, finds)).toEqual([]);
  });
});

describe('rows that pull data in', () => {
  const list = [
    ...trials('stackRegion', (row) => row.args?.['pulls'] === 'source' && !row.args['values']),
    ...trials('arnRegion', (row) => row.args?.['inboundOnly'] === true),
  ];
  const here = (): Written => `arn:aws:rds:eu-west-1:${ACCOUNT}:db:registry`;

  test('are several', () => expect(list.length).toBeGreaterThan(10));
  test('find a stack abroad that pulls from here', () => expect(broken(list, here, finds, 'us-east-1')).toEqual([]));
  test('say nothing of a stack here that pulls from abroad', () => {
    expect(broken(list, () => `arn:aws:rds:us-east-1:${ACCOUNT}:db:registry`, acquits)).toEqual([]);
  });
});

describe('rows that read a name or a text', () => {
  const buckets = trials('s3Name', (row) => !row.args?.['inboundOnly']);
  const hosts = trials('hostAllowlist');
  const texts = trials('jsonScan');

  test('find a bucket no template creates', () => expect(broken(buckets, () => 'bucket-of-nobody', finds)).toEqual([]));
  test('find a host nobody registered', () => {
    expect(broken(hosts, () => 'https://collector.example.com/in', finds)).toEqual([]);
  });
  test('find a Region abroad in a text', () => {
    expect(broken(texts, () => '{"region": "us-east-1", "bucket": "copies"}', finds)).toEqual([]);
  });
  test('find a parameter in each of them', () => {
    expect(broken([...buckets, ...hosts, ...texts], () => PARAMETER, finds)).toEqual([]);
  });
});

describe('rows that read a policy', () => {
  const documents = trials('policyScan', (row) => row.args?.['policy'] === 'resource');
  const principals = trials('policyScan', (row) => row.args?.['policy'] === 'principal');
  const everyone: Written = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
  };
  const nobody: Written = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }],
  };

  test('are many', () => expect(documents.length).toBeGreaterThan(30));
  test('convict a document that lets everyone in', () => expect(broken(documents, () => everyone, finds)).toEqual([]));
  test('acquit a document that only denies', () => expect(broken(documents, () => nobody, acquits)).toEqual([]));
  test('find a principal of a foreign account', () => {
    expect(broken(principals, () => 'arn:aws:iam::999999999999:root', finds)).toEqual([]);
  });
});

describe('rows on types whose presence is the finding', () => {
  test('find the type however little it says', () => {
    const list = allRows()
      .filter((row) => row.evaluator === 'typeDeny' && !row.type.startsWith('Custom::'))
      .map((row) => ({ row, path: row.paths[0] ?? 'Tags' }));
    expect(list.length).toBeGreaterThan(15);
    expect(broken(list, () => 'anything', finds)).toEqual([]);
  });
});
