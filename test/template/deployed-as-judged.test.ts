/** What is judged is what is deployed: a text that CloudFormation would get in another form is never read as if it were sound. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib/core';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { readApplication } from '../../lib/template';
import type { Application, Json } from '../../lib/template';
import { app, bucket, partitionOf } from './resolving';

const env = { region: 'eu-west-1', account: '111111111111' };
const OTHER = 'Other.json';
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'deployed-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const read = (assembly: string): Application => readApplication([{ path: assembly }], { partitionOf });
/** Logical ids, without the hash that the CDK appends. */
const names = (application: Application): string[] =>
  [...application.resources()].map(({ logicalId }) => logicalId.replace(/[0-9A-F]{8}$/u, ''));

let sound: string;
beforeAll(() => {
  const application = new App({
    outdir: path.join(folder, 'sound'),
    analyticsReporting: false,
    // As the command line sets it.
    context: { 'aws:cdk:enable-asset-metadata': true },
  });
  const stack = new Stack(application, 'Shop', { env });
  new Bucket(stack, 'Orders');
  new Bucket(new NestedStack(stack, 'Nest'), 'Inside');
  sound = application.synth().directory;
});

/** A copy in which one file is edited, and which holds another template that the manifest does not name. */
function edited(file: string, change: (text: string) => string): string {
  const copy = fs.mkdtempSync(path.join(folder, 'copy-'));
  fs.cpSync(sound, copy, { recursive: true });
  const at = path.join(copy, file);
  fs.writeFileSync(path.join(copy, OTHER), JSON.stringify({ Resources: { Hidden: bucket() } }));
  const text = change(fs.readFileSync(at, 'utf8'));
  fs.writeFileSync(at, text);
  return copy;
}

const NESTED = /[A-Za-z0-9]+\.nested\.template\.json/u;

