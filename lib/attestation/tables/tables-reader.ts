/** What DynamoDB answers about tables: it only reads, and never an item. */
import {
  DescribeContinuousBackupsCommand,
  DescribeKinesisStreamingDestinationCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetResourcePolicyCommand,
  ListBackupsCommand,
  ListExportsCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
} from '@aws-sdk/client-dynamodb';
import { nextBy, readsOf } from '../read';

const dynamodb = readsOf('dynamodb', (settings) => new DynamoDBClient(settings));

export const TABLE_READS = {
  tables: dynamodb(ListTablesCommand, 'dynamodb:ListTables', {
    next: nextBy('ExclusiveStartTableName', 'LastEvaluatedTableName'),
  }),
  table: dynamodb(DescribeTableCommand, 'dynamodb:DescribeTable', { none: ['ResourceNotFoundException'] }),
  continuousBackups: dynamodb(DescribeContinuousBackupsCommand, 'dynamodb:DescribeContinuousBackups'),
  streaming: dynamodb(DescribeKinesisStreamingDestinationCommand, 'dynamodb:DescribeKinesisStreamingDestination'),
  policy: dynamodb(GetResourcePolicyCommand, 'dynamodb:GetResourcePolicy', { none: ['PolicyNotFoundException'] }),
  exports: dynamodb(ListExportsCommand, 'dynamodb:ListExports', { next: nextBy('NextToken') }),
  backups: dynamodb(ListBackupsCommand, 'dynamodb:ListBackups', {
    next: nextBy('ExclusiveStartBackupArn', 'LastEvaluatedBackupArn'),
  }),
  tags: dynamodb(ListTagsOfResourceCommand, 'dynamodb:ListTagsOfResource', { next: nextBy('NextToken') }),
};
