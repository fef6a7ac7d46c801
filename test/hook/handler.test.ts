import { answerTo } from '../../lib/hook/handler';
import { ONE_SITE, request, world } from './asked';
import type { Kind } from './asked';

const HARMLESS = { Resources: { Watch: { Type: 'AWS::CloudFormation::WaitConditionHandle' } } };
const LEAKY_YAML = `
Resources:
  People:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      Replicas: [{ Region: !Ref AWS::Region }, { Region: us-east-1 }]
`;
const TOKEN = {
  'stack-create': 'f8da6d11-b23f-48f4-814c-0fb6a667f50e',
  'change-set': '127e4567-e89b-12d3-a456-426614174000',
};

const importing = {
  Resources: {
    P: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Value: { 'Fn::GetStackOutput': { StackName: 'a', OutputName: 'B' } } },
    },
  },
};

describe('answers', () => {
  test.each(['stack-create', 'change-set'] as const)(
    'a %s without stores is accepted, with its token',
    async (kind) => {
      expect(await answerTo(request(kind), world({ template: JSON.stringify(HARMLESS) }))).toEqual({
        hookStatus: 'SUCCESS',
        message: 'No data can leave the EEA by any channel the judge knows.',
        clientRequestToken: TOKEN[kind],
      });
    },
  );

  test.each(['stack-create', 'stack-update', 'change-set'] as const)(
    'a %s written in YAML by any tool is judged like every other',
    async (kind) => {
      const answer = await answerTo(request(kind), world({ template: LEAKY_YAML, previousTemplate: '' }));
      expect(answer).toMatchObject({ hookStatus: 'FAILED', errorCode: 'NonCompliant' });
      expect(answer.message).toMatch(/us-east-1 .*United States/);
    },
  );

  test('the document may hold the template as an object', async () => {
    expect(await answerTo(request('stack-create'), world({ template: HARMLESS }))).toMatchObject({
      hookStatus: 'SUCCESS',
    });
  });

  test('a resource created past CloudFormation is judged by its properties', async () => {
    const answer = await answerTo(request('cloud-control-create'), world(undefined));
    expect(answer).toMatchObject({ hookStatus: 'FAILED', errorCode: 'NonCompliant' });
    expect(answer.message).toContain('us-east-1');
    expect(answer.message.length).toBeLessThanOrEqual(1024);
  });

  test('a deletion passes unread', async () => {
    const fetch = jest.fn();
    expect(await answerTo(request('stack-delete'), world(undefined, { fetch }))).toMatchObject({
      hookStatus: 'SUCCESS',
    });
    expect(fetch).not.toHaveBeenCalled();
  });

  test('a message of many findings fits, the worst come first, and their number is told', async () => {
    const people = (region: string) => ({
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: { Replicas: [{ Region: 'eu-west-1' }, { Region: region }] },
    });
    const Resources = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`People${i}`, people(i === 59 ? 'us-east-1' : 'eu-west-9')]),
    );
    const { message } = await answerTo(request('stack-create'), world({ template: { Resources } }));
    expect(message.length).toBeLessThanOrEqual(4096);
    const [head, first] = message.split('\n');
    expect(head).toMatch(/: \d{2,} findings\.$/);
    expect(first).toContain('us-east-1');
  });
});

describe('whatever cannot be judged is refused, in one line', () => {
  const data = (kind: Kind, change: Record<string, unknown>) => {
    const asked = request(kind);
    return { ...asked, requestData: { ...asked.requestData, ...change } };
  };
  const cases: readonly (readonly [string, unknown, Parameters<typeof world>[1], RegExp])[] = [
    ['an event that is no request', null, {}, /not understood/],
    ['a stack without an address', data('stack-create', { payload: undefined }), {}, /without template or properties/],
    [
      'an address that is not S3',
      data('stack-create', { payload: 'https://example.com/t' }),
      {},
      /not S3 in eu-west-1/,
    ],
    ['a stack of another account', request('stack-create', { awsAccountId: '222233334444' }), {}, /not of account/],
    ['a stack of another Region', request('stack-create'), { region: 'eu-north-1' }, /in eu-north-1/],
    ['a stack without a name', request('stack-create', { stackId: null }), {}, /names no stack/],
    ['a stack that is no ARN', request('stack-create', { stackId: 'dub-1-stores' }), {}, /not the ARN/],
    ['an unknown moment', request('stack-create', { actionInvocationPoint: 'POST' }), {}, /actionInvocationPoint/],
    [
      'an address that has expired',
      request('stack-create'),
      answers(new Response('', { status: 403 })),
      /answered 403/,
    ],
    ['a document that is not JSON', request('change-set'), answers(new Response('<html>')), /not JSON/],
    ['a document without a template', request('change-set'), answers(new Response('{}')), /holds no template/],
    ['a template that is none', request('change-set'), answers(new Response('{"template":"- 1"}')), /refused: ./],
    ['a document without end', request('change-set'), answers(endless()), /larger than/],
    [
      'S3 out of reach',
      request('change-set'),
      { fetch: () => Promise.reject(new TypeError('no route')) },
      /could not be read/,
    ],
    [
      'S3 that does not answer',
      request('change-set'),
      { fetch: () => new Promise(() => undefined), milliseconds: 50 },
      /within 50 ms/,
    ],
    [
      'CloudFormation that does not say what is deployed',
      request('stack-create'),
      {
        ...answers(new Response(JSON.stringify({ template: importing }))),
        deployed: () => Promise.reject(new Error('Rate exceeded')),
      },
      /Rate exceeded/,
    ],
  ];

  test.each(cases)('%s', async (_, event, otherwise, reason) => {
    const answer = await answerTo(event, world(undefined, otherwise));
    expect(answer).toMatchObject({ hookStatus: 'FAILED', errorCode: 'InternalFailure' });
    expect(answer.message).toMatch(reason);
    expect(answer.message).not.toContain('\n');
    expect(answer.message).not.toContain('Signature');
  });
});

