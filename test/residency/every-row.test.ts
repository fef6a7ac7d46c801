/** Every row of the catalogue meets every kind of value: each is answered, none throws, and doubt is never acquitted. */
import { allRows } from '../../lib/catalogue';
import type { ChannelRow } from '../../lib/catalogue';
import { evaluatorOf } from '../../lib/residency/evaluators';
import { Premises } from '../../lib/residency/premises';
import type { Json } from '../../lib/template';
import { OPTIONS, OURS, application, judged } from './court';

const VALUES: { readonly [kind: string]: Json } = {
  'a Region abroad': 'us-east-1',
  'an ARN abroad': `arn:aws:sqs:us-east-1:${OURS}:q`,
  'a bucket ARN': 'arn:aws:s3:::somewhere',
  everyone: '*',
  'a switch': true,
  'a number': 7,
  'nothing in particular': '',
  'an open parameter': { Ref: 'Open' },
  'part of an open parameter': { 'Fn::Sub': 'x-${Open}-y' },
  'a list': ['us-east-1', { Ref: 'Open' }],
  'a map': { Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: '*', Resource: '*' }] },
  'an empty map': {},
  'an unknown intrinsic': { 'Fn::Transform': { Name: 'Other' } },
};

/** Properties with `value` at a row's path. */
function propertiesWith(path: string, value: Json): Json {
  const tokens = path.match(/[^.[\]{}]+|\[\]|\{\}/g) ?? [];
  return tokens.reduceRight<Json>(
    (inner, token) => (token === '[]' ? [inner] : token === '{}' ? { key: inner } : { [token]: inner }),
    value,
  );
}

const rows = allRows();
const resourcesWith = (value: Json): { readonly [id: string]: Json } =>
  Object.fromEntries(
    rows.flatMap((row, index) =>
      row.paths.map((path, at): [string, Json] => [
        `R${index}P${at}`,
        { Type: row.type, Properties: propertiesWith(path, value) },
      ]),
    ),
  );

describe.each(Object.entries(VALUES))('%s', (_kind, value) => {
  test('is judged at every row without an error, with a reason and a place each', () => {
    const judgement = judged({ resources: resourcesWith(value), rest: { Parameters: { Open: { Type: 'String' } } } });
    expect(judgement.counts.resources).toBe(Object.keys(resourcesWith(value)).length);
    for (const flow of judgement.flows) {
      expect(flow.why).toMatch(/\S.*: (inside|outside|unknown)( \(latent: no destination yet\))?$/);
      expect(flow.destination.value).not.toBe('');
      expect(flow.remedy).not.toBe('');
    }
  });
});

/** Evaluators for which an open value opens nothing by itself: what counts is presence, or that data comes in. */
const PRESENCE_ONLY = new Set(['typeDeny', 'stackRegion']);

test('an open parameter is answered by every row, and never acquitted by one that reads its value', () => {
  const app = application({
    resources: resourcesWith({ Ref: 'Open' }),
    rest: { Parameters: { Open: { Type: 'String' } } },
  });
  const premises = new Premises(app, OPTIONS);
  const silent: string[] = [];
  rows.forEach((row: ChannelRow, index) => {
    if (PRESENCE_ONLY.has(row.evaluator) || row.args?.['inboundOnly'] === true) return;
    if (row.args?.['policy'] === 'boundary' || row.args?.['policy'] === 'organization') return;
    row.paths.forEach((path, at) => {
      const resource = app.templates[0]!.resource(`R${index}P${at}`)!;
      const answers = evaluatorOf(row.evaluator)!({ row, resource, leaves: resource.at(path), premises });
      if (!answers.some(({ verdict }) => verdict !== 'inside')) silent.push(`${row.slug} ${path}`);
    });
  });
  expect(silent).toEqual([]);
});
