/** Reads an assembly's policies as they would be deployed. @see EnclavePolicies */
import type { Application, Json, Resource } from '../../template';
import { ProofRefusal } from '../refusal';
import type { PolicyDocument } from './document';
import type { EnclavePolicies, Endpoint, OrganizationPolicy } from './enclave-policies';
import { readGuarded } from './guarded';
import { parseDocument } from './parse-document';
import { plainAt, textAt, textsAt } from './plain';
import { pathOfBoundaries, readRoles } from './roles';
import { identify, nameOf } from './stand-in';

const ORGANIZATION_POLICY_KINDS: Readonly<Record<string, OrganizationPolicy['kind']>> = {
  SERVICE_CONTROL_POLICY: 'scp',
  RESOURCE_CONTROL_POLICY: 'rcp',
};

/** Condition keys whose value is the id of an organization. */
const ORGANIZATION_KEYS: ReadonlySet<string> = new Set(['aws:principalorgid', 'aws:resourceorgid', 'aws:sourceorgid']);

/** @throws ProofRefusal when a policy cannot be read, or the assembly holds nothing to prove anything of */
export function readPolicies(application: Application): EnclavePolicies {
  const [problem] = application.problems;
  if (problem)
    throw new ProofRefusal(
      problem.message,
      problem.file,
      'Nothing is proved of an assembly that cannot be read whole.',
    );
  const organizationPolicies = readOrganizationPolicies(application);
  const guarded = readGuarded(application);
  if (guarded.length === 0)
    throw new ProofRefusal('no bucket, table, key, secret or queue', 'the assembly', 'Give the cdk.out of an enclave.');
  const roles = readRoles(application);
  const endpoints = application.ofType('AWS::EC2::VPCEndpoint').map(readEndpoint);
  const documents = [
    ...organizationPolicies.map(({ document }) => document),
    ...guarded.flatMap((resource) => resource.documents),
    ...roles.flatMap(({ trust, identity }) => [trust, ...identity]),
    ...endpoints.flatMap(({ document }) => document ?? []),
  ];
  const management = accountsOf(application.ofType('AWS::Organizations::Policy'));
  const siteAccounts = [
    ...new Set(guarded.filter(({ restricted }) => restricted).map(({ account }) => account)),
  ].sort();
  const rolePath = pathOfBoundaries(roles);
  return {
    organization: organizationNamedIn(documents),
    ...(rolePath === undefined ? {} : { rolePath }),
    siteAccounts,
    memberAccounts: accountsOf([...application.resources()]).filter((account) => !management.includes(account)),
    ...(management[0] === undefined ? {} : { managementAccount: management[0] }),
    organizationPolicies,
    guarded,
    roles,
    endpoints,
  };
}

function readOrganizationPolicies(application: Application): readonly OrganizationPolicy[] {
  return application.ofType('AWS::Organizations::Policy').flatMap((resource) => {
    const kind = ORGANIZATION_POLICY_KINDS[textAt(resource, 'Type') ?? ''];
    if (kind === undefined) return [];
    const name = textAt(resource, 'Name') ?? resource.logicalId;
    const content = plainAt(resource, 'Content');
    return [
      { kind, document: parseDocument(asJson(content), `${kind} ${name}`), targets: textsAt(resource, 'TargetIds') },
    ];
  });
}

/** Content may be an object or JSON text. */
function asJson(content: Json | undefined): Json {
  if (typeof content !== 'string') return content ?? null;
  try {
    return JSON.parse(content) as Json;
  } catch {
    return null;
  }
}

function readEndpoint(resource: Resource): Endpoint {
  const { source } = resource.template;
  const service = textAt(resource, 'ServiceName') ?? '';
  const document = plainAt(resource, 'PolicyDocument');
  const vpc = textAt(resource, 'VpcId');
  return {
    id: identify(resource, 'Ref'),
    account: source.account ?? '',
    region: source.region ?? '',
    service,
    vpc,
    ...(document === undefined
      ? {}
      : {
          document: parseDocument(
            asJson(document),
            `policy of endpoint ${source.stackName}/${service.split('.').slice(3).join('.') || nameOf(resource)}`,
          ),
        }),
  };
}

const accountsOf = (resources: readonly Resource[]): readonly string[] =>
  [...new Set(resources.flatMap(({ template: { source } }) => source.account ?? []))].sort();

/** The one organization that all policies name. Two of them would be two perimeters. */
function organizationNamedIn(documents: readonly PolicyDocument[]): string {
  const named = new Set(
    documents.flatMap(({ statements }) =>
      statements.flatMap(({ conditions }) =>
        conditions.filter(({ key }) => ORGANIZATION_KEYS.has(key)).flatMap(({ values }) => values),
      ),
    ),
  );
  const [organization, second] = [...named].sort();
  if (organization === undefined)
    throw new ProofRefusal(
      'no policy names an organization (aws:PrincipalOrgID)',
      'the assembly',
      'Name your organization in its policies.',
    );
  if (second !== undefined)
    throw new ProofRefusal(
      `the policies name more than one organization (${organization}, ${second})`,
      'the assembly',
      'Name one organization everywhere.',
    );
  return organization;
}
