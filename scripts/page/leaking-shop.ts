/** A shop that is mostly at home, and leaks by some of the usual ways: what the page looks like when something is wrong. */
import { findRegion } from '../../lib/geo';
import { NOTHING_REGISTERED, judge } from '../../lib/residency';
import type { Judgement } from '../../lib/residency';
import { applicationOf } from '../../lib/template';
import type { Json } from '../../lib/template';

const ACCOUNT = '111122223333';

const tags = (cls: string): Json => [{ Key: 'data-class', Value: cls }];

const bucket = (name: string, cls: string, copyTo?: string): Json => ({
  Type: 'AWS::S3::Bucket',
  Properties: {
    BucketName: name,
    Tags: tags(cls),
    ...(copyTo === undefined
      ? {}
      : {
          VersioningConfiguration: { Status: 'Enabled' },
          ReplicationConfiguration: {
            Role: `arn:aws:iam::${ACCOUNT}:role/replication`,
            Rules: [{ Status: 'Enabled', Destination: { Bucket: `arn:aws:s3:::${copyTo}` } }],
          },
        }),
  },
});

const DUBLIN: Json = {
  Orders: bucket('shop-orders', 'restricted', 'shop-orders-stockholm'),
  Invoices: bucket('shop-invoices', 'restricted', 'shop-invoices-london'),
  Figures: bucket('shop-figures', 'aggregate', 'shop-figures-virginia'),
  Pictures: bucket('shop-pictures', 'public', 'shop-pictures-zurich'),
  Letters: bucket('shop-letters', 'restricted', 'somebody-elses-bucket'),
  Customers: {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: {
      TableName: 'customers',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      Replicas: ['eu-west-1', 'eu-central-1', 'eu-west-2', 'ap-southeast-1'].map((Region) => ({
        Region,
        Tags: tags('restricted'),
      })),
    },
  },
  PicturesOpen: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Letters' },
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shop-letters/*' },
        ],
      },
    },
  },
};

const COPIES: Readonly<Record<string, Json>> = {
  'eu-north-1': { Copy: bucket('shop-orders-stockholm', 'restricted') },
  'eu-west-2': { Copy: bucket('shop-invoices-london', 'restricted') },
  'eu-central-2': { Copy: bucket('shop-pictures-zurich', 'public') },
  'us-east-1': { Copy: bucket('shop-figures-virginia', 'aggregate') },
};

/** The judgement of the shop. */
export function leakingShop(): Judgement {
  const stacks = Object.entries({ 'eu-west-1': DUBLIN, ...COPIES }).map(([region, Resources]) => ({
    stackName: `shop-${region}`,
    account: ACCOUNT,
    region,
    template: { Resources } as Json,
  }));
  const application = applicationOf(stacks, { partitionOf: (region) => findRegion(region)?.partition });
  return judge(application, {
    ...NOTHING_REGISTERED,
    classDefault: 'restricted',
    now: new Date('2026-11-22T00:00:00Z'),
  });
}
