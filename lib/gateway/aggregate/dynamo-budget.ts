/** The noise account in DynamoDB: one item per recipient and dataset, booked by one conditional write. */
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BUDGET_MILLI_EPSILON, BudgetExhausted } from './noise';
import type { NoiseBudget, Release } from './noise';

export class DynamoNoiseBudget implements NoiseBudget {
  /** @param keyName the table's partition key, a string */
  constructor(
    private readonly dynamo: DynamoDBClient,
    private readonly tableName: string,
    private readonly keyName: string,
  ) {}

  async spend({ recipient, dataset, milliEpsilon }: Release): Promise<void> {
    const key = `noise#${JSON.stringify([recipient, dataset])}`;
    try {
      await this.dynamo.send(
        new UpdateItemCommand({
          TableName: this.tableName,
          Key: { [this.keyName]: { S: key } },
          UpdateExpression: 'ADD milliEpsilon :cost, releases :one',
          ConditionExpression: 'attribute_not_exists(milliEpsilon) OR milliEpsilon <= :room',
          ExpressionAttributeValues: {
            ':cost': { N: String(milliEpsilon) },
            ':one': { N: '1' },
            ':room': { N: String(BUDGET_MILLI_EPSILON - milliEpsilon) },
          },
        }),
      );
    } catch (error) {
      if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
      throw new BudgetExhausted(
        `dataset ${dataset}: the recipient has drawn its ${BUDGET_MILLI_EPSILON / 1000} ε; a further table would add up to a portrait`,
      );
    }
  }
}
