/**
 * Evidence about keys from AWS KMS: the one module of this folder that calls the AWS SDK, and it only reads.
 *
 * A refused or failed call is an answer that is missing, with the action that was needed; it never throws and never reads
 * as "nothing there". Throttling is waited out by the SDK's adaptive retry.
 */
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  paginateListAliases,
  paginateListGrants,
  paginateListKeys,
  paginateListResourceTags,
} from '@aws-sdk/client-kms';
import type { KMSClientConfig, KeyMetadata } from '@aws-sdk/client-kms';
import { Bounded } from './bounded';
import type { KeyDescription, KmsReader } from './kms-evidence';
import { answered } from './model';
import type { Answer, Missing } from './model';

/** Attempts per call, throttled ones included. */
const ATTEMPTS = 8;
/** Calls in flight per Region and account; KMS counts requests per account and Region. */
const IN_FLIGHT = 4;

/** IAM actions the reader calls, all of them read-only: the attestor's role needs these and no others for keys. */
export const KMS_READER_ACTIONS = [
  'kms:DescribeKey',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListAliases',
  'kms:ListGrants',
  'kms:ListKeys',
  'kms:ListResourceTags',
] as const;

type Action = (typeof KMS_READER_ACTIONS)[number];

/**
 * A reader for the KMS of one Region with the given credentials; the account is the credentials'.
 * @param config `region` is required here: there is no default Region.
 */
export function kmsReader(config: KMSClientConfig & { readonly region: string }): KmsReader {
  const client = new KMSClient({ retryMode: 'adaptive', maxAttempts: ATTEMPTS, ...config });
  const gate = new Bounded(IN_FLIGHT);
  const ask = <T>(action: Action, question: () => Promise<T>): Promise<Answer<T>> =>
    gate.run(async () => {
      try {
        return answered(await question());
      } catch (error) {
        return missing(action, error);
      }
    });
  return {
    listKeys: () =>
      ask('kms:ListKeys', async () => {
        const ids: string[] = [];
        for await (const page of paginateListKeys({ client }, {}))
          ids.push(...(page.Keys ?? []).flatMap(({ KeyId }) => (KeyId === undefined ? [] : [KeyId])));
        return ids;
      }),
    listAliases: () =>
      ask('kms:ListAliases', async () => {
        const aliases: { name: string; targetKeyId?: string }[] = [];
        for await (const page of paginateListAliases({ client }, {}))
          for (const { AliasName: name, TargetKeyId: targetKeyId } of page.Aliases ?? [])
            if (name !== undefined) aliases.push({ name, ...(targetKeyId === undefined ? {} : { targetKeyId }) });
        return aliases;
      }),
    describeKey: (KeyId) =>
      ask('kms:DescribeKey', async () => {
        try {
          const { KeyMetadata: metadata } = await client.send(new DescribeKeyCommand({ KeyId }));
          if (!metadata) throw new Error('KMS answered without a description');
          return descriptionOf(metadata);
        } catch (error) {
          if (error instanceof Error && error.name === 'NotFoundException') return undefined;
          throw error;
        }
      }),
    keyPolicy: (KeyId) =>
      ask('kms:GetKeyPolicy', async () => {
        const { Policy: policy } = await client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
        if (policy === undefined) throw new Error('KMS answered without a policy');
        return policy;
      }),
    keyRotation: (KeyId) =>
      ask('kms:GetKeyRotationStatus', async () => {
        const status = await client.send(new GetKeyRotationStatusCommand({ KeyId }));
        return { enabled: status.KeyRotationEnabled, periodInDays: status.RotationPeriodInDays };
      }),
    keyGrants: (KeyId) =>
      ask('kms:ListGrants', async () => {
        const grants: { grantId: string; grantee: string; operations: string[] }[] = [];
        for await (const page of paginateListGrants({ client }, { KeyId }))
          for (const grant of page.Grants ?? [])
            grants.push({
              grantId: grant.GrantId ?? 'without id',
              grantee: grant.GranteePrincipal ?? 'an unnamed principal',
              operations: grant.Operations ?? [],
            });
        return grants;
      }),
    keyTags: (KeyId) =>
      ask('kms:ListResourceTags', async () => {
        const tags = new Map<string, string>();
        for await (const page of paginateListResourceTags({ client }, { KeyId }))
          for (const { TagKey, TagValue } of page.Tags ?? [])
            if (TagKey !== undefined) tags.set(TagKey, TagValue ?? '');
        return tags;
      }),
  };
}

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
    ...(metadata.DeletionDate === undefined ? {} : { deletionDate: metadata.DeletionDate.toISOString() }),
  };
}

/** Names AWS gives to refusals by permission, over its protocols. */
const REFUSALS = new Set(['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation']);

function missing(action: Action, error: unknown): Missing {
  const name = error instanceof Error ? error.name : 'Error';
  const message = (error instanceof Error ? error.message : String(error)).replace(/\s+/gu, ' ').trim();
  if (REFUSALS.has(name))
    return {
      kind: 'missing',
      action,
      why: `${action} is denied`,
      remedy: `Allow ${action} to the role that attests; it only reads.`,
    };
  return {
    kind: 'missing',
    action,
    why: `${action} failed: ${name}${message === '' || message === name ? '' : `: ${message}`}`,
    remedy: 'Repeat the run; check credentials, endpoint and whether the Region is enabled for the account.',
  };
}
