/** A flow is put together when it is read, and says the same however it is read. */
import { NOTHING_REGISTERED, judge } from '../../lib/residency';
import type { Flow } from '../../lib/residency';
import { applicationOf } from '../../lib/template';

const application = applicationOf(
  [
    {
      stackName: 'stack',
      region: 'eu-west-1',
      template: JSON.stringify(
        {
          Resources: {
            Media: { Type: 'AWS::S3::Bucket', Properties: {} },
            Reader: {
              Type: 'AWS::S3::BucketPolicy',
              Properties: {
                Bucket: { Ref: 'Media' },
                PolicyDocument: {
                  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }],
                },
              },
            },
          },
        },
        undefined,
        1,
      ),
    },
  ],
  { partitionOf: () => 'aws' },
);
const { flows } = judge(application, { ...NOTHING_REGISTERED, now: new Date(0) });

test('every field a flow shows to a program stands in its JSON, in one order', () => {
  const FIELDS = [
    ...(['fingerprint', 'rule', 'store', 'channel', 'path', 'destination', 'verdict', 'why', 'remedy'] as const),
    ...(['latent', 'via', 'carries', 'source', 'program', 'waiver'] as const),
  ];
  expect(flows.length).toBeGreaterThan(1);
  for (const flow of flows) {
    const written = JSON.parse(JSON.stringify(flow)) as Flow;
    const read = Object.fromEntries(
      FIELDS.map((name) => [name, flow[name]]).filter(([, value]) => value !== undefined),
    );
    expect(written).toEqual(read);
    expect(Object.keys(written)).toEqual(FIELDS.filter((name) => flow[name] !== undefined));
  }
});

test('a policy that opens a store is named beside it, with its line', () => {
  const opened = flows.find(({ verdict }) => verdict === 'outside')!;
  expect(opened.store.logicalId).toBe('Media');
  expect(opened.via).toMatchObject({ logicalId: 'Reader', type: 'AWS::S3::BucketPolicy' });
  expect(opened.source?.line).toBeGreaterThan(1);
});

test('a log or a list about a store is what is sent, and the store where its data is', () => {
  const why = (properties: Record<string, unknown>): readonly string[] =>
    judge(
      applicationOf(
        [
          {
            stackName: 'stack',
            region: 'eu-west-1',
            template: JSON.stringify({ Resources: { Media: { Type: 'AWS::S3::Bucket', Properties: properties } } }),
          },
        ],
        { partitionOf: () => 'aws' },
      ),
      { ...NOTHING_REGISTERED, now: new Date(0) },
    ).findings.map((finding) => finding.why);
  const logs = why({ LoggingConfiguration: { DestinationBucketName: 'logs' } });
  expect(logs.length).toBeGreaterThan(0);
  for (const words of logs) expect(words).toMatch(/^a record of bucket Media of stack stack is sent to/);
  const rule = { Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::copies' } };
  const copies = why({ ReplicationConfiguration: { Role: 'arn:aws:iam::111111111111:role/r', Rules: [rule] } });
  expect(copies.some((words) => words.startsWith('bucket Media of stack stack replicates to'))).toBe(true);
});
