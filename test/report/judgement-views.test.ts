/** The views of a judgement say the same thing, each in its own form. */
import type { Log } from 'sarif';
import { JUDGEMENT_VIEWS, summary } from '../../lib/report';
import type { JudgementView } from '../../lib/report';
import type { Flow, Judgement } from '../../lib/residency';

const flow = (change: Partial<Flow>): Flow => ({
  fingerprint: '0123456789abcdef',
  rule: 'store-placement',
  store: {
    stack: 'dub-1-stores',
    logicalId: 'Media',
    type: 'AWS::S3::Bucket',
    class: 'restricted',
    classified: true,
    constructPath: 'dub-1-stores/Media/Resource',
  },
  channel: 'placement',
  path: '',
  destination: { kind: 'region', value: 'eu-west-1', region: 'eu-west-1', country: 'IE' },
  verdict: 'inside',
  why: 'bucket Media of stack dub-1-stores stands in eu-west-1 (Ireland): inside',
  remedy: 'Nothing.',
  source: { file: 'cdk.out/dub-1-stores.template.json', line: 3 },
  ...change,
});
const leak = flow({
  fingerprint: 'fedcba9876543210',
  rule: 's3-replication-bucket',
  channel: 'replication',
  path: 'ReplicationConfiguration.Rules[0].Destination.Bucket',
  destination: { kind: 'region', value: 'copy|*x*', region: 'eu-west-2', country: 'GB' },
  verdict: 'outside',
  why: 'bucket Media of stack dub-1-stores replicates to `copy|*x*`, which stack far creates in eu-west-2 (United Kingdom): outside',
  remedy: 'Replicate inside the EEA.',
  source: { file: 'cdk.out/dub-1-stores.template.json', line: 12 },
  program: { file: '/home/someone/lib/stores.ts', line: 44 },
});
const waived = flow({
  fingerprint: '00000000000000aa',
  rule: 'kms-multi-region',
  channel: 'replication',
  verdict: 'unknown',
  why: 'the key could be replicated: unknown',
  waiver: 'waiver of ola, approved by aoife, until 2027-01-31',
});
const judgement: Judgement = {
  schemaVersion: '1.0',
  verdict: 'outside',
  flows: [leak, waived, flow({})],
  findings: [leak],
  counts: { stacks: 2, resources: 5, stores: 1, inside: 1, outside: 1, unknown: 1, waived: 1 },
};
const show = (view: JudgementView, colour = false): string =>
  JUDGEMENT_VIEWS[view](judgement, { colour, version: '1.2.3' });

describe('every view', () => {
  test.each(Object.keys(JUDGEMENT_VIEWS) as JudgementView[])(
    '%s names the finding, its reason and its fingerprint, and ends in a line break',
    (view) => {
      const shown = show(view);
      for (const words of ['fedcba9876543210', 'United Kingdom', 'Replicate inside the EEA.'])
        expect(shown).toContain(words);
      expect(shown.endsWith('\n')).toBe(true);
      expect(shown.endsWith('\n\n')).toBe(false);
    },
  );
});

describe('text', () => {
  test('says first of each store what is found and last what it means', () => {
    expect(show('text')).toMatchInlineSnapshot(`
     "dub-1-stores/Media/Resource  AWS::S3::Bucket  restricted
       ! outside replication -> copy|*x* (eu-west-2, United Kingdom)
           bucket Media of stack dub-1-stores replicates to \`copy|*x*\`, which stack far creates in eu-west-2 (United Kingdom): outside.
           do  Replicate inside the EEA.
           at  /home/someone/lib/stores.ts:44  ReplicationConfiguration.Rules[0].Destination.Bucket
           id  fedcba9876543210  s3-replication-bucket
       ~ unknown replication -> eu-west-1 (Ireland)  waiver of ola, approved by aoife, until 2027-01-31
       + inside  placement -> eu-west-1 (Ireland)

     outside: data can leave the EEA.
     2 stacks, 5 resources, 1 store; flows: 1 inside, 1 outside, 1 unknown, 1 waived; 1 finding
     "
    `);
  });
  test('is coloured only when asked to be', () => {
    expect(show('text')).not.toContain('\u001b');
    expect(show('text', true)).toContain('\u001b[31m');
  });
});

test('json is the judgement itself', () => {
  expect(JSON.parse(show('json'))).toEqual(judgement);
});

describe('sarif', () => {
  const log = JSON.parse(show('sarif')) as Log;
  const { results, tool } = log.runs[0]!;
  test('is version 2.1.0 and names tool, version and every rule it uses', () => {
    expect(log.version).toBe('2.1.0');
    expect(tool.driver).toMatchObject({ name: 'enclave', version: '1.2.3' });
    for (const result of results!) expect(tool.driver.rules![result.ruleIndex!]!.id).toBe(result.ruleId);
  });
  test('points to the program where a line of it is recorded, and to the template beside', () => {
    expect(results![0]).toMatchObject({
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'file:///home/someone/lib/stores.ts' },
            region: { startLine: 44 },
          },
        },
      ],
      relatedLocations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'cdk.out/dub-1-stores.template.json' },
            region: { startLine: 12 },
          },
        },
      ],
      partialFingerprints: { 'residencyFlow/v1': 'fedcba9876543210' },
    });
  });
  test('points to the template otherwise', () => {
    expect(results![1]!.locations).toMatchObject([
      {
        physicalLocation: { artifactLocation: { uri: 'cdk.out/dub-1-stores.template.json' }, region: { startLine: 3 } },
      },
    ]);
  });
  test('shows what is waived as suppressed and what is inside not at all', () => {
    expect(results).toHaveLength(2);
    expect(results![1]).toMatchObject({
      level: 'warning',
      suppressions: [{ kind: 'external', justification: waived.waiver }],
    });
  });
});

describe('markdown', () => {
  test('lets no value break out of its table cell', () => {
    const rows = show('markdown')
      .split('\n')
      .filter((line) => line.startsWith('| outside'));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain('copy\\|\\*x\\*');
    expect(rows[0]!.match(/(?<!\\)\|/g)).toHaveLength(9);
  });
  test('lists what a registered exception covers', () => {
    expect(show('markdown')).toContain('Covered by a registered exception');
  });
});

describe('summary', () => {
  const input = {
    judgement,
    sites: [
      { id: 'dub-1', committed: 'IE', actual: 'IE', placement: 'eu-west-1' },
      { id: 'nordic-1', committed: 'NO', actual: 'SE', placement: 'eu-north-1' },
    ],
    paths: { templates: 'cdk.out', evidence: 'cdk.out/evidence' },
  };
  test('tells promise from building, and where to look', () => {
    expect(summary(input)).toMatchInlineSnapshot(`
     "2 sites
       dub-1     committed Ireland, actual Ireland, eu-west-1
       nordic-1  committed Norway, actual Sweden, eu-north-1  (stand-in)
     stores: 1 restricted
     verdict: outside, data can leave the EEA
     2 stacks, 5 resources, 1 store; flows: 1 inside, 1 outside, 1 unknown, 1 waived; 1 finding
     templates  cdk.out
     evidence   cdk.out/evidence
     "
    `);
  });
  test('never calls a stand-in by the country it stands in for', () => {
    expect(summary(input)).toMatch(/nordic-1 .*actual Sweden.*stand-in/);
  });
});
