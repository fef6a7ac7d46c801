/** Evidence about keys from AWS KMS: it only reads. */
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListAliasesCommand,
  ListGrantsCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms';
import type { KeyMetadata } from '@aws-sdk/client-kms';
import { answered } from '../model';
import type { Answer, Missing } from '../model';
import { nextBy, readsOf } from '../read';
import type { AnyRead } from '../read';
import type { Reading } from '../reading';
import type { KeyDescription, KmsReader } from './kms-evidence';

const kms = readsOf('kms', (settings) => new KMSClient(settings));
const next = nextBy('Marker', 'NextMarker');

export const KEY_READS = {
  describe: kms(DescribeKeyCommand, 'kms:DescribeKey', { none: ['NotFoundException'] }),
  policy: kms(GetKeyPolicyCommand, 'kms:GetKeyPolicy'),
  rotation: kms(GetKeyRotationStatusCommand, 'kms:GetKeyRotationStatus'),
  aliases: kms(ListAliasesCommand, 'kms:ListAliases', { next }),
  grants: kms(ListGrantsCommand, 'kms:ListGrants', { next }),
  keys: kms(ListKeysCommand, 'kms:ListKeys', { next }),
  tags: kms(ListResourceTagsCommand, 'kms:ListResourceTags', { next }),
};

/** A reader for the KMS of one account and Region. */
export function kmsReader(reading: Reading): KmsReader {
  return {
    listKeys: () =>
      reading.list(KEY_READS.keys, {}, ({ Keys }) =>
        (Keys ?? []).flatMap(({ KeyId }) => (KeyId === undefined ? [] : [KeyId])),
      ),
    listAliases: () =>
      reading.list(KEY_READS.aliases, {}, ({ Aliases }) =>
        (Aliases ?? []).flatMap(({ AliasName: name, TargetKeyId: targetKeyId }) =>
          name === undefined ? [] : [{ name, ...(targetKeyId === undefined ? {} : { targetKeyId }) }],
        ),
      ),
    describeKey: async (KeyId) => {
      const answer = await reading.one(KEY_READS.describe, { KeyId });
      if (answer.kind === 'missing' || answer.value === undefined) return answer as Answer<undefined>;
      const { KeyMetadata: metadata } = answer.value;
      return metadata ? answered(descriptionOf(metadata)) : empty(KEY_READS.describe, 'a description');
    },
    keyPolicy: async (KeyId) => {
      const answer = await reading.one(KEY_READS.policy, { KeyId, PolicyName: 'default' });
      if (answer.kind === 'missing') return answer;
      const policy = answer.value?.Policy;
      return policy === undefined ? empty(KEY_READS.policy, 'a policy') : answered(policy);
    },
    keyRotation: async (KeyId) => {
      const answer = await reading.one(KEY_READS.rotation, { KeyId });
      if (answer.kind === 'missing') return answer;
      return answered({
        enabled: answer.value?.KeyRotationEnabled,
        periodInDays: answer.value?.RotationPeriodInDays,
      });
    },
    keyGrants: (KeyId) =>
      reading.list(KEY_READS.grants, { KeyId }, ({ Grants }) =>
        (Grants ?? []).map((grant) => ({
          grantId: grant.GrantId ?? 'without id',
          grantee: grant.GranteePrincipal ?? 'an unnamed principal',
          operations: grant.Operations ?? [],
        })),
      ),
    keyTags: async (KeyId) => {
      const answer = await reading.list(KEY_READS.tags, { KeyId }, ({ Tags }) => Tags);
      if (answer.kind === 'missing') return answer;
      return answered(
        new Map(
          answer.value.flatMap(({ TagKey, TagValue }) => (TagKey === undefined ? [] : [[TagKey, TagValue ?? '']])),
        ),
      );
    },
  };
}

const empty = (read: AnyRead, what: string): Missing => ({
  kind: 'missing',
  action: read.actions[0],
  why: `${read.actions[0]} answered without ${what}`,
  remedy: 'Check that the endpoint is KMS itself and that the SDK is current.',
});

function descriptionOf(metadata: KeyMetadata): KeyDescription {
  const multi = metadata.MultiRegionConfiguration;
  const replica = (key: { Arn?: string; Region?: string } | undefined): { arn: string; region: string }[] =>
    key?.Region === undefined ? [] : [{ arn: key.Arn ?? '', region: key.Region }];
  const [primary] = replica(multi?.PrimaryKey);
  return {
    keyId: metadata.KeyId ?? '',
    arn: metadata.Arn ?? '',
    description: metadata.Description ?? '',
    // An endpoint may answer null; like absence, it shows nothing.
    manager: metadata.KeyManager ?? undefined,
    state: metadata.KeyState ?? undefined,
    enabled: metadata.Enabled ?? undefined,
    origin: metadata.Origin ?? undefined,
    spec: metadata.KeySpec ?? undefined,
    usage: metadata.KeyUsage ?? undefined,
    multiRegion: metadata.MultiRegion ?? undefined,
    replicas: (multi?.ReplicaKeys ?? []).flatMap(replica),
    ...(multi?.MultiRegionKeyType === undefined ? {} : { multiRegionType: multi.MultiRegionKeyType }),
    ...(primary ? { primary } : {}),
    ...(metadata.DeletionDate === undefined ? {} : { deletionDate: new Date(metadata.DeletionDate).toISOString() }),
  };
}
