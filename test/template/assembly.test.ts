import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, NestedStack, PhysicalName, Stack, Stage } from 'aws-cdk-lib/core';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { readApplication } from '../../lib/template';
import type { Application, Resource } from '../../lib/template';
import { partitionOf, spelled } from './resolving';

const ireland = { region: 'eu-west-1', account: '111111111111' };
const stockholm = { region: 'eu-north-1', account: '111111111111' };

class Inner extends NestedStack {
  readonly bucket: Bucket;
  constructor(scope: Stack, id: string, name: string) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Inside');
    new Topic(this, 'Told', { displayName: name });
  }
}

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

/** One application with every way by which CDK carries a value from one stack to another. */
function synthesise(context: { [key: string]: unknown }): string {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'assembly-'));
  folders.push(outdir);
  const app = new App({ outdir, context, analyticsReporting: false });
  const make = (id: string, env?: typeof ireland): Stack =>
    new Stack(app, id, env ? { env, crossRegionReferences: true } : {});
  const [maker, near, far] = [make('Maker', ireland), make('Near', ireland), make('Far', stockholm)];
  const data = new Bucket(maker, 'Data');
  const named = new Bucket(maker, 'Named', { bucketName: PhysicalName.GENERATE_IF_NEEDED });
  const inner = new Inner(maker, 'Nest', data.bucketName);
  new Topic(near, 'ByImport', { displayName: data.bucketArn });
  new Topic(near, 'ByNest', { displayName: inner.bucket.bucketArn });
  new Topic(far, 'ByRegion', { displayName: data.bucketArn });
  const abroad = new Stack(app, 'Abroad', { env: { region: 'eu-west-1', account: '222222222222' } });
  new Topic(abroad, 'ByName', { displayName: named.bucketArn });
  new Bucket(new Stack(new Stage(app, 'Prod', { env: stockholm }), 'Part'), 'Data');
  new Bucket(make('Agnostic'), 'Data');
  app.synth();
  return outdir;
}

const read = (folder: string): Application => readApplication([{ path: folder }], { partitionOf });
const topic = (application: Application, path: string): Resource =>
  [...application.resources()].find(({ constructPath }) => constructPath === `${path}/Resource`)!;
const told = (application: Application, path: string): string[] =>
  topic(application, path)
    .at('DisplayName')
    .flatMap(({ possible }) => spelled(possible));

let assembly: string;
beforeAll(() => {
  assembly = synthesise({ '@aws-cdk/core:defaultCrossStackReferences': 'weak' });
});

test('stacks, nested stacks and stacks of Stages stand in the environment of the manifest', () => {
  const { templates, problems } = read(assembly);
  expect(problems).toEqual([]);
  const rows = templates
    .map(({ source }) => [
      source.stackName.replace(/\/.*/u, '/…'),
      source.region,
      source.account,
      source.constructPath,
      source.owned,
    ])
    .sort();
  expect(rows).toEqual([
    ['Abroad', 'eu-west-1', '222222222222', 'Abroad', true],
    ['Agnostic', undefined, undefined, 'Agnostic', true],
    ['Far', 'eu-north-1', '111111111111', 'Far', true],
    ['Maker', 'eu-west-1', '111111111111', 'Maker', true],
    ['Maker/…', 'eu-west-1', '111111111111', undefined, true],
    ['Near', 'eu-west-1', '111111111111', 'Near', true],
    ['Prod-Part', 'eu-north-1', '111111111111', 'Prod/Part', true],
  ]);
});

