import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { InputError, readApplication } from '../../lib/template';
import { partitionOf } from './resolving';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'template-errors-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: string): string => {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
  return file;
};

/** Message with the temporary folder cut off. */
function failure(input: string): string {
  try {
    readApplication([{ path: input }], { partitionOf });
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    const { message } = error as InputError;
    expect(message).not.toMatch(/\n/u);
    return message.replaceAll(`${folder}/`, '');
  }
  throw new Error(`${input} was read without an error`);
}

test.each<[string, string, string, string]>([
  [
    'truncated JSON',
    'cut.json',
    '{\n "Resources": {\n  "A": {"Type": "AWS::S3',
    'cut.json:3: not valid JSON: unexpected "\\"AWS::S3". Restore the file or synthesise it again.',
  ],
  [
    'JSON that stops between values',
    'stop.json',
    '{\n "Resources": {\n',
    'stop.json:2: not valid JSON: the text ends in the middle. Restore the file or synthesise it again.',
  ],
  [
    'a trailing comma',
    'comma.json',
    '{\n "Resources": {\n  "A": 1,\n }\n}',
    'comma.json:4: not valid JSON: unexpected "}". Restore the file or synthesise it again.',
  ],
  [
    'a stray word',
    'word.json',
    '{"Resources":\n maybe}',
    'word.json:2: not valid JSON: unexpected "maybe}". Restore the file or synthesise it again.',
  ],
  [
    'text behind the end',
    'behind.json',
    '{"Resources":{}}\n}',
    'behind.json:2: not valid JSON: unexpected "}". Restore the file or synthesise it again.',
  ],
  [
    'an empty JSON file',
    'empty.json',
    '',
    'empty.json:1: not valid JSON: the file is empty. Restore the file or synthesise it again.',
  ],
  ['an empty YAML file', 'empty.yaml', ' \n', 'empty.yaml: the file is empty. Give a CloudFormation template.'],
  [
    'a list',
    'list.json',
    '[1]',
    'list.json:1: not a template: a list instead of a map. Give a CloudFormation template: a map with a "Resources" section.',
  ],
  [
    'a text',
    'text.yaml',
    'hello',
    'text.yaml:1: not a template: a single value instead of a map. Give a CloudFormation template: a map with a "Resources" section.',
  ],
  [
    'no Resources section',
    'none.json',
    '{"Parameters":{}}',
    'none.json: not a template: no "Resources" section. Give a CloudFormation template: a map with a "Resources" section.',
  ],
  [
    'Resources that are no map',
    'flat.json',
    '{\n"Resources":[]}',
    'flat.json:2: not a template: "Resources" is not a map. Give a CloudFormation template: a map with a "Resources" section.',
  ],
  [
    'a YAML key written twice',
    'twice.yaml',
    'Resources:\n  A: 1\n  A: 2\n',
    'twice.yaml:3: not a template: key "A" is written twice. Correct the YAML at this line.',
  ],
  [
    'an alias without an anchor',
    'alias.yaml',
    'Resources:\n  A: *nobody\n',
    'alias.yaml:2: not a template: alias *nobody has no anchor before it. Correct the YAML at this line.',
  ],
  [
    'several YAML documents',
    'many.yaml',
    'Resources: {}\n---\nResources: {}\n',
    'many.yaml:2: not valid YAML: more than one YAML document in the file. Correct the YAML at this line.',
  ],
])('%s', (_name, name, content, message) => {
  expect(failure(write(name, content))).toBe(message);
});

test('YAML that does not parse names the line', () => {
  expect(failure(write('bad.yaml', 'Resources:\n  A: [1\n  B: 2\n'))).toMatch(
    /^bad\.yaml:\d: not valid YAML: .*Correct the YAML at this line\.$/u,
  );
});

test('a file that does not exist', () => {
  expect(failure(path.join(folder, 'gone.json'))).toBe(
    'gone.json: does not exist. Give the path of a template or of a cdk.out folder.',
  );
});

test('a special file', () => {
  expect(failure('/dev/null')).toBe('/dev/null: not a regular file. Give a template file or a cdk.out folder.');
});

test('an empty folder, and one without templates', () => {
  fs.mkdirSync(path.join(folder, 'empty'));
  expect(failure(path.join(folder, 'empty'))).toBe(
    'empty: a folder without templates. Give a cdk.out folder, a folder of templates, or a template.',
  );
  write('other/package.json', '{"name":"x"}');
  expect(failure(path.join(folder, 'other'))).toBe(
    'other: a folder in which no file is a CloudFormation template. Give a cdk.out folder, a folder of templates, or a template.',
  );
});

test('a project folder whose assembly is meant', () => {
  write('project/cdk.out/manifest.json', '{"version":"55.0.0"}');
  expect(failure(path.join(folder, 'project'))).toBe(
    'project: a folder without templates. Did you mean project/cdk.out?',
  );
});

test('an assembly below a folder of templates, which would be judged without its manifest', () => {
  write('mixed/shop.json', '{"Resources":{}}');
  write('mixed/app/cdk.out', '{"version":"55.0.0"}');
  write('mixed/app/manifest.json', '{"version":"55.0.0"}');
  expect(failure(path.join(folder, 'mixed'))).toBe(
    'mixed/app: an assembly below a folder of templates. Give the assembly and the folder with the templates as paths of their own.',
  );
});

test('a path that cannot be followed', () => {
  fs.symlinkSync(path.join(folder, 'loop'), path.join(folder, 'loop'));
  expect(failure(path.join(folder, 'loop'))).toBe('loop: cannot be read (ELOOP). Check its permissions.');
});

test('an assembly newer than supported', () => {
  write('newer/manifest.json', '{"version":"56.0.0","artifacts":{}}');
  expect(failure(path.join(folder, 'newer'))).toBe(
    'newer/manifest.json: cloud assembly schema "56.0.0", newest supported is 55. Use a release of this tool made for that schema, or synthesise with aws-cdk-lib 2.276.0 or older.',
  );
});

test('a manifest without a version', () => {
  write('odd/manifest.json', '{}');
  expect(failure(path.join(folder, 'odd'))).toBe(
    'odd/manifest.json: not the manifest of a cloud assembly: no "version". Give the folder that cdk synth writes, or a template.',
  );
});

test('a template that the manifest names and nobody wrote', () => {
  const stack = {
    type: 'aws:cloudformation:stack',
    environment: 'aws://1/eu-west-1',
    properties: { templateFile: 'S.template.json' },
  };
  write('missing/manifest.json', JSON.stringify({ version: '55.0.0', artifacts: { S: stack } }));
  expect(failure(path.join(folder, 'missing'))).toBe(
    'missing/S.template.json: does not exist. Give the path of a template or of a cdk.out folder.',
  );
});
