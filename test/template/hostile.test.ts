import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { readApplication } from '../../lib/template';
import type { Json } from '../../lib/template';
import { app, bucket, resource, spelled, stack } from './resolving';

const nestedJson = (depth: number): string =>
  `{"Resources":{"X":{"Type":"T","Properties":{"P":${'['.repeat(depth)}${']'.repeat(depth)}}}}}`;

describe('refused with one line', () => {
  test.each<[string, () => string, RegExp]>([
    ['JSON nested 10,000 deep', () => nestedJson(10_000), /^x\.json:1: JSON nested more than 256 levels deep\./u],
    ['YAML nested 10,000 deep in flow style', () => `Resources: ${'['.repeat(10_000)}`, /YAML/u],
    [
      'YAML nested 10,000 deep in block style',
      () => `Resources:\n${Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth + 1)}a:`).join('\n')}`,
      /YAML nested more than 256 levels deep/u,
    ],
    [
      'a YAML alias bomb',
      () =>
        `${Array.from(
          { length: 30 },
          (_, level) =>
            `a${level}: &a${level} [${
              level === 0
                ? 'x'
                : Array(9)
                    .fill(`*a${level - 1}`)
                    .join(', ')
            }]`,
        ).join('\n')}\nResources: {}\n`,
      /YAML aliases expand to more than 1000000 nodes/u,
    ],
    ['an alias inside its own anchor', () => 'Resources: &r\n  A: *r\n', /YAML/u],
    [
      'a loop bomb',
      () => {
        let body: Json = { 'R${A}': bucket() };
        for (const name of ['A', 'B', 'C', 'D', 'E', 'F', 'G'])
          body = { [`Fn::ForEach::${name}`]: [name, Array.from({ length: 10 }, (_, index) => `${index}`), body] };
        return JSON.stringify({ Transform: 'AWS::LanguageExtensions', Resources: body });
      },
      /Fn::ForEach writes more than 1000000 nodes/u,
    ],
  ])('%s', (name, text, message) => {
    expect(() =>
      app({ template: text(), file: name.includes('YAML') || name.includes('alias') ? 'x.yaml' : 'x.json' }),
    ).toThrow(message);
  });

  test('a file of 50 MB', () => {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'template-large-')), 'large.json');
    fs.closeSync(fs.openSync(file, 'w'));
    fs.truncateSync(file, 50 * 1024 * 1024);
    expect(() => readApplication([{ path: file }], { partitionOf: () => undefined })).toThrow(
      /large\.json: 50\.0 MB, more than the 32 MB that are read\./u,
    );
    fs.rmSync(path.dirname(file), { recursive: true });
  });

  test('a deep structure in memory', () => {
    let deep: Json = 'x';
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    expect(() => app({ template: { Resources: { X: bucket(deep) } } })).toThrow(/nested more than 256 levels deep/u);
  });
});

describe('answered with an unknown', () => {
  test('the deepest JSON that is read', () => {
    const template = app({ template: nestedJson(200) }).templates[0]!;
    expect([...template.resource('X')!.leaves()]).toEqual([]);
  });

  test('100,000 branches', () => {
    let leaf = 0;
    const grow = (depth: number): Json =>
      depth === 0 ? `v${(leaf += 1)}` : { 'Fn::If': [`C${depth}`, grow(depth - 1), grow(depth - 1)] };
    const tree = grow(17);
    const values = spelled(stack({ Resources: { X: bucket({ P: tree }) } }).resolve(tree));
    expect(values.length).toBeLessThanOrEqual(129);
    expect(values).toContain('? too many possible values (> 128)');
  });

  test('a product of many choices keeps what it found and adds an unknown', () => {
    const parameters = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`P${index}`, { Type: 'String', AllowedValues: ['a', 'b'] }]),
    );
    const text = Object.keys(parameters)
      .map((name) => `\${${name}}`)
      .join('');
    const values = spelled(stack({ Parameters: parameters }).resolve({ 'Fn::Sub': text }));
    expect(values).toContain('a'.repeat(20));
    expect(values).toContain('? too many possible values (> 128)');
  });

  test('a Sub bomb', () => {
    let bomb: Json = 'x'.repeat(1_000);
    for (let level = 0; level < 30; level += 1) bomb = { 'Fn::Sub': ['${a}'.repeat(10), { a: bomb }] };
    expect(spelled(stack().resolve(bomb)).every((value) => value.startsWith('?') || value.includes('${?}'))).toBe(true);
  });

  test('a chain of 4,000 exports', () => {
    const links = Array.from({ length: 4_000 }, (_, index) => ({
      stackName: `S${index}`,
      template: {
        Resources: {},
        Outputs: { O: { Value: { 'Fn::ImportValue': `e${index + 1}` }, Export: { Name: `e${index}` } } },
      },
    }));
    const [first] = app(...links).templates;
    expect(spelled(first!.outputs.get('O')!.possible)).toEqual([expect.stringMatching(/^\? /u)]);
  });

  test('a chain of 10,000 conditions', () => {
    const conditions = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`C${index}`, { 'Fn::Not': [{ Condition: `C${index + 1}` }] }]),
    );
    expect(spelled(stack({ Conditions: conditions }).resolve({ 'Fn::If': ['C0', 'a', 'b'] }))).toEqual(['a', 'b']);
  });

  test('more leaves than one resource has', () => {
    const wide = bucket({ P: Array.from({ length: 120_000 }, (_, index) => index) });
    const leaves = [...resource(stack({ Resources: { X: wide } }), 'X').leaves()];
    expect(leaves).toHaveLength(100_001);
    expect(spelled(leaves.at(-1)!.possible)).toEqual(['? more than 100000 values in one resource']);
  });

  test('a wide condition tree', () => {
    const operands = Array.from({ length: 5_000 }, (_, index) => ({ 'Fn::Equals': [{ Ref: `P${index}` }, 'x'] }));
    expect(
      spelled(stack({ Conditions: { C: { 'Fn::And': operands } } }).resolve({ 'Fn::If': ['C', 'a', 'b'] })),
    ).toEqual(['a', 'b']);
  });

  test('a chain of nested stacks', () => {
    const levels = Array.from({ length: 100 }, (_, level) => ({
      file: `l${level}.json`,
      template: {
        Resources: {
          A: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: `https://s3/l${level + 1}.json` } },
        },
      },
    }));
    expect(() => app(...levels)).toThrow(/nested stacks more than 64 levels deep/u);
  });

  test('nested stacks that double at every level', () => {
    const child = (name: string): Json => ({
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: `https://s3/${name}` },
    });
    const levels = Array.from({ length: 20 }, (_, level) => ({
      file: `l${level}.json`,
      template: { Resources: { A: child(`l${level + 1}.json`), B: child(`l${level + 1}.json`) } },
    }));
    expect(() => app(...levels)).toThrow(/more than 5000 stacks/u);
  });
});

test('keys named like members of an object are ordinary keys', () => {
  const text =
    '{"Resources":{"__proto__":{"Type":"T","Properties":{"__proto__":{"constructor":{"Ref":"__proto__"}}}},"toString":{"Type":"U"}},"Parameters":{},"Conditions":{}}';
  const template = app({ template: text }).templates[0]!;
  expect(template.resources.map(({ logicalId }) => logicalId)).toEqual(['__proto__', 'toString']);
  expect([...template.resources[0]!.leaves()].map(({ path: at, possible }) => [at, spelled(possible)])).toEqual([
    ['__proto__.constructor', ['${__proto__}']],
  ]);
  expect(spelled(template.resolve({ Ref: 'hasOwnProperty' }))).toEqual([
    '? Ref of hasOwnProperty, which the template does not declare',
  ]);
});
