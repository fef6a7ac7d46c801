import type { Json } from '../../lib/template';
import { spelled, stack, valuesOf } from './resolving';
import type { Sections } from './resolving';

/** Two environments that the template itself lists, a third parameter that is open. */
const SECTIONS: Sections = {
  Parameters: {
    Env: { Type: 'String', AllowedValues: ['prod', 'dev'] },
    Open: { Type: 'String' },
    Zones: { Type: 'CommaDelimitedList', Default: 'a, b' },
  },
  Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } },
  Mappings: {
    Regions: { prod: { target: 'eu-north-1', all: ['x', 'y'] }, dev: { target: 'eu-west-1', all: ['z'] } },
  },
};

interface Row {
  readonly known: readonly [Json, string];
  readonly several: readonly [Json, readonly string[]];
  readonly cannotTell: readonly [Json, RegExp];
}

const env: Json = { Ref: 'Env' };
const open: Json = { Ref: 'Open' };

const TABLE: { readonly [intrinsic: string]: Row } = {
  Ref: {
    known: [{ Ref: 'Data' }, '${Data}'],
    several: [env, ['dev', 'prod']],
    cannotTell: [open, /parameter Open is open at deployment/u],
  },
  'Fn::GetAtt': {
    known: [{ 'Fn::GetAtt': ['Data', 'Arn'] }, '${Data.Arn}'],
    several: [{ 'Fn::GetAtt': ['Data', env] }, ['${Data.dev}', '${Data.prod}']],
    cannotTell: [{ 'Fn::GetAtt': ['Nobody', 'Arn'] }, /Nobody, which the template does not declare/u],
  },
  'Fn::Sub': {
    known: [{ 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${Data}/${!literal}' }, 'arn:aws:s3:::${Data}/${literal}'],
    several: [{ 'Fn::Sub': ['${Where}-${Env}', { Where: 'x' }] }, ['x-dev', 'x-prod']],
    cannotTell: [{ 'Fn::Sub': ['no text', 7, 8].slice(1) }, /Fn::Sub of something that is not text/u],
  },
  'Fn::Join': {
    known: [{ 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, { Ref: 'AWS::NoValue' }, 'b']] }, 'a-eu-west-1-b'],
    several: [{ 'Fn::Join': ['', ['to-', env]] }, ['to-dev', 'to-prod']],
    cannotTell: [{ 'Fn::Join': [open, ['a']] }, /separator that is not known/u],
  },
  'Fn::Select': {
    known: [{ 'Fn::Select': ['1', ['a', 'b']] }, 'b'],
    several: [{ 'Fn::Select': [0, [env]] }, ['dev', 'prod']],
    cannotTell: [{ 'Fn::Select': [9, ['a']] }, /beyond the end/u],
  },
  'Fn::Split': {
    known: [{ 'Fn::Select': [3, { 'Fn::Split': [':', 'arn:aws:sqs:us-east-1:1:q'] }] }, 'us-east-1'],
    several: [{ 'Fn::Select': [0, { 'Fn::Split': ['-', { 'Fn::Sub': '${Env}-x' }] }] }, ['dev', 'prod']],
    cannotTell: [
      { 'Fn::Select': [3, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Data', 'Arn'] }] }] },
      /a part of a value/u,
    ],
  },
  'Fn::Base64': {
    known: [{ 'Fn::Base64': 'aws s3 sync' }, 'aws s3 sync'],
    several: [{ 'Fn::Base64': env }, ['dev', 'prod']],
    cannotTell: [{ 'Fn::Base64': open }, /Open is open/u],
  },
  'Fn::Cidr': {
    known: [{ 'Fn::Select': [1, { 'Fn::Cidr': ['10.0.0.0/16', 4, 8] }] }, '10.0.1.0/24'],
    several: [
      { 'Fn::Select': [0, { 'Fn::Cidr': [{ 'Fn::If': ['IsProd', '10.0.0.0/16', '10.1.0.0/16'] }, 1, 8] }] },
      ['10.0.0.0/24', '10.1.0.0/24'],
    ],
    cannotTell: [{ 'Fn::Select': [1, { 'Fn::Cidr': ['2001:db8::/56', 4, 64] }] }, /computed at deployment/u],
  },
  'Fn::FindInMap': {
    known: [{ 'Fn::FindInMap': ['Regions', 'prod', 'target'] }, 'eu-north-1'],
    several: [{ 'Fn::FindInMap': ['Regions', open, 'target'] }, ['eu-north-1', 'eu-west-1']],
    cannotTell: [{ 'Fn::FindInMap': ['Regions', 'test', 'target'] }, /has no row test/u],
  },
  'Fn::If': {
    known: [{ 'Fn::If': ['IsProd', 'same', 'same'] }, 'same'],
    several: [{ 'Fn::If': ['IsProd', 'a', 'b'] }, ['a', 'b']],
    cannotTell: [{ 'Fn::If': ['IsProd'] }, /without a condition and two branches/u],
  },
  'Fn::GetAZs': {
    known: [{ 'Fn::Length': [['a']] }, '1'],
    several: [{ 'Fn::Select': [{ 'Fn::If': ['IsProd', 0, 1] }, ['a', 'b']] }, ['a', 'b']],
    cannotTell: [{ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, /zones of eu-west-1 are listed at deployment/u],
  },
  'Fn::Length': {
    known: [{ 'Fn::Length': ['a', 'b', { Ref: 'AWS::NoValue' }] }, '2'],
    several: [{ 'Fn::Length': { 'Fn::FindInMap': ['Regions', env, 'all'] } }, ['1', '2']],
    cannotTell: [{ 'Fn::Length': open }, /a list that is not known/u],
  },
  'Fn::ToJsonString': {
    known: [{ 'Fn::ToJsonString': { a: [1, true, 'x"'], b: { Ref: 'Data' } } }, '{"a":[1,true,"x\\""],"b":"${Data}"}'],
    several: [{ 'Fn::ToJsonString': { region: env } }, ['{"region":"dev"}', '{"region":"prod"}']],
    cannotTell: [{ 'Fn::ToJsonString': open }, /./u],
  },
  'Fn::ImportValue': {
    known: [{ 'Fn::Sub': '${AWS::StackName}' }, 'Here'],
    several: [{ 'Fn::Sub': '${AWS::StackName}-${Env}' }, ['Here-dev', 'Here-prod']],
    cannotTell: [{ 'Fn::ImportValue': 'elsewhere' }, /export elsewhere is not made by any stack/u],
  },
  'Fn::Transform': {
    known: [{ Plain: 'map' }, '{Plain}'],
    several: [{ 'Fn::If': ['IsProd', { a: 1 }, { b: 1 }] }, ['{a}', '{b}']],
    cannotTell: [{ 'Fn::Transform': { Name: 'Mine' } }, /macro Mine/u],
  },
  'an unknown function': {
    known: [7, '7'],
    several: [{ 'Fn::If': ['IsProd', true, 0] }, ['0', 'true']],
    cannotTell: [{ 'Fn::Invented': [1] }, /function Fn::Invented is not known/u],
  },
};

describe.each(Object.entries(TABLE))('%s', (_name, { known, several, cannotTell }) => {
  test('gives the one value that the template decides', () => {
    expect([...new Set(valuesOf(known[0], SECTIONS))]).toEqual([known[1]]);
  });

  test('gives every value that the template leaves open', () => {
    expect([...new Set(valuesOf(several[0], SECTIONS))]).toEqual([...several[1]].sort());
  });

  test('says that it cannot tell, and why', () => {
    const values = valuesOf(cannotTell[0], SECTIONS);
    expect(values).toHaveLength(1);
    expect(values[0]).toMatch(cannotTell[1]);
    expect(values[0]).toMatch(/\?/u);
  });
});

describe('Fn::Sub', () => {
  test('reads attributes in short form', () => {
    expect(valuesOf({ 'Fn::Sub': '${Data.Arn}/*' })).toEqual(['${Data.Arn}/*']);
  });

  test('takes one value of a parameter for all its uses', () => {
    expect(valuesOf({ 'Fn::Sub': '${Env}/${Env}' }, SECTIONS)).toEqual(['dev/dev', 'prod/prod']);
  });
});

describe('pseudo parameters', () => {
  test.each([
    ['AWS::Region', 'eu-west-1'],
    ['AWS::AccountId', '111111111111'],
    ['AWS::Partition', 'aws'],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['AWS::StackName', 'Here'],
  ])('%s comes from the environment of the stack', (name, value) => {
    expect(valuesOf({ Ref: name })).toEqual([value]);
  });

  test.each(['AWS::Region', 'AWS::AccountId', 'AWS::Partition', 'AWS::URLSuffix'])(
    '%s of an agnostic stack is unknown and says which',
    (name) => {
      const [value] = stack({}, {}).resolve({ Ref: name });
      expect(value!.value).toMatchObject({ kind: 'unknown', pseudo: name });
    },
  );

  test('the partition of a Region that has none on record is unknown', () => {
    expect(stack({}, { region: 'xx-moon-1' }).resolve({ Ref: 'AWS::Partition' })[0]!.value.kind).toBe('unknown');
    expect(valuesOf({ Ref: 'AWS::URLSuffix' }, {}, { region: 'cn-north-1' })).toEqual(['amazonaws.com.cn']);
  });
});

describe('dynamic references', () => {
  test.each(['ssm', 'ssm-secure', 'secretsmanager'])('{{resolve:%s}} is unknown and named', (service) => {
    const [value] = stack().resolve(`{{resolve:${service}:/target/bucket}}`);
    expect(value!.value).toMatchObject({ kind: 'unknown', dynamic: `resolve:${service}:/target/bucket` });
  });

  test('the text around one stays known', () => {
    expect(valuesOf({ 'Fn::Join': ['', ['arn:aws:s3:::', '{{resolve:ssm:', { Ref: 'Data' }, ':1}}', '/x']] })).toEqual([
      'arn:aws:s3:::${?}/x',
    ]);
  });
});

test('an attribute may be written as one text, as parts, or in two', () => {
  for (const operand of ['Db.Endpoint.Address', ['Db', 'Endpoint.Address'], ['Db', 'Endpoint', 'Address']]) {
    expect(valuesOf({ 'Fn::GetAtt': operand }, { Resources: { Db: { Type: 'AWS::RDS::DBInstance' } } })).toEqual([
      '${Db.Endpoint.Address}',
    ]);
  }
});

test('a zone keeps the Region it is a zone of', () => {
  const [zone] = stack().resolve({ 'Fn::Select': [0, { 'Fn::GetAZs': { Ref: 'AWS::Region' } }] });
  expect(zone!.value).toMatchObject({ kind: 'unknown', zonesOf: 'eu-west-1' });
  const [anywhere] = stack({}, {}).resolve({ 'Fn::GetAZs': { Ref: 'AWS::Region' } });
  expect(anywhere!.value).toMatchObject({ kind: 'unknown', pseudo: 'AWS::Region' });
});

test('a value cut out of a generated name keeps the resource it was cut from', () => {
  const template = stack();
  const [part] = template.resolve({ 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Data', 'Arn'] }] }] });
  expect(part!.value).toMatchObject({
    kind: 'unknown',
    from: [{ resource: template.resource('Data'), attribute: 'Arn' }],
  });
});

const code: Json = { Code: { Type: 'AWS::Lambda::Function', Properties: {} } };

test.each([
  ['the Region', 3, 'eu-west-1'],
  ['the account', 4, '111111111111'],
  ['the service', 2, 'lambda'],
])('%s cut out of the ARN of a function is known, as it is that of its stack', (_words, index, expected) => {
  const cut = { 'Fn::Select': [index, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Code', 'Arn'] }] }] };
  const known = stack({ Resources: code }).resolve(cut);
  expect(known.map(({ value }) => value)).toEqual([{ kind: 'text', text: expected }]);
});

test('cut out of an ARN of a stack without a Region, the Region is that of the stack, whatever it will be', () => {
  const cut = { 'Fn::Select': [3, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Code', 'Arn'] }] }] };
  expect(stack({ Resources: code }, {}).resolve(cut)[0]!.value).toMatchObject({
    kind: 'unknown',
    pseudo: 'AWS::Region',
  });
});

test('a part of a text that a resource is only named in does not stand where the resource stands', () => {
  const host: Json = { 'Fn::Sub': 'https://${Code}.example.us/' };
  const [part] = stack({ Resources: code }).resolve({ 'Fn::Select': [2, { 'Fn::Split': ['/', host] }] });
  expect(part!.value).toMatchObject({ kind: 'unknown' });
  expect(part!.value).not.toHaveProperty('from');
});

test('an item of a list that a resource answers with keeps the resource', () => {
  const template = stack({ Resources: code });
  const cut = { 'Fn::Split': [':', { 'Fn::Select': [0, { 'Fn::GetAtt': ['Code', 'Names'] }] }] };
  expect(template.resolve({ 'Fn::Select': [1, cut] })[0]!.value).toMatchObject({
    kind: 'unknown',
    from: [{ resource: template.resource('Code'), attribute: 'Names' }],
  });
});

test('null is not a value CloudFormation accepts', () => {
  expect(valuesOf(null)).toEqual(['? null, which CloudFormation does not accept']);
});

test('numbers and booleans are text that keeps its raw form', () => {
  expect(stack().resolve(false)[0]!.value).toEqual({ kind: 'text', text: 'false', raw: false });
});

test('origins tell the reasoning in words', () => {
  const [first] = stack(SECTIONS).resolve({ 'Fn::FindInMap': ['Regions', { Ref: 'Env' }, 'target'] });
  expect(first!.origin).toEqual(['parameter Env (allowed value prod)', 'mapping Regions row prod, target']);
  expect(spelled([first!])).toEqual(['eu-north-1']);
});
