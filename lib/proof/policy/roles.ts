/** Roles with their trust, permission boundary and identity policies. */
import type { Application, Json, Resource } from '../../template';
import type { PolicyDocument } from './document';
import type { EnclaveRole } from './enclave-policies';
import { parseDocument } from './parse-document';
import { plainAt, textAt, textsAt } from './plain';
import { iamArn, nameOf } from './stand-in';

/** @throws ProofRefusal when a policy cannot be read */
export function readRoles(application: Application): readonly EnclaveRole[] {
  const managed = new Map(
    application.ofType('AWS::IAM::ManagedPolicy').map((policy) => [iamArn(policy, 'policy'), policy] as const),
  );
  return application.ofType('AWS::IAM::Role').map((role) => roleOf(application, role, managed));
}

function roleOf(application: Application, role: Resource, managed: ReadonlyMap<string, Resource>): EnclaveRole {
  const { source } = role.template;
  const name = nameOf(role);
  const named = (json: Json | undefined, what: string): PolicyDocument =>
    parseDocument(json ?? null, `${what} of role ${name}`);
  const attached = textsAt(role, 'ManagedPolicyArns');
  const boundaryArn = textAt(role, 'PermissionsBoundary');
  const boundary = boundaryArn === undefined ? undefined : managed.get(boundaryArn);
  const inThisAccount = (other: Resource): boolean => other.template.source.account === source.account;
  const others = [
    ...[...application.ofType('AWS::IAM::Policy'), ...managed.values()].filter((p) =>
      textsAt(p, 'Roles').includes(name),
    ),
    ...application.ofType('AWS::IAM::RolePolicy').filter((p) => textAt(p, 'RoleName') === name),
  ].filter(inThisAccount);
  const inline = plainAt(role, 'Policies');
  return {
    arn: iamArn(role, 'role'),
    account: source.account ?? '',
    trust: named(plainAt(role, 'AssumeRolePolicyDocument'), 'trust'),
    identity: [
      ...(Array.isArray(inline) ? inline : []).map((policy, index) =>
        named(documentIn(policy), `inline policy ${index + 1}`),
      ),
      ...others.map((policy) => named(plainAt(policy, 'PolicyDocument'), `policy ${nameOf(policy)}`)),
      ...attached.flatMap((arn) => {
        const known = managed.get(arn);
        return known ? [named(plainAt(known, 'PolicyDocument'), `policy ${nameOf(known)}`)] : [];
      }),
    ],
    unseen: attached.filter((arn) => !managed.has(arn)),
    ...(boundaryArn === undefined ? {} : { boundaryArn }),
    ...(boundary ? { boundary: named(plainAt(boundary, 'PolicyDocument'), `boundary ${nameOf(boundary)}`) } : {}),
  };
}

const documentIn = (policy: Json): Json =>
  typeof policy === 'object' && policy !== null && !Array.isArray(policy) ? (policy['PolicyDocument'] ?? null) : null;

/** The one path that the boundaries of the roles stand under, such as `/enclave/`. */
export function pathOfBoundaries(roles: readonly EnclaveRole[]): string | undefined {
  const paths = new Set(roles.flatMap(({ boundaryArn }) => /:policy(\/.+\/)[^/]+$/.exec(boundaryArn ?? '')?.[1] ?? []));
  const [path] = paths;
  return paths.size === 1 ? path : undefined;
}