describe.each([
  ['weak', { '@aws-cdk/core:defaultCrossStackReferences': 'weak' }],
  ['strong', {}],
  [
    'strong with metadata in the templates',
    { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true },
  ],
])('%s references are joined', (_name, context) => {
  let application: Application;
  beforeAll(() => {
    application = read(synthesise(context));
  });

  test('between stacks of one Region', () => {
    expect(told(application, 'Near/ByImport')).toEqual([expect.stringMatching(/^\$\{Data\w+\.Arn\}$/u)]);
    expect(topic(application, 'Near/ByImport').at('DisplayName')[0]!.possible[0]!.value).toMatchObject({
      resource: { template: { source: { stackName: 'Maker', region: 'eu-west-1' } } },
    });
  });

  test('into another Region', () => {
    expect(told(application, 'Far/ByRegion')).toEqual([expect.stringMatching(/^\$\{Data\w+\.Arn\}$/u)]);
  });

  test('out of a nested stack, and into it', () => {
    expect(told(application, 'Near/ByNest')).toEqual([expect.stringMatching(/^\$\{Inside\w+\.Arn\}$/u)]);
    expect(told(application, 'Maker/Nest/Told')).toEqual([expect.stringMatching(/^\$\{Data\w+\}$/u)]);
  });

  test('by a generated physical name', () => {
    const [value] = topic(application, 'Abroad/ByName').at('DisplayName')[0]!.possible;
    expect(application.denoted(value!.value, 'AWS::S3::Bucket').map(({ constructPath }) => constructPath)).toEqual([
      'Maker/Named/Resource',
    ]);
  });
});

test('resources know their construct and where the program creates it', () => {
  const data = topic(read(assembly), 'Maker/Data');
  expect(data.type).toBe('AWS::S3::Bucket');
  expect(data.sourceLocation?.file).toMatch(/assembly\.test\.[jt]s$/u);
  expect(data.sourceLocation?.line).toBeGreaterThan(10);
  expect(fs.readFileSync(data.template.source.file, 'utf8').split('\n')[data.line! - 1]).toContain(data.logicalId);
});

test('the manifest may be given instead of its folder', () => {
  expect(read(path.join(assembly, 'manifest.json')).templates).toHaveLength(7);
});

describe('what the manifest does not name', () => {
  const copy = (): string => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assembly-copy-'));
    folders.push(folder);
    fs.cpSync(assembly, folder, { recursive: true });
    return folder;
  };

  test('is judged as well when it is a template, and told', () => {
    const folder = copy();
    fs.writeFileSync(path.join(folder, 'Left.template.json'), '{"Resources":{"Forgotten":{"Type":"AWS::S3::Bucket"}}}');
    const application = read(folder);
    expect(application.problems).toMatchObject([
      { kind: 'unowned-template', template: { source: { stackName: 'Left', owned: false } } },
    ]);
    expect(application.problems[0]!.message).toMatch(
      /Left\.template\.json lies in the assembly but its manifest does not name it/u,
    );
    expect([...application.resources()].some(({ logicalId }) => logicalId === 'Forgotten')).toBe(true);
  });

  test('is judged as well when it is the assembly of a Stage, and told', () => {
    const folder = copy();
    const file = path.join(folder, 'manifest.json');
    const manifest = JSON.parse(fs.readFileSync(file, 'utf8')) as { artifacts: { [id: string]: unknown } };
    delete manifest.artifacts['assembly-Prod'];
    fs.writeFileSync(file, JSON.stringify(manifest));
    const application = read(folder);
    expect(application.templates).toHaveLength(7);
    expect(application.problems).toMatchObject([
      {
        kind: 'manifest',
        message: expect.stringMatching(/assembly-Prod is an assembly that the manifest does not name/u),
      },
    ]);
  });

  test('cannot lead out of the assembly', () => {
    const folder = copy();
    const file = path.join(folder, 'manifest.json');
    const manifest = JSON.parse(fs.readFileSync(file, 'utf8')) as {
      artifacts: { [id: string]: { properties: object } };
    };
    manifest.artifacts['Far']!.properties = { templateFile: '../../etc/passwd' };
    fs.writeFileSync(file, JSON.stringify(manifest));
    expect(read(folder).problems).toMatchObject([{ kind: 'manifest' }, { kind: 'unowned-template' }]);
  });
});

describe('small stacks of an assembly', () => {
  const folder = (): string => {
    const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'small-'));
    folders.push(outdir);
    return outdir;
  };

  test('a stack without resources is read like any other', () => {
    const app = new App({ outdir: folder(), analyticsReporting: false });
    new Stack(app, 'Empty', { env: ireland });
    new Bucket(new Stack(app, 'Full', { env: ireland }), 'Data');
    const read = readApplication([{ path: app.synth().directory }], { partitionOf });
    expect(read.templates.map(({ source }) => source.stackName).sort()).toEqual(['Empty', 'Full']);
    expect(read.problems).toEqual([]);
  });

  test('two nested stacks of the same text are one asset, and neither file is foreign', () => {
    const app = new App({ outdir: folder(), analyticsReporting: false });
    const maker = new Stack(app, 'Maker', { env: ireland });
    new Inner(maker, 'One', 'same');
    new Inner(maker, 'Two', 'same');
    const read = readApplication([{ path: app.synth().directory }], { partitionOf });
    expect(read.templates).toHaveLength(3);
    expect(read.problems).toEqual([]);
  });
});