describe('stacks beside the judged one', () => {
  const bucket = (destination: unknown) => ({
    Resources: {
      Data: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          ReplicationConfiguration: {
            Role: 'arn:aws:iam::111122223333:role/copy',
            Rules: [{ Status: 'Enabled', Destination: { Bucket: destination } }],
          },
        },
      },
    },
    Outputs: { Name: { Value: { Ref: 'Data' } } },
  });
  const output = (StackName: string, OutputName: string, more = {}) => ({
    'Fn::GetStackOutput': { StackName, OutputName, ...more },
  });
  const neighbour = JSON.stringify(bucket(output('dub-1-stores', 'Copies')));
  const copies = (Bucket: string) => ({
    Resources: {
      Reader: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Type: 'String', Value: output('neighbour', 'Name'), Tags: { 'data-class': 'public' } },
      },
    },
    Outputs: { Copies: { Value: `arn:aws:s3:::${Bucket}` } },
  });
  const register = { ...ONE_SITE, buckets: [{ name: 'copies-here', region: 'eu-west-1', account: '111122223333' }] };
  const ask = (template: unknown, previousTemplate: unknown) =>
    answerTo(
      request('stack-update'),
      world(
        { template, previousTemplate },
        { register, deployed: (name) => Promise.resolve(name === 'neighbour' ? neighbour : undefined) },
      ),
    );

  test('a change that turns a neighbour’s copies to an unknown place is refused', async () => {
    const answer = await ask(copies('copies-elsewhere'), copies('copies-here'));
    expect(answer).toMatchObject({ hookStatus: 'FAILED', errorCode: 'NonCompliant' });
    expect(answer.message).toContain('copies-elsewhere');
  });

  test('what was wrong with a neighbour before does not hold up a change that is not to blame', async () => {
    expect(await ask(copies('copies-here'), copies('copies-here'))).toMatchObject({ hookStatus: 'SUCCESS' });
  });

  test('only this account is asked, only in the EEA, and each stack once', async () => {
    const asked: string[] = [];
    const template = {
      Resources: {
        Values: {
          Type: 'AWS::SSM::Parameter',
          Properties: {
            Type: 'String',
            Value: {
              'Fn::Join': [
                '',
                [
                  output('here', 'A'),
                  output('here', 'B'),
                  output('north', 'A', { Region: 'eu-north-1' }),
                  output('abroad', 'A', { Region: 'us-east-1' }),
                  output('theirs', 'A', { RoleArn: 'arn:aws:iam::999988887777:role/reader' }),
                ],
              ],
            },
          },
        },
      },
    };
    await answerTo(
      request('stack-create'),
      world(
        { template },
        {
          deployed: (name, region) => {
            asked.push(`${name} ${region}`);
            return Promise.resolve(undefined);
          },
        },
      ),
    );
    expect(asked.sort()).toEqual(['here eu-west-1', 'north eu-north-1']);
  });

  test('a chain of stacks without end is refused', async () => {
    const link = (n: number) =>
      JSON.stringify({
        Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Value: output(`link-${n}`, 'A') } } },
      });
    const answer = await answerTo(
      request('stack-create'),
      world({ template: link(0) }, { deployed: (name) => Promise.resolve(link(Number(name.split('-')[1]) + 1)) }),
    );
    expect(answer).toMatchObject({ hookStatus: 'FAILED', errorCode: 'InternalFailure' });
    expect(answer.message).toContain('more than 60 stacks');
  });
});

function answers(response: Response) {
  return { fetch: () => Promise.resolve(response) };
}

function endless(): Response {
  const megabyte = new Uint8Array(1024 * 1024).fill(32);
  return new Response(new ReadableStream({ pull: (controller) => controller.enqueue(megabyte) }));
}
