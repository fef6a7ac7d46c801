/**
 * One pass over every leaf of the application: which resources refer to which, and what each text names. Everything that
 * needs all leaves (touched stores, value sweep, unknown properties) reads from here, so that no leaf is resolved twice.
 */
import { roleOf } from '../catalogue';
import type { Leaf, Resource } from '../template';
import { describe, textOf } from '../template';
import { holdsData, referencesIn } from './stores';

const ROLE_PROPERTY = /(?:^|\.)\w*Role(?:Arn|ARN|Name)?$/;
/** Actions that hand out the contents of a store when they are allowed on resources no template names. */
const READS_CONTENT =
  /^(\*|(s3|s3express|dynamodb|secretsmanager|sqs|kinesis|rds-data|kms|glue|athena|ssm|es|aoss|redshift-data|logs|backup|elasticfilesystem|ebs|ec2|rds):(\*|Get|BatchGet|Query|Scan|PartiQL|Select|Receive|Filter|StartQuery|Decrypt|Execute|Copy|Restore|Read|Client|Create|Start|Export|Modify))/i;

const ACTION = /\.(?:Not)?Action(?:\[\d+\])?$/;
const READS_LOGS = /^(\*|logs:(\*|Get|Filter|StartQuery|StartLiveTail|Unmask|CreateExport|PutSubscription))/i;

export interface Surveyed {
  readonly leaves: readonly Leaf[];
  readonly refersTo: ReadonlySet<Resource>;
  /** True when a role it runs under is not in the judged templates. */
  readonly hasForeignRole: boolean;
}

export class Survey {
  private readonly seen = new Map<Resource, Surveyed>();
  private readonly referredBy = new Map<Resource, Set<Resource>>();
  private readonly wideRoles = new Set<Resource>();

  constructor(resources: readonly Resource[]) {
    for (const resource of resources) this.look(resource);
    for (const resource of resources)
      if (isPolicy(resource) && allowsEverywhere(resource)) this.wideRoles.add(resource);
  }

  of(resource: Resource): Surveyed | undefined {
    return this.seen.get(resource);
  }

  private look(resource: Resource): void {
    const leaves = [...resource.leaves()];
    const refersTo = new Set<Resource>();
    let hasForeignRole = false;
    for (const leaf of leaves) {
      for (const { value } of leaf.possible) {
        const references = referencesIn(value);
        for (const { resource: target } of references) refersTo.add(target);
        if (references.length === 0 && ROLE_PROPERTY.test(leaf.path)) {
          const denoted = resource.template.application.denoted(value, 'AWS::IAM::Role');
          for (const target of denoted) refersTo.add(target);
          if (denoted.length === 0) hasForeignRole = true;
        }
      }
    }
    this.seen.set(resource, { leaves, refersTo, hasForeignRole });
    for (const target of refersTo) {
      const by = this.referredBy.get(target);
      if (by) by.add(resource);
      else this.referredBy.set(target, new Set([resource]));
    }
  }

  /** Stores the properties of a resource refer to directly. A log group that code only writes its own events to is none. */
  storesReferredBy(resource: Resource): readonly Resource[] {
    const found = [...(this.of(resource)?.refersTo ?? [])].filter((one) => one !== resource && holdsData(one));
    const writesOnly = roleOf(resource.type) === 'compute' || (isPolicy(resource) && !this.readsLogs(resource));
    return writesOnly ? found.filter((one) => one.type !== 'AWS::Logs::LogGroup') : found;
  }

  private readsLogs(policy: Resource): boolean {
    const actions = (this.of(policy)?.leaves ?? []).filter((leaf) => ACTION.test(leaf.path));
    return actions.some((leaf) => leaf.possible.some(({ value }) => READS_LOGS.test(textOf(value) ?? '*')));
  }

  /**
   * Whether code or a network member can come by the contents of a store: by what it refers to, what refers to it, or
   * what the roles it runs under allow. Anything that cannot be read counts as yes.
   */
  mayTouchStores(resource: Resource): boolean {
    const own = this.of(resource);
    if (!own || own.hasForeignRole) return true;
    const holders = [resource, ...(this.referredBy.get(resource) ?? [])];
    if (holders.some((one) => this.storesReferredBy(one).length > 0 || (one !== resource && holdsData(one))))
      return true;
    const roles = [...own.refersTo].filter(
      (one) => one.type === 'AWS::IAM::Role' || one.type === 'AWS::IAM::InstanceProfile',
    );
    return roles.some((role) => this.roleTouchesStores(role, new Set()));
  }

  private roleTouchesStores(role: Resource, visited: Set<Resource>): boolean {
    if (visited.has(role)) return false;
    visited.add(role);
    const policies = [...(this.referredBy.get(role) ?? [])].filter(isPolicy);
    const attached = [...(this.of(role)?.refersTo ?? [])].filter(isPolicy);
    return [role, ...policies, ...attached].some(
      (one) =>
        this.wideRoles.has(one) ||
        this.storesReferredBy(one).length > 0 ||
        (one !== role && one.type === 'AWS::IAM::Role' && this.roleTouchesStores(one, visited)),
    );
  }
}

const POLICY_TYPES = new Set([
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::Role',
  'AWS::IAM::InstanceProfile',
]);

const isPolicy = (resource: Resource): boolean => POLICY_TYPES.has(resource.type) || roleOf(resource.type) === 'policy';

/** True when a policy allows data actions on resources it does not name one by one. */
function allowsEverywhere(resource: Resource): boolean {
  for (const pattern of ['PolicyDocument.Statement[]', 'Policies[].PolicyDocument.Statement[]'])
    for (const leaf of resource.at(pattern))
      for (const { value } of leaf.possible) {
        if (value.kind !== 'map') return true;
        const texts = (key: string): readonly string[] =>
          (value.entries.get(key)?.possible ?? []).flatMap((one) =>
            one.value.kind === 'list'
              ? one.value.items.flatMap((slot) => slot.possible.map((member) => describe(member.value)))
              : [describe(one.value)],
          );
        const literal = texts('Resource').some(
          (text) => text === '*' || (text.startsWith('arn:') && !text.includes('${')),
        );
        const foreignName = texts('Resource').some((text) => text.includes('${?'));
        if (texts('Effect').includes('Deny')) continue;
        if (
          (literal || foreignName || value.entries.has('NotResource')) &&
          (value.entries.has('NotAction') || texts('Action').some((action) => READS_CONTENT.test(action)))
        )
          return true;
      }
  return false;
}
