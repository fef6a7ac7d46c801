/** Ways to the keys, and secrets that leave with their value. */
import {
  CancelKeyDeletionCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  GetKeyPolicyCommand,
  KMSClient,
  PutKeyPolicyCommand,
  RevokeGrantCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-kms';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  RemoveRegionsFromReplicationCommand,
  ReplicateSecretToRegionsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Attack, Field } from '../attack';

const kms = async ({ emulator, account, region }: Field): Promise<KMSClient> =>
  new KMSClient(await emulator.client(account, region));

/** Id of the key of the site's restricted objects. */
async function objectsKey(field: Field): Promise<string> {
  const client = await kms(field);
  const { KeyMetadata } = await client.send(
    new DescribeKeyCommand({ KeyId: `alias/${field.site}/restricted/objects` }),
  );
  return KeyMetadata!.KeyId!;
}

const event = (eventName: string): Pick<Attack, 'eventSource' | 'eventName'> => ({
  eventSource: 'kms.amazonaws.com',
  eventName,
});
const claim = (slug: string): RegExp => new RegExp(`/restrictedobjects[0-9A-Za-z]+/${slug}$`, 'u');

export const KEY_ATTACKS: readonly Attack[] = [
  {
    slug: 'key-policy',
    what: 'let another account decrypt by the key policy',
    action: 'kms:PutKeyPolicy',
    at: 'site',
    ...event('PutKeyPolicy'),
    channels: ['kms-key-policy'],
    names: [claim('policy')],
    open: async (field) => {
      const client = await kms(field);
      const key = { KeyId: await objectsKey(field), PolicyName: 'default' };
      const { Policy } = await client.send(new GetKeyPolicyCommand(key));
      const open = JSON.parse(Policy!) as { Statement: object[] };
      open.Statement.push({
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::999988887777:root' },
        Action: 'kms:Decrypt',
        Resource: '*',
      });
      await client.send(new PutKeyPolicyCommand({ ...key, Policy: JSON.stringify(open) }));
      return () => client.send(new PutKeyPolicyCommand({ ...key, Policy: Policy! }));
    },
  },
  {
    slug: 'key-rotation',
    what: 'switch off the rotation of a key',
    action: 'kms:DisableKeyRotation',
    at: 'site',
    ...event('DisableKeyRotation'),
    channels: [],
    names: [claim('rotation')],
    open: async (field) => {
      const client = await kms(field);
      const KeyId = await objectsKey(field);
      await client.send(new DisableKeyRotationCommand({ KeyId }));
      return () => client.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 365 }));
    },
  },
  {
    slug: 'key-disabled',
    what: 'switch a key off',
    action: 'kms:DisableKey',
    at: 'site',
    ...event('DisableKey'),
    channels: [],
    names: [claim('state')],
    open: async (field) => {
      const client = await kms(field);
      const KeyId = await objectsKey(field);
      await client.send(new DisableKeyCommand({ KeyId }));
      return () => client.send(new EnableKeyCommand({ KeyId }));
    },
  },
  {
    slug: 'key-deletion',
    what: 'schedule a key to be deleted',
    action: 'kms:ScheduleKeyDeletion',
    at: 'site',
    ...event('ScheduleKeyDeletion'),
    channels: [],
    names: [claim('state')],
    open: async (field) => {
      const client = await kms(field);
      const KeyId = await objectsKey(field);
      await client.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
      return async () => {
        await client.send(new CancelKeyDeletionCommand({ KeyId }));
        await client.send(new EnableKeyCommand({ KeyId }));
      };
    },
  },
  {
    slug: 'key-class',
    what: 'call a key of restricted data public by its tag',
    action: 'kms:TagResource',
    at: 'site',
    ...event('TagResource'),
    channels: [],
    names: [claim('tags')],
    open: async (field) => {
      const client = await kms(field);
      const KeyId = await objectsKey(field);
      const put = (TagValue: string) =>
        client.send(new TagResourceCommand({ KeyId, Tags: [{ TagKey: 'data-class', TagValue }] }));
      await put('public');
      return () => put('restricted');
    },
  },
  {
    slug: 'key-class-removed',
    what: 'take the class off a key',
    action: 'kms:UntagResource',
    at: 'site',
    ...event('UntagResource'),
    channels: [],
    names: [claim('tags')],
    open: async (field) => {
      const client = await kms(field);
      const KeyId = await objectsKey(field);
      await client.send(new UntagResourceCommand({ KeyId, TagKeys: ['data-class'] }));
      return () =>
        client.send(new TagResourceCommand({ KeyId, Tags: [{ TagKey: 'data-class', TagValue: 'restricted' }] }));
    },
  },
  {
    slug: 'key-grant',
    what: 'grant decryption to a role of another account',
    action: 'kms:CreateGrant',
    at: 'site',
    ...event('CreateGrant'),
    channels: [],
    names: [claim('grants')],
    open: async (field) => {
      const client = await kms(field);
      const KeyId = await objectsKey(field);
      const GranteePrincipal = 'arn:aws:iam::999988887777:role/reader';
      const { GrantId } = await client.send(
        new CreateGrantCommand({ KeyId, GranteePrincipal, Operations: ['Decrypt'] }),
      );
      return () => client.send(new RevokeGrantCommand({ KeyId, GrantId }));
    },
  },
  {
    slug: 'secret-replicated',
    what: 'put data into a secret and replicate it abroad',
    action: 'secretsmanager:ReplicateSecretToRegions',
    at: 'site',
    eventSource: 'secretsmanager.amazonaws.com',
    eventName: 'ReplicateSecretToRegions',
    channels: ['secret-replica-region'],
    names: [/^unexpected AWS::SecretsManager::Secret /u],
    open: async (field) => {
      const client = new SecretsManagerClient(await field.emulator.client(field.account, field.region));
      const { ARN } = await client.send(new CreateSecretCommand({ Name: 'thief', SecretString: 'x' }));
      await client.send(
        new ReplicateSecretToRegionsCommand({ SecretId: ARN, AddReplicaRegions: [{ Region: field.abroad }] }),
      );
      return async () => {
        await client.send(
          new RemoveRegionsFromReplicationCommand({ SecretId: ARN, RemoveReplicaRegions: [field.abroad] }),
        );
        await client.send(new DeleteSecretCommand({ SecretId: ARN, ForceDeleteWithoutRecovery: true }));
      };
    },
  },
  // Last: the emulator, as KMS, takes a key away only after days.
  {
    slug: 'key-multi-region',
    what: 'create a multi-Region key',
    action: 'kms:CreateKey',
    at: 'site',
    ...event('CreateKey'),
    channels: ['kms-multi-region'],
    names: [/^unexpected AWS::KMS::Key /u],
    open: async (field) => {
      const client = await kms(field);
      await client.send(new CreateKeyCommand({ MultiRegion: true, Description: 'made by hand' }));
      return () => Promise.resolve();
    },
  },
];
