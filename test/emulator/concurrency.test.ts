/** The emulator answers many at once: what one asks must not decide what another is told. */
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateAccessPointCommand, ListAccessPointsCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { describeOwnEmulator } from './deployment-tests';
import { Emulator } from './emulator';

const ACCOUNT = '111122223333';
const REGIONS = ['eu-west-1', 'eu-north-1'] as const;

describeOwnEmulator('the emulator under load', process.env, (found) => {
  test('lists the access points of the Region that was asked, however many ask at once', async () => {
    const emulator = await Emulator.start(found, { env: process.env, region: 'eu-west-1' });
    try {
      const control = async (region: string): Promise<S3ControlClient> => {
        const client = new S3ControlClient({ ...(await emulator.client(ACCOUNT, region)), maxAttempts: 1 });
        // The account is a label before the host, for which an IP address has no room.
        client.config.endpointProvider = () => ({ url: new URL(emulator.url), properties: {}, headers: {} });
        return client;
      };
      const clients = new Map(
        await Promise.all(REGIONS.map(async (region) => [region, await control(region)] as const)),
      );
      for (const region of REGIONS) {
        const s3 = new S3Client({ ...(await emulator.client(ACCOUNT, region)), forcePathStyle: true });
        const Bucket = `store-${region}`;
        await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
        await clients
          .get(region)!
          .send(new CreateAccessPointCommand({ AccountId: ACCOUNT, Bucket, Name: `door-${region}` }));
      }
      const asked = Array.from({ length: 300 }, (_, index) => REGIONS[index % REGIONS.length]!);
      const told = await Promise.all(
        asked.map(async (region) => {
          const { AccessPointList } = await clients
            .get(region)!
            .send(new ListAccessPointsCommand({ AccountId: ACCOUNT }));
          return (AccessPointList ?? []).map(({ Name }) => Name).join();
        }),
      );
      expect(told).toEqual(asked.map((region) => `door-${region}`));
    } finally {
      await emulator.stop();
    }
  }, 90_000);

  test('lets one of many conditional writes through, as DynamoDB does', async () => {
    const emulator = await Emulator.start(found, { env: process.env, region: 'eu-west-1' });
    try {
      const dynamo = new DynamoDBClient({ ...(await emulator.client(ACCOUNT, 'eu-west-1')), maxAttempts: 1 });
      await dynamo.send(
        new CreateTableCommand({
          TableName: 'once',
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          BillingMode: 'PAY_PER_REQUEST',
        }),
      );
      const put = (round: number) =>
        dynamo.send(
          new PutItemCommand({
            TableName: 'once',
            Item: { pk: { S: `item-${round}` } },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
      for (let round = 0; round < 20; round += 1) {
        const written = await Promise.allSettled(Array.from({ length: 15 }, () => put(round)));
        expect(written.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      }
    } finally {
      await emulator.stop();
    }
  }, 90_000);
});
