/** One line of configuration may change forty policies: a reviewer reads once what happened, and then to what. */
import type { Log } from 'sarif';
import { DIFF_VIEWS } from '../../lib/report/diff';
import type { DiffRow, DiffView, ResidencyDiff } from '../../lib/report/diff';
import type { Json } from '../../lib/template';
import { LONDON, bucket, resource, shop } from '../diff/shop';
import { compare, side } from '../diff/sides';

const show = (view: DiffView, difference: ResidencyDiff): string =>
  DIFF_VIEWS[view](difference, { colour: false, version: '1.2.3' });

/** Buckets whose policies deny whoever is not of these organisations. */
function guarded(count: number, organisations: readonly string[], by: (index: number) => string = () => 's3:*') {
  const resources: { [logicalId: string]: Json } = {};
  for (let index = 0; index < count; index += 1) {
    resources[`Media${index}`] = bucket('', 'restricted');
    resources[`Policy${index}`] = resource('AWS::S3::BucketPolicy', {
      Bucket: { Ref: `Media${index}` },
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'NobodyElse',
            Effect: 'Deny',
            Principal: '*',
            Action: by(index),
            Resource: { 'Fn::Sub': `\${Media${index}.Arn}/*` },
            Condition: { StringNotEquals: { 'aws:PrincipalOrgID': [...organisations] } },
          },
        ],
      },
    });
  }
  return { name: 'media', resources };
}
const loosened = (count: number, by?: (index: number) => string): ResidencyDiff =>
  compare(side(guarded(count, ['o-ours'], by)), side(guarded(count, ['o-ours', 'o-theirs'], by)));

describe('thirty-three policies that one line loosened', () => {
  const difference = loosened(33);
  const text = show('text', difference);
  const times = (words: string, within: string): number => within.split(words).length - 1;

  test('are thirty-three rows of one difference, each with a fingerprint of its own', () => {
    expect(new Set(difference.rows.map(({ fingerprint }) => fingerprint)).size).toBe(33);
    expect((JSON.parse(show('sarif', difference)) as Log).runs[0]!.results).toHaveLength(33);
    expect((JSON.parse(show('json', difference)) as ResidencyDiff).rows).toHaveLength(33);
  });
  test('are one row of the text, with one reason and one advice', () => {
    expect(text).toContain('! changed  33 alike');
    for (const words of ['NobodyElse denied before', 'Bind the statement', '${each.Arn}/*'])
      expect(text).toContain(words);
    for (const label of ['      why  ', '      do   ', '      now  ']) expect(times(label, text)).toBe(1);
    expect(text.split('\n').length).toBeLessThan(30);
  });
  test('are named in the text up to the tenth, each beside its fingerprint, and the rest is counted', () => {
    const listed = difference.rows.filter(({ fingerprint, subject }) => text.includes(`${fingerprint}  ${subject}`));
    expect(listed).toHaveLength(10);
    expect(text).toContain('and 23 more; --format json lists every one');
    expect(show('text', loosened(10))).not.toContain('more;');
  });
  test('are one row of the comment, and all named below it, folded away', () => {
    const comment = show('markdown', difference);
    expect(times('33 alike, each named in list 1', comment)).toBe(1);
    const list = /<details><summary>List 1: 33 alike<\/summary>([^]*?)<\/details>/.exec(comment)?.[1] ?? '';
    for (const { fingerprint } of difference.rows) expect(list).toContain(fingerprint);
    expect(comment).not.toContain('Left out');
  });
});

test('what a comment has no room to name is counted', () => {
  const [row] = loosened(1).rows;
  const rows = Array.from({ length: 3_000 }, (_, index): DiffRow => ({
    ...row!,
    subject: `media/Media${index}${'-long'.repeat(20)} (resource policy)`,
    resource: { stack: 'media', logicalId: `Media${index}` },
    fingerprint: `f${index}`,
    after: row!.after!.replaceAll('Media0', `Media${index}`),
    sample: { action: 's3:GetObject', resource: `\${Media${index}.Arn}/` },
  }));
  const comment = show('markdown', { ...loosened(1), rows });
  expect(comment.length).toBeLessThan(65_536);
  expect(comment).toContain('3000 alike');
  const named = comment.match(/^\| media\/Media\d+/gmu)?.length ?? 0;
  expect(named).toBeGreaterThan(100);
  expect(comment).toContain(`Left out for want of room:** ${3_000 - named} of widenings`);
});

