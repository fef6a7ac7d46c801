/** Who and what the rows speak of, found in the assembly under attack. */
import type { EnclavePolicies, GuardedResource } from '../policy/enclave-policies';

export type Cast = ReadonlyMap<string, string>;

/** Names that an enclave may lack, and what a row that needs one is told. */
export const ABSENT: Readonly<Record<string, string>> = {
  auditorRole: 'the assembly declares no role of an auditor',
  brokerTarget: 'the assembly declares no role of the gateway’s data plane',
  databaseKey: 'the enclave has no key for a database',
  secret: 'the enclave declares no secret of its own: RDS makes and keeps them',
  queue: 'the enclave declares no queue with restricted data',
};

/** @throws Error when the assembly has no restricted bucket, key, table or endpoint to attack */
export function castOf(policies: EnclavePolicies): Cast {
  const home = policies.siteAccounts[0]!;
  const partner = policies.siteAccounts.at(-1)!;
  const restrictedHere = (kind: GuardedResource['kind']): readonly GuardedResource[] =>
    policies.guarded.filter((r) => r.kind === kind && r.restricted && r.account === home);
  const buckets = restrictedHere('bucket');
  const [media, records] = buckets.filter((b) => b.replicationRole !== undefined);
  const copy = buckets.find((b) => b.replicationRole === undefined);
  const table = restrictedHere('table')[0];
  const endpoint = (service: string, account: string): string | undefined =>
    policies.endpoints.find((e) => e.account === account && e.service.endsWith(`.${service}`))?.id;
  const path = policies.rolePath ?? '/';
  const role = (name: string, account = home): string => `arn:aws:iam::${account}:role${path}${name}`;
  const region = media?.region ?? '';
  const roleCalled = (word: RegExp): string | undefined =>
    policies.roles.find((r) => word.test(r.arn.split(':role')[1] ?? ''))?.arn;
  const found: Readonly<Record<string, string | undefined>> = {
    home,
    partner,
    region,
    organization: policies.organization,
    management: policies.managementAccount ?? '666677778888',
    corporate: '555555555555',
    outsider: '999999999999',
    media: media?.arns[0],
    records: records?.arns[0],
    copy: copy?.arns[0],
    key: media?.encryptedBy,
    databaseKey: restrictedHere('key').find((k) => /database/i.test(k.name))?.arns[0],
    table: table?.arns[0],
    secret: restrictedHere('secret')[0]?.arns[0],
    queue: restrictedHere('queue')[0]?.arns[0],
    objectsEndpoint: endpoint('s3', home),
    tableEndpoint: endpoint('dynamodb', home),
    keyEndpoint: endpoint('kms', home) ?? endpoint('s3', home),
    sessionEndpoint: endpoint('sts', home) ?? endpoint('s3', home),
    otherEndpoint: endpoint('s3', partner),
    app: role('app/timeline'),
    partnerApp: role('app/timeline', partner),
    gateway: role('gateway/data-plane'),
    broker: role('gateway/broker'),
    attestor: role('oversight/attestor'),
    attestorNamesake: role('oversight/attestor-2'),
    pipeline: role('deployment/pipeline'),
    repair: role('break-glass/repair'),
    deployer: `arn:aws:iam::${home}:role/cdk-hnb659fds-cfn-exec-role-${home}-${region}`,
    keyKeeper: `arn:aws:iam::${home}:role/${keeperName(policies, home)}`,
    replication: media?.replicationRole,
    admin: `arn:aws:iam::${home}:role/Admin`,
    lookalike: `arn:aws:iam::${home}:role${path.replace(/\/$/, '-app')}/timeline`,
    user: `arn:aws:iam::${home}:user/somebody`,
    root: `arn:aws:iam::${home}:root`,
    serviceLinked: `arn:aws:iam::${home}:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS`,
    analyst: 'arn:aws:iam::555555555555:role/Analyst',
    managementAdmin: `arn:aws:iam::${policies.managementAccount ?? '666677778888'}:role/Admin`,
    stranger: 'arn:aws:iam::999999999999:role/Admin',
    strangeGateway: `arn:aws:iam::999999999999:role${path}gateway/data-plane`,
    strangeServiceLinked: 'arn:aws:iam::999999999999:role/aws-service-role/s3.amazonaws.com/Any',
    auditorRole: roleCalled(/auditor/i),
    brokerTarget: roleCalled(/gateway\/data-plane/),
    anyRole: media?.replicationRole,
  };
  for (const name of ['media', 'records', 'copy', 'key', 'table', 'objectsEndpoint'])
    if (found[name] === undefined) throw new Error(`the assembly has no ${name} to attack`);
  return new Map(Object.entries(found).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** The key administrators' role as the key policies name it. */
function keeperName(policies: EnclavePolicies, account: string): string {
  const named = policies.guarded
    .filter((r) => r.kind === 'key' && r.account === account)
    .flatMap((r) => r.documents.flatMap((d) => d.statements.flatMap((s) => s.conditions.flatMap((c) => c.values))))
    .find((value) => value.endsWith('-key-administrator'));
  return named?.split('/').at(-1) ?? 'key-administrator';
}
