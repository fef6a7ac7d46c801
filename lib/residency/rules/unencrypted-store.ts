import type { Resource } from '../../template';
import { describe, textOf } from '../../template';
import { unknown } from '../opinion';
import { storeRef } from '../stores';
import type { StructuralRule } from './rule';

/** Where each type names the customer's key. A type that is not here takes none, or inherits it from what it is part of. */
const KEY_AT: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket':
    'BucketEncryption.ServerSideEncryptionConfiguration[].ServerSideEncryptionByDefault.KMSMasterKeyID',
  'AWS::RDS::DBInstance': 'KmsKeyId',
  'AWS::RDS::DBCluster': 'KmsKeyId',
  'AWS::DynamoDB::Table': 'SSESpecification.KMSMasterKeyId',
  'AWS::DynamoDB::GlobalTable': 'Replicas[].SSESpecification.KMSMasterKeyId',
  'AWS::SecretsManager::Secret': 'KmsKeyId',
  'AWS::Backup::BackupVault': 'EncryptionKeyArn',
  'AWS::SQS::Queue': 'KmsMasterKeyId',
  'AWS::SNS::Topic': 'KmsMasterKeyId',
  'AWS::Logs::LogGroup': 'KmsKeyId',
  'AWS::Kinesis::Stream': 'StreamEncryption.KeyId',
  'AWS::EFS::FileSystem': 'KmsKeyId',
  'AWS::EC2::Volume': 'KmsKeyId',
  'AWS::ECR::Repository': 'EncryptionConfiguration.KmsKey',
  'AWS::CloudTrail::Trail': 'KMSKeyId',
};

/** Types that keep data in the clear unless this says otherwise, even with a key named. */
const SWITCH_AT: Readonly<Record<string, string>> = {
  'AWS::RDS::DBInstance': 'StorageEncrypted',
  'AWS::RDS::DBCluster': 'StorageEncrypted',
  'AWS::EFS::FileSystem': 'Encrypted',
  'AWS::EC2::Volume': 'Encrypted',
};

/** Restricted data is encrypted with a key of ours: only then is withdrawing the key withdrawing access. */
export const unencryptedStore: StructuralRule = {
  slug: 'unencrypted-store',
  demands: 'A restricted store is encrypted with a customer-managed key.',
  remedy: 'Encrypt the store with the key of its class in its own site.',
  channel: 'granted-permission',
  findings: (stores, _survey, premises) =>
    stores.flatMap((store) => {
      const pattern = KEY_AT[store.type];
      if (!pattern || storeRef(store, premises).class !== 'restricted' || inheritsKey(store)) return [];
      const why = objection(store, pattern);
      return why
        ? [{ store, path: pattern.replace('[]', ''), opinion: unknown(why, { value: 'no key of ours' }) }]
        : [];
    }),
};

/** A member of a database cluster is encrypted as its cluster is. */
function inheritsKey(store: Resource): boolean {
  return store.type === 'AWS::RDS::DBInstance' && store.has('DBClusterIdentifier') === 'always';
}

function objection(store: Resource, pattern: string): string | undefined {
  const leaves = store.at(pattern);
  if (leaves.length === 0 || leaves.some((leaf) => leaf.optional)) return 'it names no key of ours';
  for (const { value } of leaves.flatMap((leaf) => leaf.possible)) {
    const words = describe(value);
    if (/(^|\/)alias\/aws\//.test(words)) return `its key ${words} belongs to AWS`;
    if (value.kind === 'unknown') return `its key cannot be told: ${value.why}`;
  }
  const toggle = SWITCH_AT[store.type];
  if (!toggle) return undefined;
  const states = store.at(toggle).flatMap((leaf) => leaf.possible.map(({ value }) => textOf(value)?.toLowerCase()));
  return states.length > 0 && states.every((state) => state === 'true') ? undefined : `${toggle} is not true`;
}