test('a nested template that is not on disk is a problem', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assembly-gone-'));
  folders.push(folder);
  fs.cpSync(assembly, folder, { recursive: true });
  fs.readdirSync(folder)
    .filter((name) => name.includes('.nested.'))
    .forEach((name) => fs.rmSync(path.join(folder, name)));
  const application = read(folder);
  expect(application.problems).toMatchObject([{ kind: 'nested-template-missing' }]);
  expect(told(application, 'Near/ByNest')).toEqual([
    expect.stringMatching(/^\? the template of nested stack .* is not on disk$/u),
  ]);
});

describe('loose templates', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'loose-'));
  folders.push(folder);
  fs.writeFileSync(
    path.join(folder, 'parent.yaml'),
    'Resources:\n  Nest:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./parts/child.json\n',
  );
  fs.mkdirSync(path.join(folder, 'parts'));
  fs.writeFileSync(path.join(folder, 'parts', 'child.json'), '{"Resources":{"Inner":{"Type":"AWS::S3::Bucket"}}}');
  fs.writeFileSync(path.join(folder, 'package.json'), '{}');

  test('take the environment that is given, and find nested ones beside them', () => {
    const { templates, problems } = readApplication(
      [{ path: path.join(folder, 'parent.yaml'), region: 'eu-west-1', account: '1' }],
      { partitionOf },
    );
    expect(problems).toEqual([]);
    expect(templates.map(({ source }) => [source.stackName, source.region, source.account])).toEqual([
      ['parent', 'eu-west-1', '1'],
      ['parent/Nest', 'eu-west-1', '1'],
    ]);
  });

  test('of a folder are read together; other files in it are passed over', () => {
    expect(
      readApplication([{ path: folder }], { partitionOf }).templates.map(({ source }) => source.stackName),
    ).toEqual(['parent', 'parent/Nest']);
  });

  test('of its sub-folders are read with it, through links as well', () => {
    const shop = path.join(folder, 'deep', 'shop');
    fs.mkdirSync(path.join(shop, 'data', 'node_modules'), { recursive: true });
    const template = (type: string): string => JSON.stringify({ Resources: { One: { Type: type } } });
    fs.writeFileSync(path.join(shop, 'web.json'), template('AWS::SNS::Topic'));
    fs.writeFileSync(path.join(shop, 'data', 'stores.json'), template('AWS::SQS::Queue'));
    fs.writeFileSync(path.join(shop, 'data', 'node_modules', 'foreign.json'), template('AWS::SQS::Queue'));
    fs.symlinkSync(shop, path.join(shop, 'data', 'up'));
    fs.mkdirSync(path.join(folder, 'deep', 'linked'));
    fs.writeFileSync(path.join(folder, 'deep', 'linked', 'queues.json'), template('AWS::SQS::Queue'));
    fs.symlinkSync(path.join(folder, 'deep', 'linked'), path.join(shop, 'linked'));
    const { templates } = readApplication([{ path: shop }], { partitionOf });
    expect(templates.map(({ source }) => source.stackName)).toEqual(['web', 'stores', 'queues']);
  });

  test('never nest a file outside their folder', () => {
    fs.writeFileSync(
      path.join(folder, 'parts', 'up.yaml'),
      'Resources:\n  Nest:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ../package.json\n',
    );
    const { problems } = readApplication([{ path: path.join(folder, 'parts', 'up.yaml') }], { partitionOf });
    expect(problems).toMatchObject([{ kind: 'nested-template-missing' }]);
  });

  test('may be given twice for two Regions', () => {
    const file = path.join(folder, 'parts', 'child.json');
    const { templates } = readApplication(
      [
        { path: file, region: 'eu-west-1' },
        { path: file, region: 'eu-north-1' },
      ],
      { partitionOf },
    );
    expect(templates.map(({ source }) => source.region)).toEqual(['eu-west-1', 'eu-north-1']);
  });
});
