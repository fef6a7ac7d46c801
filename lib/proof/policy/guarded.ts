/** Buckets, keys, tables, secrets and queues with the policies that stand on them. */
import { DATA_CLASSES, DATA_CLASS_TAG } from '../../residency';
import type { Application, Json, Resource } from '../../template';
import type { PolicyDocument } from './document';
import type { GuardedKind, GuardedResource } from './enclave-policies';
import { parseDocument } from './parse-document';
import { plainAt, textAt, textsAt } from './plain';
import { identify, nameOf } from './stand-in';

/** How each kind is declared, named, and given a policy. */
interface Kind {
  readonly kind: GuardedKind;
  readonly type: string;
  readonly arns: (resource: Resource) => readonly string[];
  /** Property of the resource that holds its policy. */
  readonly inline?: string;
  /** Type of a resource that holds the policy, and its property that names what it stands on. */
  readonly attachedBy?: { readonly type: string; readonly property: string; readonly document: string };
  /** What `property` names the resource by. */
  readonly reference?: string;
}

const KINDS: readonly Kind[] = [
  {
    kind: 'bucket',
    type: 'AWS::S3::Bucket',
    arns: (r) => [identify(r, 'Arn'), `${identify(r, 'Arn')}/*`],
    attachedBy: { type: 'AWS::S3::BucketPolicy', property: 'Bucket', document: 'PolicyDocument' },
    reference: 'Ref',
  },
  { kind: 'key', type: 'AWS::KMS::Key', arns: (r) => [identify(r, 'Arn')], inline: 'KeyPolicy' },
  {
    kind: 'table',
    type: 'AWS::DynamoDB::Table',
    arns: (r) => [identify(r, 'Arn'), `${identify(r, 'Arn')}/*`],
    inline: 'ResourcePolicy.PolicyDocument',
  },
  {
    kind: 'secret',
    type: 'AWS::SecretsManager::Secret',
    arns: (r) => [identify(r, 'Ref')],
    attachedBy: { type: 'AWS::SecretsManager::ResourcePolicy', property: 'SecretId', document: 'ResourcePolicy' },
    reference: 'Ref',
  },
  {
    kind: 'queue',
    type: 'AWS::SQS::Queue',
    arns: (r) => [identify(r, 'Arn')],
    attachedBy: { type: 'AWS::SQS::QueuePolicy', property: 'Queues', document: 'PolicyDocument' },
    reference: 'QueueUrl',
  },
];

/** @throws ProofRefusal when a policy cannot be read */
export function readGuarded(application: Application): readonly GuardedResource[] {
  return KINDS.flatMap((kind) =>
    application.ofType(kind.type).map((resource) => guardedOf(application, kind, resource)),
  );
}

function guardedOf(application: Application, kind: Kind, resource: Resource): GuardedResource {
  const { source } = resource.template;
  const name = kind.kind === 'key' ? `${source.stackName}/${resource.logicalId}` : nameOf(resource);
  const bucketKey = 'BucketEncryption.ServerSideEncryptionConfiguration[].ServerSideEncryptionByDefault.KMSMasterKeyID';
  const encryptedBy = kind.kind === 'bucket' ? textAt(resource, bucketKey) : undefined;
  const replicationRole = kind.kind === 'bucket' ? textAt(resource, 'ReplicationConfiguration.Role') : undefined;
  return {
    kind: kind.kind,
    name,
    arns: kind.arns(resource),
    account: source.account ?? '',
    region: source.region ?? '',
    restricted: isRestricted(resource),
    documents: documentsOn(application, kind, resource, `policy of ${kind.kind} ${name}`),
    ...(encryptedBy === undefined ? {} : { encryptedBy }),
    ...(replicationRole === undefined ? {} : { replicationRole }),
  };
}

function documentsOn(
  application: Application,
  { inline, attachedBy, reference }: Kind,
  resource: Resource,
  name: string,
): readonly PolicyDocument[] {
  const found: Json[] = [];
  const own = inline === undefined ? undefined : plainAt(resource, inline);
  if (own !== undefined) found.push(own);
  if (attachedBy && reference !== undefined) {
    const identifier = identify(resource, reference);
    for (const attachment of application.ofType(attachedBy.type)) {
      if (!textsAt(attachment, attachedBy.property).includes(identifier)) continue;
      found.push(plainAt(attachment, attachedBy.document) ?? null);
    }
  }
  return found.map((json) => parseDocument(json, name));
}

/** Whether its class is restricted: stated so, not stated, or not readable. */
function isRestricted(resource: Resource): boolean {
  const tags = plainAt(resource, 'Tags');
  if (!Array.isArray(tags)) return true;
  const stated = tags.flatMap((tag) =>
    typeof tag === 'object' && tag !== null && !Array.isArray(tag) && tag['Key'] === DATA_CLASS_TAG
      ? [tag['Value']]
      : [],
  );
  return stated.length !== 1 || stated[0] === 'restricted' || !DATA_CLASSES.some((known) => known === stated[0]);
}
