/** Managed policies of the application itself: they are permissions of whoever they are attached to, by either of them. */
import type { Application, Leaf, Resource } from '../../../template';
import { referred } from '../canonical';
import type { Clause } from './statement';
import { isReadable } from './statement';

const MANAGED = 'AWS::IAM::ManagedPolicy';
const HOLDERS = ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'] as const;

/**
 * Policies of AWS itself that take away, by https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html;
 * their names say so. The others are there to grant: one that is detached opens nothing.
 */
const GRANTING = /:iam::aws:policy\/(?!.*(?:Deny|Quarantine))/u;

/** What stands for the statements of a managed policy that is no part of the application. */
export const foreign = (name: string): Clause => ({ unreadable: `managed policy ${name}` });

/** True for a policy that only grants, so that nothing is opened when it is detached. */
export const onlyGrants = (clause: Clause): boolean => !isReadable(clause) && GRANTING.test(clause.unreadable);

export interface Attachments {
  readonly holders: readonly Resource[];
  /** It bounds a role, or may be attached to what cannot be told. */
  readonly elsewhere: boolean;
}

export const isManagedPolicy = ({ type }: Resource): boolean => type === MANAGED;

/** The one managed policy of this application that a place in a list of them is for certain. */
export function managedPolicyAt(leaf: Leaf, application: Application): Resource | undefined {
  const [found, ...more] = meant(leaf, application, MANAGED);
  return found && more.length === 0 && isCertain(leaf) && isManagedPolicy(found) ? found : undefined;
}

/** Who holds each managed policy. */
export function attachmentsOf(application: Application): (policy: Resource) => Attachments {
  const found = new Map<Resource, Set<Resource>>();
  const elsewhere = new Set<Resource>();
  const add = (policy: Resource, holder: Resource): void => {
    found.set(policy, (found.get(policy) ?? new Set<Resource>()).add(holder));
  };
  const policies = application.ofType(MANAGED);
  for (const policy of policies)
    for (const property of ['Roles[]', 'Users[]', 'Groups[]'])
      for (const leaf of policy.at(property)) {
        const [holder, ...more] = meant(leaf, application);
        if (holder && more.length === 0 && isCertain(leaf)) add(policy, holder);
        else elsewhere.add(policy);
      }
  for (const holder of policies.length > 0 ? HOLDERS.flatMap((type) => application.ofType(type)) : []) {
    for (const leaf of holder.at('ManagedPolicyArns[]')) {
      const policy = managedPolicyAt(leaf, application);
      if (policy) add(policy, holder);
      else meant(leaf, application, MANAGED).forEach((one) => elsewhere.add(one));
    }
    for (const leaf of holder.at('PermissionsBoundary'))
      meant(leaf, application, MANAGED).forEach((one) => elsewhere.add(one));
  }
  return (policy) => ({ holders: [...(found.get(policy) ?? [])], elsewhere: elsewhere.has(policy) });
}

const isCertain = ({ possible, optional }: Leaf): boolean => possible.length === 1 && !optional;

/** Resources that a property may mean, by reference or by name. */
function meant({ possible }: Leaf, application: Application, type?: string): readonly Resource[] {
  return possible.flatMap(({ value }) => {
    const direct = referred(value);
    return direct.length > 0 ? direct : application.denoted(value, type);
  });
}
