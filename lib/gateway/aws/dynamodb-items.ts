/** The items of a table under one value of its partition key, read with the credentials of one session. */
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { AttributeValue, DynamoDBClientConfig, QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import type { Objects, StoredPlace } from '../ports/objects';
import type { Session } from '../ports/sessions';

type Items = NonNullable<QueryCommandOutput['Items']>;

export class DynamoDbItems implements Objects {
  /** @param settings of the client, without credentials: those come with each session */
  constructor(private readonly settings: Omit<DynamoDBClientConfig, 'credentials'>) {}

  async read(
    { source, key, partitionKey }: StoredPlace,
    session: Session,
  ): Promise<AsyncIterable<Uint8Array> | undefined> {
    if (partitionKey === undefined) throw new Error('A table is read by its partition key, and none is registered.');
    const client = new DynamoDBClient({ ...this.settings, credentials: session });
    const page = (after: QueryCommandOutput['LastEvaluatedKey']): Promise<QueryCommandOutput> =>
      client.send(
        new QueryCommand({
          TableName: source,
          KeyConditionExpression: '#key = :key',
          ExpressionAttributeNames: { '#key': partitionKey },
          ExpressionAttributeValues: { ':key': { S: key } },
          ConsistentRead: true,
          ExclusiveStartKey: after,
        }),
      );
    const first = await page(undefined);
    return first.Items?.length ? lines(first, page) : undefined;
  }
}

/** Page after page, as far as somebody pulls: whoever has enough ends the reading. */
async function* lines(
  first: QueryCommandOutput,
  page: (after: QueryCommandOutput['LastEvaluatedKey']) => Promise<QueryCommandOutput>,
): AsyncGenerator<Uint8Array> {
  for (let current = first; ; current = await page(current.LastEvaluatedKey)) {
    for (const item of current.Items ?? []) yield Buffer.from(`${JSON.stringify(recordOf(item))}\n`, 'utf8');
    if (current.LastEvaluatedKey === undefined) return;
  }
}

const recordOf = (item: Items[number]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]));

/** Text, numbers, truth and absence. Anything else stays as it is and does not fit any schema: its record goes to quarantine. */
function plain(value: AttributeValue): unknown {
  if (value.S !== undefined) return value.S;
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.NULL !== undefined) return null;
  // A number that JavaScript would change is no number of the schemas: they hold what is exact.
  if (value.N !== undefined) return String(Number(value.N)) === value.N ? Number(value.N) : value.N;
  return value;
}
