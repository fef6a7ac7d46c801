/** The ledger in one DynamoDB table: conditional writes, consistent reads, documents checked against their schema. */
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { TABLE } from '../contract';
import type { Kind, Ledger, Stored } from '../ports/ledger';

/** A document that is not what its schema says. The message has no value of it. */
export class UnreadableDocument extends Error {
  override readonly name = 'UnreadableDocument';
}

export class DynamoDbLedger implements Ledger {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly table: string,
  ) {}

  async create<D>(kind: Kind<D>, id: string, document: D, forgetAt: number): Promise<'created' | 'exists'> {
    const item = { ...itemOf(kind, id, document, 1), [TABLE.timeToLive]: { N: String(Math.ceil(forgetAt / 1000)) } };
    const put = new PutItemCommand({
      TableName: this.table,
      Item: item,
      ConditionExpression: 'attribute_not_exists(#pk)',
      ExpressionAttributeNames: { '#pk': TABLE.partitionKey },
    });
    return (await this.won(put)) ? 'created' : 'exists';
  }

  async read<D>(kind: Kind<D>, id: string): Promise<Stored<D> | undefined> {
    const Key = { [TABLE.partitionKey]: { S: keyOf(kind, id) } };
    const { Item } = await this.client.send(new GetItemCommand({ TableName: this.table, Key, ConsistentRead: true }));
    if (!Item) return undefined;
    const version = Number(Item[TABLE.version]?.N);
    const parsed = kind.schema.safeParse(jsonOf(Item[TABLE.document]?.S));
    if (!parsed.success || !Number.isSafeInteger(version))
      throw new UnreadableDocument(`A document of kind ${kind.name} does not match its schema.`);
    return { document: parsed.data, version };
  }

  async replace<D>(kind: Kind<D>, id: string, document: D, read: Stored<D>): Promise<'replaced' | 'conflict'> {
    const { [TABLE.partitionKey]: key, ...changed } = itemOf(kind, id, document, read.version + 1);
    const names = { '#v': TABLE.version, '#d': TABLE.document };
    const put = new UpdateItemCommand({
      TableName: this.table,
      Key: { [TABLE.partitionKey]: key! },
      UpdateExpression: 'SET #v = :next, #d = :document',
      ConditionExpression: '#v = :read',
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: {
        ':next': changed[TABLE.version]!,
        ':document': changed[TABLE.document]!,
        ':read': { N: String(read.version) },
      },
    });
    return (await this.won(put)) ? 'replaced' : 'conflict';
  }

  private async won(write: PutItemCommand | UpdateItemCommand): Promise<boolean> {
    try {
      await (write instanceof PutItemCommand ? this.client.send(write) : this.client.send(write));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

const keyOf = ({ name }: Kind<unknown>, id: string): string => `${name}#${id}`;

function itemOf<D>(kind: Kind<D>, id: string, document: D, version: number): Record<string, AttributeValue> {
  return {
    [TABLE.partitionKey]: { S: keyOf(kind, id) },
    [TABLE.version]: { N: String(version) },
    [TABLE.document]: { S: JSON.stringify(document) },
  };
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
