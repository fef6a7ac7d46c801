/** The policy documents of an application, by whom or what they are about. */
import { rowsOf } from '../../../catalogue';
import type { ChannelRow } from '../../../catalogue';
import type { Resource } from '../../../template';
import { ofAll, referred } from '../canonical';
import type { NameOf } from '../canonical';
import type { Clause } from './statement';
import { clausesOf } from './statement';

/** What a document does: lets callers in, lets its holder act, or only narrows what others allow. */
export type DocumentKind = 'resource' | 'identity' | 'trust' | 'endpoint' | 'boundary' | 'organization' | 'managed';

const KINDS: ReadonlySet<string> = new Set<DocumentKind>([
  'resource',
  'identity',
  'trust',
  'endpoint',
  'boundary',
  'organization',
  'managed',
]);

/** Properties that say whose policy a resource is. */
const HOLDERS: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Policy': ['Roles', 'Users', 'Groups'],
  'AWS::IAM::RolePolicy': ['RoleName'],
  'AWS::IAM::UserPolicy': ['UserName'],
  'AWS::IAM::GroupPolicy': ['GroupName'],
  'AWS::S3::BucketPolicy': ['Bucket'],
  'AWS::SQS::QueuePolicy': ['Queues'],
  'AWS::SQS::QueueInlinePolicy': ['Queue'],
  'AWS::SNS::TopicPolicy': ['Topics'],
  'AWS::SNS::TopicInlinePolicy': ['TopicArn'],
  'AWS::SecretsManager::ResourcePolicy': ['SecretId'],
};

/** All statements of one kind about one holder, from however many resources. */
export interface Policy {
  readonly kind: DocumentKind;
  readonly holder: Resource;
  /** The resources in which the statements are written. */
  readonly writtenIn: Resource[];
  readonly clauses: Clause[];
}

const ROWS = new Map<string, readonly ChannelRow[]>();

/** Rows of the catalogue that say where resources of a type hold policies. */
function policyRowsOf(type: string): readonly ChannelRow[] {
  let rows = ROWS.get(type);
  if (!rows) ROWS.set(type, (rows = rowsOf(type).filter((row) => row.evaluator === 'policyScan')));
  return rows;
}

/** True for resources in which a policy may be written. */
export const mayHoldPolicies = ({ type }: Resource): boolean => policyRowsOf(type).length > 0;

/** By kind and holder, under a key that is the same on both sides. */
export function policiesOf(
  resources: Iterable<Resource>,
  nameOf: NameOf,
  wanted: (resource: Resource) => boolean,
): ReadonlyMap<string, Policy> {
  const found = new Map<string, Policy>();
  for (const resource of resources) {
    if (!resource.mayExist) continue;
    const rows = policyRowsOf(resource.type);
    if (rows.length === 0) continue;
    const holder = holderOf(resource);
    if (!wanted(holder)) continue;
    for (const row of rows) {
      const kind = String(row.args?.['policy']);
      if (!KINDS.has(kind)) continue;
      for (const pattern of row.paths)
        for (const leaf of resource.at(pattern)) {
          const key = `${kind} ${nameOf(holder)}`;
          const policy = found.get(key) ?? { kind: kind as DocumentKind, holder, writtenIn: [], clauses: [] };
          found.set(key, policy);
          if (!policy.writtenIn.includes(resource)) policy.writtenIn.push(resource);
          policy.clauses.push(
            ...(kind === 'managed'
              ? ofAll(leaf.possible, nameOf).map((name) => ({ unreadable: `managed policy ${name}` }))
              : leaf.possible.length === 1 && !leaf.optional
                ? clausesOf(leaf.possible[0]!, nameOf)
                : leaf.possible.map((one) => ({ unreadable: ofAll([one], nameOf).join() }))),
          );
        }
    }
  }
  return found;
}

/** Whom or what a policy is about: itself, unless it names exactly one resource of the application. */
export function holderOf(resource: Resource): Resource {
  const named = (HOLDERS[resource.type] ?? []).flatMap((property) =>
    resource.at(property).flatMap((leaf) =>
      leaf.possible.flatMap((one) => {
        const direct = referred(one.value);
        return direct.length > 0 ? direct : resource.template.application.denoted(one.value);
      }),
    ),
  );
  const [only, ...more] = new Set(named);
  return only && more.length === 0 ? only : resource;
}