describe('the template that an assembly deploys is the one that is judged', () => {
  test('a sound assembly has nothing to tell', () => {
    expect(read(sound).problems).toEqual([]);
  });

  test('an asset manifest that uploads another file in place of the template is a problem', () => {
    const { problems } = read(edited('Shop.assets.json', (text) => text.replace('"Shop.template.json"', `"${OTHER}"`)));
    expect(problems).toMatchObject([{ kind: 'manifest' }]);
    expect(problems[0]!.message).toMatch(
      /^stack Shop is deployed from s3:\/\/.*\.json, which is not shown to be its template Shop\.template\.json/u,
    );
  });

  test('an archive or a command in place of the file is a problem', () => {
    for (const source of ['{"path":"Shop.template.json","packaging":"zip"}', '{"executable":["./make"]}']) {
      const { problems } = read(
        edited('Shop.assets.json', (text) =>
          text.replace(/\{\s*"path": "Shop\.template\.json",\s*"packaging": "file"\s*\}/u, source),
        ),
      );
      expect(problems).toMatchObject([{ kind: 'manifest' }]);
    }
  });

  test('an address that no asset manifest uploads to is a problem', () => {
    for (const address of [/(?<=s3:\/\/)[^/]*/u, /(?<=s3:\/\/[^"]*\/)[0-9a-f]{64}/u]) {
      const { problems } = read(edited('manifest.json', (text) => text.replace(address, '0')));
      expect(problems).toMatchObject([{ kind: 'manifest' }]);
    }
  });

  test('an assembly kept without asset manifests, which nobody can deploy, is read by its files', () => {
    const kept = edited('manifest.json', (text) => text);
    fs.rmSync(path.join(kept, 'Shop.assets.json'));
    expect(read(kept).problems).toEqual([]);
    expect(names(read(kept))).toContain('Inside');
  });

  test('and a stack that needs no asset manifest is not excused by one that another stack lacks', () => {
    const bare = edited('manifest.json', (text) => {
      const manifest = JSON.parse(text) as { artifacts: { [id: string]: { dependencies?: Json; properties?: Json } } };
      const { Shop } = manifest.artifacts;
      Shop!.dependencies = [];
      Shop!.properties = { templateFile: 'Shop.template.json', stackTemplateAssetObjectUrl: 's3://somebodys/x.json' };
      return JSON.stringify(manifest);
    });
    fs.rmSync(path.join(bare, 'Shop.assets.json'));
    expect(read(bare).problems.map(({ kind }) => kind)).toEqual([
      'manifest',
      'nested-template-missing',
      'unowned-template',
    ]);
  });

  test('two stacks of one text share an upload, and neither is accused', () => {
    const application = new App({ outdir: path.join(folder, 'twins'), analyticsReporting: false });
    for (const id of ['One', 'Two']) new Bucket(new Stack(application, id, { env }), 'Data');
    new Bucket(new Stack(new Stage(application, 'Prod', { env }), 'Part'), 'Data');
    expect(read(application.synth().directory).problems).toEqual([]);
  });
});

describe('a nested stack is made of what its URL names', () => {
  test('whatever its metadata says', () => {
    const application = read(edited('Shop.assets.json', (text) => text.replace(NESTED, OTHER)));
    const hidden = application.templates.find(({ resources }) =>
      resources.some(({ logicalId }) => logicalId === 'Hidden'),
    );
    expect(hidden!.source.nestedIn!.type).toBe('AWS::CloudFormation::Stack');
  });

  test('and one that leads elsewhere is a problem', () => {
    const assembly = edited('Shop.template.json', (text) => {
      const template = JSON.parse(text) as {
        Resources: { [id: string]: { Type: string; Properties: { TemplateURL?: Json } } };
      };
      for (const { Type, Properties } of Object.values(template.Resources))
        if (Type === 'AWS::CloudFormation::Stack') Properties.TemplateURL = 'https://somebodys.s3.amazonaws.com/x.json';
      return JSON.stringify(template);
    });
    expect(read(assembly).problems.map(({ kind }) => kind)).toContain('nested-template-missing');
  });

  test.each([
    ['the bucket of somebody else', (text: string) => text.replace(/cdk-hnb659fds-assets-/u, 'somebodys-assets-')],
    ['somebody else’s bucket as host', (text: string) => text.replace('https://s3.', 'https://somebodys.s3.')],
    [
      'a bucket whose name begins like the service',
      (text: string) => text.replace('https://s3.', 'https://s3.somebodys.s3.'),
    ],
  ])('also when it leads to the same path in %s', (_what, change) => {
    const { problems } = read(edited('Shop.template.json', change));
    expect(problems.map(({ kind }) => kind)).toContain('nested-template-missing');
  });
});

test('an environment that the command line reads otherwise is nowhere, whatever the caller says of agnostic stacks', () => {
  const assembly = edited('manifest.json', (text) => text.replace(/aws:\/\/111111111111\/eu-west-1/gu, '$&/'));
  const application = readApplication([{ path: assembly, region: 'eu-west-1' }], { partitionOf });
  expect(application.templates.find(({ source }) => source.stackName === 'Shop')!.source.region).toBeUndefined();
});

describe('a JSON key written twice is refused, for only one of the two is read', () => {
  const refused = (text: string): string => {
    try {
      app({ template: text });
    } catch (error) {
      return (error as Error).message;
    }
    return 'accepted';
  };

  test.each([
    ['a section', '{"Resources":{},\n"Resources":{}}', 2, 'Resources'],
    ['a logical id', '{"Resources":{\n"A":{"Type":"AWS::S3::Bucket"},\n"A":{"Type":"AWS::S3::Bucket"}}}', 3, 'A'],
    ['a property', '{"Resources":{"A":{"Type":"AWS::S3::Bucket","Properties":{"X":1,"X" : 2}}}}', 1, 'X'],
    ['one that is spelled with an escape', '{"Resources":{"A":{"Type":"T"},"\\u0041":{"Type":"T"}}}', 1, 'A'],
  ])('%s', (_what, text, line, key) => {
    expect(refused(text)).toBe(
      `template-1.json:${line}: key "${key}" is written twice. Only one of them would be read; remove the other.`,
    );
  });

  test('and the same key in two maps, or in a text that holds JSON, is not', () => {
    const text =
      '{"Resources":{"A":{"Type":"T","Properties":{"J":"{\\"K\\": 1, \\"K\\": 2}", "C\\\\":":", "J2":[{"a":1},{"a":1}]}},"B":{"Type":"T"}}}';
    expect(refused(text)).toBe('accepted');
  });
});

test('a name of a resource that begins like a function is told, for nobody knows what it creates', () => {
  const { problems } = app({ template: { Resources: { 'Fn::Hidden': bucket() } } });
  expect(problems).toMatchObject([
    { kind: 'malformed', message: expect.stringMatching(/^Fn::Hidden is no name of a resource/u) as string },
  ]);
});

describe('a stack whose name nobody said may have any', () => {
  const template = {
    Conditions: { IsProd: { 'Fn::Equals': [{ 'Fn::Sub': '${AWS::StackName}' }, 'prod'] } },
    Resources: { Data: bucket({}, { Condition: 'IsProd' }) },
  };
  const holds = (stackName?: string): unknown[] =>
    app({ template, ...(stackName === undefined ? {} : { stackName }) })
      .templates[0]!.conditions.get('IsProd')!
      .possible.map((each) => each.holds);

  test('so that a condition on it may hold or not', () => {
    expect(holds()).toEqual([true, false]);
  });
  test('and one that was said decides it', () => {
    expect([holds('prod'), holds('test')]).toEqual([[true], [false]]);
  });
});
