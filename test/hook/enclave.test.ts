import { answerFor } from './asked';
import { enclaveAssembly } from './enclave-assembly';
import type { DeployedStack } from './enclave-assembly';

const { stacks, register } = enclaveAssembly();
const before = (stackName: string): readonly DeployedStack[] =>
  stacks.slice(
    0,
    stacks.findIndex((stack) => stack.stackName === stackName),
  );
const named = (stackName: string): DeployedStack => stacks.find((stack) => stack.stackName === stackName)!;

/** A template with one place changed; fails when the place is not there, so that no leak is planted in vain. */
function planted(
  stackName: string,
  type: string,
  change: (properties: Record<string, unknown>) => void,
): DeployedStack {
  const stack = named(stackName);
  const template = JSON.parse(stack.template) as {
    Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  };
  const found = Object.values(template.Resources).find((resource) => resource.Type === type);
  if (!found) throw new Error(`${stackName} has no ${type}`);
  change(found.Properties);
  return { ...stack, template: JSON.stringify(template) };
}

describe('the stacks of the enclave', () => {
  test.each(stacks.map((stack) => [stack.stackName, stack] as const))(
    '%s passes when what it depends on is deployed, and nothing else is seen',
    async (stackName, stack) => {
      expect(await answerFor(stack, before(stackName), register)).toMatchObject({ hookStatus: 'SUCCESS' });
    },
  );

  test.each(stacks.map((stack) => [stack.stackName, stack] as const))(
    '%s passes again as an update of itself',
    async (_, stack) => {
      expect(await answerFor(stack, stacks, register, stack.template)).toMatchObject({ hookStatus: 'SUCCESS' });
    },
  );

  test('a stack is refused while the stack that makes its keys is not deployed', async () => {
    const answer = await answerFor(named('dub-1-stores'), [], register);
    expect(answer).toMatchObject({ hookStatus: 'FAILED', errorCode: 'NonCompliant' });
    expect(answer.message).toContain('dub-1-keys');
  });

  test('a stack of one site is not helped by a stack of the same name in another account', async () => {
    const others = stacks.map((stack) => ({ ...stack, account: '999999999999' }));
    expect(await answerFor(named('dub-1-stores'), others, register)).toMatchObject({ errorCode: 'NonCompliant' });
  });

  test('a bucket nobody registered is no destination of access logs', async () => {
    const nothing = { ...register, buckets: [] };
    const answer = await answerFor(named('dub-1-replica-of-nordic-1'), stacks, nothing);
    expect(answer.message).toContain('s3-access-log-bucket');
  });
});

describe('a leak planted in a stack of the enclave is refused', () => {
  const leaks: readonly (readonly [string, DeployedStack, string])[] = [
    [
      'replication to a bucket abroad',
      planted('dub-1-stores', 'AWS::S3::Bucket', (properties) => {
        // The whole destination: the judge tells the Region of a copy by the key it is encrypted with.
        const { Rules } = properties['ReplicationConfiguration'] as { Rules: { Destination: unknown }[] };
        Rules[0]!.Destination = { Bucket: 'arn:aws:s3:::somewhere-else' };
      }),
      'somewhere-else',
    ],
    [
      'a log of the network sent to a stream abroad',
      planted('dub-1-network', 'AWS::EC2::FlowLog', (properties) => {
        properties['LogDestinationType'] = 's3';
        properties['LogDestination'] = 'arn:aws:s3:::somewhere-abroad';
      }),
      'somewhere-abroad',
    ],
    [
      'a key of another account',
      planted('dub-2-stores', 'AWS::S3::Bucket', (properties) => {
        properties['BucketEncryption'] = {
          ServerSideEncryptionConfiguration: [
            {
              ServerSideEncryptionByDefault: {
                SSEAlgorithm: 'aws:kms',
                KMSMasterKeyID: 'arn:aws:kms:us-east-1:999988887777:key/1a2345b6-0000-00a0-a123-00abc0abc000',
              },
            },
          ],
        };
      }),
      'us-east-1',
    ],
    [
      'a key everyone may use',
      planted('nordic-1-keys', 'AWS::KMS::Key', (properties) => {
        const { Statement } = properties['KeyPolicy'] as { Statement: unknown[] };
        Statement.push({ Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' });
      }),
      'everyone',
    ],
  ];

  test.each(leaks)('%s', async (_, stack, seen) => {
    const answer = await answerFor(stack, stacks, register, named(stack.stackName).template);
    expect(answer).toMatchObject({ hookStatus: 'FAILED', errorCode: 'NonCompliant' });
    expect(answer.message).toContain(seen);
  });

  test('a stack of the enclave in a Region outside the EEA', async () => {
    const abroad = { ...named('dub-1-logs'), region: 'us-east-1' };
    expect(await answerFor(abroad, stacks, register)).toMatchObject({ errorCode: 'NonCompliant' });
  });
});