describe('rows stay apart', () => {
  test('when they differ in what was said', () => {
    const text = show(
      'text',
      loosened(6, (index) => (index < 2 ? 's3:GetObject' : 's3:PutObject')),
    );
    expect(text).toContain('2 alike');
    expect(text).toContain('4 alike');
  });
  test('when they name something other than their subject', () => {
    const [row] = loosened(1).rows;
    const rows = ['Reader', 'Writer'].map((name, index): DiffRow => ({
      ...row!,
      subject: `media/Media${index} (resource policy)`,
      resource: { stack: 'media', logicalId: `Media${index}` },
      after: `Allow s3:GetObject to AWS \${${name}.Arn} on \${Media${index}.Arn}/*`,
    }));
    const text = show('text', { ...loosened(1), rows });
    expect(text).not.toContain('alike');
    for (const name of ['${Reader.Arn}', '${Writer.Arn}', '${Media0.Arn}', '${Media1.Arn}'])
      expect(text).toContain(name);
  });
  test('when one is covered and the other is not', () => {
    const difference = loosened(2);
    const [one, two] = difference.rows;
    const text = show('text', { ...difference, rows: [one!, { ...two!, covered: 'accepted by D for P' }] });
    expect(text).not.toContain('alike');
    expect(text).toContain('covered: accepted by D for P');
  });
});

test('the request that shows it may be another one for another subject: each is named with its own', () => {
  const difference = loosened(3);
  const rows = difference.rows.map((row, index): DiffRow => ({
    ...row,
    sample: { action: index === 0 ? 's3:GetObject' : 's3:PutObject' },
  }));
  const lines = show('text', { ...difference, rows }).split('\n');
  const at = (words: string): number => lines.findIndex((line) => line.includes(words));
  const order = ['3 alike', 'calls s3:GetObject', rows[0]!.fingerprint, 'calls s3:PutObject', rows[1]!.fingerprint];
  expect(order.map(at)).toEqual([...order.map(at)].sort((a, b) => a - b));
  expect(at(rows[2]!.fingerprint)).toBe(at(rows[1]!.fingerprint) + 1);
});

test('sentences that call their subject by its label are alike', () => {
  const stores = Object.fromEntries(
    ['One', 'Two', 'Three'].map((name) => [`${name}`, bucket('', 'restricted')] as const),
  );
  const text = show('text', compare(side(shop()), side([shop(), { ...LONDON, resources: stores }])));
  expect(text).toContain('3 alike');
  expect(text).toContain('bucket each stands in eu-west-2 (United Kingdom)');
});

describe('the text is read from its beginning', () => {
  const orders = (sid: string): Json =>
    resource('AWS::S3::Bucket', { Tags: [{ Key: 'data-class', Value: 'restricted' }], BucketName: sid });
  const before = side([shop(), { ...LONDON, resources: { Gone: orders('gone-from-london') } }]);
  const difference = compare(before, side(shop({ New: orders('new-here'), Figures: undefined })));
  const wider = loosened(2);
  const both = { ...difference, verdict: wider.verdict, rows: [...difference.rows, ...wider.rows] };
  const lines = show('text', both).split('\n');

  test('the verdict is its first line and its last', () => {
    expect(lines[0]).toMatch(/^residencyWidened: /);
    expect(lines.at(-2)).toBe(lines[0]);
  });
  test('what widens comes before what narrows or does neither, in whatever section that stands', () => {
    const marked = lines.filter((line) => /^ {2}[!~ -] (?:appeared|gone|changed)/.test(line)).map((line) => line[2]);
    expect(new Set(marked)).toEqual(new Set(['!', '-', ' ']));
    expect(marked.lastIndexOf('!')).toBeLessThan(marked.findIndex((mark) => mark !== '!'));
    expect(lines.indexOf('Policies')).toBeLessThan(lines.indexOf('Flows'));
  });
});
