import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  GetStackPolicyCommand,
  ListStackResourcesCommand,
  SetStackPolicyCommand,
  type Tag,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetBucketTaggingCommand, HeadBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describeOwnEmulator } from './deployment-tests';
import { Emulator } from './emulator';

type Json = Record<string, unknown>;
interface Environment {
  readonly account: string;
  readonly region: string;
}
const HOME: Environment = { account: '111111111111', region: 'eu-west-1' };
const NORTH: Environment = { account: '111111111111', region: 'eu-north-1' };
const PARTNER: Environment = { account: '222222222222', region: 'eu-west-1' };

const bucket = (BucketName: string, more: Json = {}, attributes: Json = {}) => ({
  Type: 'AWS::S3::Bucket',
  Properties: { BucketName, ...more },
  ...attributes,
});
const parameter = (Value: unknown, more: Json = {}) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Type: 'String', Value },
  ...more,
});
/** Fails on creation, after `first` has been made. */
const impossible = (first: string) => ({ ...bucket('No Bucket Is Called This'), DependsOn: first });

describeOwnEmulator('the CloudFormation layer', process.env, (found) => {
  let emulator: Emulator;
  const clients = new Map<string, CloudFormationClient>();

  beforeAll(async () => {
    emulator = await Emulator.start(found, { env: process.env, region: HOME.region });
    for (const { account, region } of [HOME, NORTH, PARTNER]) {
      clients.set(account + region, new CloudFormationClient(await emulator.client(account, region)));
    }
  }, 90_000);
  afterAll(() => emulator?.stop());

  const at = ({ account, region }: Environment) => clients.get(account + region)!;

  /** Create or update a stack and return its status. */
  async function deploy(
    StackName: string,
    template: Json,
    where: Environment = HOME,
    Tags: Tag[] = [],
  ): Promise<string> {
    const wish = { StackName, TemplateBody: JSON.stringify(template), Tags };
    const exists = await status(StackName, where).then(
      (known) => known !== 'DELETE_COMPLETE',
      () => false,
    );
    await at(where).send(exists ? new UpdateStackCommand(wish) : new CreateStackCommand(wish));
    return status(StackName, where);
  }
  async function described(StackName: string, where: Environment = HOME) {
    const { Stacks } = await at(where).send(new DescribeStacksCommand({ StackName }));
    return Stacks![0]!;
  }
  const status = async (StackName: string, where: Environment = HOME) =>
    (await described(StackName, where)).StackStatus as string;
  const destroy = (StackName: string, where: Environment = HOME) =>
    at(where).send(new DeleteStackCommand({ StackName }));
  async function outputs(StackName: string, where: Environment = HOME): Promise<Record<string, string>> {
    const { Outputs = [] } = await described(StackName, where);
    return Object.fromEntries(Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  }
  /** Reasons of the failed resources, newest first. */
  async function reasons(StackName: string, where: Environment = HOME): Promise<string[]> {
    const { StackEvents = [] } = await at(where).send(new DescribeStackEventsCommand({ StackName }));
    return StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED')).map(
      (event) => event.ResourceStatusReason ?? '',
    );
  }
  async function physicalId(StackName: string, logicalId: string): Promise<string> {
    const { StackResourceSummaries = [] } = await at(HOME).send(new ListStackResourcesCommand({ StackName }));
    return StackResourceSummaries.find(({ LogicalResourceId }) => LogicalResourceId === logicalId)!.PhysicalResourceId!;
  }
  async function exists(Bucket: string): Promise<boolean> {
    const s3 = new S3Client(await emulator.client(HOME.account, HOME.region));
    return s3.send(new HeadBucketCommand({ Bucket })).then(
      () => true,
      () => false,
    );
  }

  describe('strictness', () => {
    test('an unknown type is refused before anything is made', async () => {
      const template = { Resources: { A: bucket('strict-a'), B: { Type: 'AWS::EC2::Instance' } } };
      await expect(deploy('strict-type', template)).rejects.toThrow(
        /Unrecognized resource types: \[AWS::EC2::Instance\]/,
      );
      expect(await exists('strict-a')).toBe(false);
    });

    test.each([
      ['a property', { Surprise: true }, 'unsupported property Surprise of AWS::S3::Bucket'],
      [
        'a nested property',
        { VersioningConfiguration: { Status: 'Enabled', MFADelete: 'x' } },
        'unsupported property VersioningConfiguration.MFADelete',
      ],
      [
        'a property in a list',
        { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', Odd: 1 }] } },
        'LifecycleConfiguration.Rules[0].Odd',
      ],
    ])('%s that is not understood fails the stack, with its path', async (_what, properties, reason) => {
      expect(await deploy('strict-property', { Resources: { B: bucket('strict-b', properties) } })).toBe(
        'ROLLBACK_COMPLETE',
      );
      expect((await reasons('strict-property'))[0]).toContain(reason);
      expect(await exists('strict-b')).toBe(false);
      await destroy('strict-property');
    });

    test.each([
      ['an intrinsic function', { Resources: { P: parameter({ 'Fn::Length': [1] }) } }, /Fn::Length is not understood/],
      [
        'an attribute',
        { Resources: { B: bucket('strict-c'), P: parameter({ 'Fn::GetAtt': ['B', 'Colour'] }) } },
        /Requested attribute Colour/,
      ],
    ])('%s that is not understood fails the stack', async (_what, template, reason) => {
      expect(await deploy('strict-function', template)).toBe('ROLLBACK_COMPLETE');
      expect((await reasons('strict-function'))[0]).toMatch(reason);
      await destroy('strict-function');
    });

    test.each([
      ['a transform', { Transform: 'AWS::LanguageExtensions', Resources: { P: parameter('x') } }, /Transform/],
      ['a resource attribute', { Resources: { P: parameter('x', { CreationPolicy: {} }) } }, /CreationPolicy/],
      [
        'a circle',
        { Resources: { P: parameter('x', { DependsOn: 'Q' }), Q: parameter('x', { DependsOn: 'P' }) } },
        /Circular dependency/,
      ],
    ])('%s is refused', async (_what, template, reason) => {
      await expect(deploy('strict-template', template)).rejects.toThrow(reason);
    });
  });

  describe('values', () => {
    test('every function the CDK emits gives its value', async () => {
      const Outputs = Object.fromEntries(
        Object.entries({
          join: { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, { Ref: 'AWS::AccountId' }]] },
          sub: { 'Fn::Sub': ['${X}/${P}/${AWS::Partition}/${!Literal}', { X: { Ref: 'Word' } }] },
          select: { 'Fn::Select': [1, { 'Fn::Split': ['||', 'a||b||c'] }] },
          if: { 'Fn::If': ['Yes', 'yes', { Ref: 'AWS::NoValue' }] },
          map: { 'Fn::FindInMap': ['Map', { Ref: 'AWS::Region' }, 'zone'] },
          zones: { 'Fn::Join': [',', { 'Fn::GetAZs': '' }] },
          blocks: { 'Fn::Select': [2, { 'Fn::Cidr': ['10.0.0.0/16', 3, 8] }] },
          base64: { 'Fn::Base64': 'a' },
          attribute: { 'Fn::GetAtt': ['P', 'Value'] },
          hidden: 'left out below',
        }).map(([key, Value]) => [key, key === 'hidden' ? { Value, Condition: 'No' } : { Value }]),
      );
      const template = {
        Parameters: { Word: { Type: 'String', Default: 'word' } },
        Mappings: { Map: { 'eu-west-1': { zone: 'found' } } },
        Conditions: {
          Yes: { 'Fn::And': [{ 'Fn::Equals': [{ Ref: 'Word' }, 'word'] }, { 'Fn::Not': [{ Condition: 'No' }] }] },
          No: { 'Fn::Or': [{ 'Fn::Equals': ['a', 'b'] }, { 'Fn::Equals': ['c', 'd'] }] },
        },
        Resources: {
          Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: '{"user":"sample"}' } },
          P: {
            ...parameter({
              'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Secret' }, ':SecretString:user::}}']],
            }),
          },
          Not: parameter('never', { Condition: 'No' }),
        },
        Outputs,
      };
      expect(await deploy('values', template)).toBe('CREATE_COMPLETE');
      const p = await physicalId('values', 'P');
      expect(await outputs('values')).toEqual({
        join: 'a-eu-west-1-111111111111',
        sub: `word/${p}/aws/\${Literal}`,
        select: 'b',
        if: 'yes',
        map: 'found',
        zones: 'eu-west-1a,eu-west-1b,eu-west-1c',
        blocks: '10.0.2.0/24',
        base64: 'YQ==',
        attribute: 'sample',
      });
    });

    test('a weak reference reads another stack of another Region as it is now', async () => {
      const producer = (value: string) => ({ Resources: { P: parameter('x') }, Outputs: { Key: { Value: value } } });
      const output = { 'Fn::GetStackOutput': { StackName: 'producer', Region: NORTH.region, OutputName: 'Key' } };
      const consumer = {
        Resources: { P: parameter(output) },
        Outputs: { Got: { Value: { 'Fn::GetAtt': ['P', 'Value'] } } },
      };
      expect(await deploy('consumer', consumer)).toBe('ROLLBACK_COMPLETE');
      expect((await reasons('consumer'))[0]).toBe(
        'Fn::GetStackOutput: stack producer does not exist in 111111111111/eu-north-1',
      );
      await destroy('consumer');
      await deploy('producer', { Resources: { P: parameter('x') } }, NORTH);
      expect(await deploy('consumer', consumer)).toBe('ROLLBACK_COMPLETE');
      expect((await reasons('consumer'))[0]).toContain('has no output Key');
      await destroy('consumer');
      await deploy('producer', producer('one'), NORTH);
      expect(await deploy('consumer', consumer)).toBe('CREATE_COMPLETE');
      expect(await outputs('consumer')).toEqual({ Got: 'one' });
      await deploy('producer', producer('two'), NORTH);
      expect(await deploy('consumer', consumer)).toBe('UPDATE_COMPLETE');
      expect(await outputs('consumer')).toEqual({ Got: 'two' });
      await destroy('producer', NORTH);
      expect(await status('consumer')).toBe('UPDATE_COMPLETE');
    });

    test('a weak reference reaches another account only through a role there', async () => {
      const RoleArn = `arn:aws:iam::${PARTNER.account}:role/reader`;
      const output = {
        'Fn::GetStackOutput': { StackName: 'foreign', Region: PARTNER.region, RoleArn, OutputName: 'Key' },
      };
      const consumer = { Resources: { P: parameter(output) } };
      const role = {
        Type: 'AWS::IAM::Role',
        Properties: { RoleName: 'reader', AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
      };
      await deploy('foreign', { Resources: { P: parameter('x') }, Outputs: { Key: { Value: 'theirs' } } }, PARTNER);
      expect(await deploy('abroad', consumer)).toBe('ROLLBACK_COMPLETE');
      expect((await reasons('abroad'))[0]).toContain(`cannot assume ${RoleArn}`);
      await destroy('abroad');
      await deploy(
        'foreign',
        { Resources: { P: parameter('x'), R: role }, Outputs: { Key: { Value: 'theirs' } } },
        PARTNER,
      );
      expect(await deploy('abroad', consumer)).toBe('CREATE_COMPLETE');
    });

    test('an export can be imported, and then neither be changed nor removed nor taken by another', async () => {
      const exporter = (value: string) => ({
        Resources: { P: parameter('x') },
        Outputs: { E: { Value: value, Export: { Name: 'shared' } } },
      });
      const importer = { Resources: { P: parameter({ 'Fn::ImportValue': 'shared' }) } };
      expect(await deploy('importer', importer)).toBe('ROLLBACK_COMPLETE');
      expect((await reasons('importer'))[0]).toContain('No export named shared found');
      await destroy('importer');
      await deploy('exporter', exporter('one'));
      expect(await deploy('importer', importer)).toBe('CREATE_COMPLETE');
      expect(await deploy('exporter', exporter('two'))).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(await deploy('exporter-2', exporter('one'))).toBe('ROLLBACK_COMPLETE');
      await expect(destroy('exporter')).rejects.toThrow('Export shared cannot be deleted as it is in use by importer');
      await destroy('importer');
      await destroy('exporter');
      await expect(status('exporter')).rejects.toThrow('Stack with id exporter does not exist');
    });
  });

  describe('what is kept and what is removed', () => {
    const key = (attributes: Json = {}) => ({
      Type: 'AWS::KMS::Key',
      Properties: { KeyPolicy: { Version: '2012-10-17', Statement: [] } },
      ...attributes,
    });
    const keyState = async (KeyId: string) => {
      const kms = new KMSClient(await emulator.client(HOME.account, HOME.region));
      return (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyState;
    };

    test('RetainExceptOnCreate is removed when its creation fails, Retain is not', async () => {
      const Resources = {
        A: bucket('kept-retain', {}, { DeletionPolicy: 'Retain' }),
        B: bucket('kept-except', {}, { DeletionPolicy: 'RetainExceptOnCreate' }),
        C: bucket('kept-delete'),
        X: { ...impossible('A'), DependsOn: ['A', 'B', 'C'] },
      };
      expect(await deploy('kept', { Resources })).toBe('ROLLBACK_COMPLETE');
      expect([await exists('kept-retain'), await exists('kept-except'), await exists('kept-delete')]).toEqual([
        true,
        false,
        false,
      ]);
    });

    test('RetainExceptOnCreate and Retain survive their stack, Delete does not', async () => {
      const Resources = {
        A: key({ DeletionPolicy: 'Retain' }),
        B: key({ DeletionPolicy: 'RetainExceptOnCreate' }),
        C: key(),
      };
      await deploy('survive', { Resources });
      const ids = await Promise.all(['A', 'B', 'C'].map((id) => physicalId('survive', id)));
      await destroy('survive');
      expect(await Promise.all(ids.map(keyState))).toEqual(['Enabled', 'Enabled', 'PendingDeletion']);
    });

    test('what a replacement leaves behind follows UpdateReplacePolicy', async () => {
      const template = (version: string) => ({
        Resources: {
          A: bucket(`replaced-a-${version}`, {}, { UpdateReplacePolicy: 'Retain' }),
          B: bucket(`replaced-b-${version}`),
        },
      });
      await deploy('replaced', template('1'));
      expect(await deploy('replaced', template('2'))).toBe('UPDATE_COMPLETE');
      expect([await exists('replaced-a-1'), await exists('replaced-b-1')]).toEqual([true, false]);
      expect([await exists('replaced-a-2'), await exists('replaced-b-2')]).toEqual([true, true]);
    });

    test('a failed update brings back what was changed, keeps what was to go and removes what was new', async () => {
      const audit = (RetentionInDays: number) => ({
        Type: 'AWS::Logs::LogGroup',
        Properties: { LogGroupName: '/rollback', RetentionInDays },
      });
      await deploy('rollback', { Resources: { L: audit(30), Old: bucket('rollback-old') } });
      const Resources = {
        L: audit(90),
        New: bucket('rollback-new'),
        X: { ...impossible('L'), DependsOn: ['L', 'New'] },
      };
      expect(await deploy('rollback', { Resources })).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect([await exists('rollback-old'), await exists('rollback-new')]).toEqual([true, false]);
      const same = {
        StackName: 'rollback',
        TemplateBody: JSON.stringify({ Resources: { L: audit(30), Old: bucket('rollback-old') } }),
      };
      await expect(at(HOME).send(new UpdateStackCommand(same))).rejects.toThrow('No updates are to be performed.');
    });

    test('a resource that fails half way is removed again', async () => {
      const half = bucket('half-made', { LoggingConfiguration: { DestinationBucketName: 'no-such-log-bucket' } });
      expect(await deploy('half', { Resources: { B: half } })).toBe('ROLLBACK_COMPLETE');
      expect(await exists('half-made')).toBe(false);
    });

    test('a bucket with objects does not let its stack go', async () => {
      await deploy('full', { Resources: { B: bucket('full-bucket') } });
      const s3 = new S3Client(await emulator.client(HOME.account, HOME.region));
      await s3.send(new PutObjectCommand({ Bucket: 'full-bucket', Key: 'k', Body: 'v' }));
      await destroy('full');
      expect(await status('full')).toBe('DELETE_FAILED');
    });
  });

  describe('guards', () => {
    test('a stack policy denies updates of what it names, and reads back as it was set', async () => {
      const template = (a: string, b: string) => ({ Resources: { A: parameter(a), B: parameter(b) } });
      await deploy('policed', template('1', '1'));
      const StackPolicyBody = JSON.stringify({
        Statement: [
          { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' },
          { Effect: 'Deny', Action: 'Update:*', Principal: '*', Resource: 'LogicalResourceId/A' },
        ],
      });
      await at(HOME).send(new SetStackPolicyCommand({ StackName: 'policed', StackPolicyBody }));
      expect((await at(HOME).send(new GetStackPolicyCommand({ StackName: 'policed' }))).StackPolicyBody).toBe(
        StackPolicyBody,
      );
      expect(await deploy('policed', template('1', '2'))).toBe('UPDATE_COMPLETE');
      expect(await deploy('policed', template('2', '2'))).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(await reasons('policed')).toContainEqual(expect.stringContaining('Action denied by stack policy'));
      expect(await deploy('policed', { Resources: { B: parameter('2') } })).toBe('UPDATE_ROLLBACK_COMPLETE');
    });

    test('a change set says what it would replace, and one without changes cannot be executed', async () => {
      await deploy('changing', { Resources: { B: bucket('changing-1') } });
      const describeChanges = async (ChangeSetName: string, name: string) => {
        const TemplateBody = JSON.stringify({ Resources: { B: bucket(name) } });
        await at(HOME).send(
          new CreateChangeSetCommand({ StackName: 'changing', ChangeSetName, TemplateBody, Tags: [] }),
        );
        return at(HOME).send(new DescribeChangeSetCommand({ StackName: 'changing', ChangeSetName }));
      };
      const changes = await describeChanges('rename', 'changing-2');
      expect(
        changes.Changes?.map(({ ResourceChange }) => [
          ResourceChange?.Action,
          ResourceChange?.LogicalResourceId,
          ResourceChange?.Replacement,
        ]),
      ).toEqual([['Modify', 'B', 'True']]);
      const nothing = await describeChanges('nothing', 'changing-1');
      expect(nothing).toMatchObject({
        Status: 'FAILED',
        ExecutionStatus: 'UNAVAILABLE',
        StatusReason: expect.stringContaining("didn't contain changes"),
      });
    });

    test('stack tags reach the resources, and a resource keeps its own', async () => {
      const template = {
        Resources: {
          B: bucket('tagged-bucket', {
            Tags: [
              { Key: 'own', Value: '1' },
              { Key: 'both', Value: 'own' },
            ],
          }),
        },
      };
      const tags = [
        { Key: 'stack', Value: '2' },
        { Key: 'both', Value: 'stack' },
      ];
      await deploy('tagged', template, HOME, tags);
      const s3 = new S3Client(await emulator.client(HOME.account, HOME.region));
      const read = async () =>
        (await s3.send(new GetBucketTaggingCommand({ Bucket: 'tagged-bucket' }))).TagSet?.map(
          ({ Key, Value }) => `${Key}=${Value}`,
        ).sort();
      expect(await read()).toEqual(['both=own', 'own=1', 'stack=2']);
      expect((await described('tagged')).Tags).toEqual(tags);
      await deploy('tagged', template, HOME, [{ Key: 'stack', Value: '3' }]);
      expect(await read()).toEqual(['both=own', 'own=1', 'stack=3']);
    });
  });

  describe('accounts', () => {
    test('a bucket name is taken for every account', async () => {
      await deploy('names', { Resources: { B: bucket('one-of-a-kind') } });
      expect(await deploy('names', { Resources: { B: bucket('one-of-a-kind') } }, PARTNER)).toBe('ROLLBACK_COMPLETE');
      expect((await reasons('names', PARTNER))[0]).toMatch(/BucketAlreadyExists/);
    });

    test('replication needs a destination that exists and keeps versions, in whatever account', async () => {
      const versions = { VersioningConfiguration: { Status: 'Enabled' } };
      const rule = {
        Id: 'r',
        Status: 'Enabled',
        Priority: 1,
        Filter: { Prefix: '' },
        DeleteMarkerReplication: { Status: 'Disabled' },
      };
      const source = (to: string) => ({
        Resources: {
          S: bucket('replicating', {
            ...versions,
            ReplicationConfiguration: {
              Role: 'arn:aws:iam::111111111111:role/r',
              Rules: [{ ...rule, Destination: { Bucket: `arn:aws:s3:::${to}` } }],
            },
          }),
        },
      });
      await deploy(
        'destinations',
        { Resources: { Plain: bucket('plain-there'), Versioned: bucket('versioned-there', versions) } },
        PARTNER,
      );
      for (const [to, reason] of [
        ['nowhere-at-all', /NoSuchBucket/],
        ['plain-there', /must have versioning enabled/],
      ] as const) {
        expect(await deploy('replicating', source(to))).toBe('ROLLBACK_COMPLETE');
        expect((await reasons('replicating'))[0]).toMatch(reason);
        await destroy('replicating');
      }
      expect(await deploy('replicating', source('versioned-there'))).toBe('CREATE_COMPLETE');
    });
  });
});
