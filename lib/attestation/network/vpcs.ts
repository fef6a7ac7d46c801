/** Networks: every route of every table in them, and what is inside that nobody declared. */
import type { Route, RouteTable, SecurityGroup, Subnet } from '@aws-sdk/client-ec2';
import { DELETE, claimThat, given, isTrue, listOf, orDefault, sameSet, sameText, shown, within } from '../comparison';
import type { DeclaredSet } from '../comparison';
import { companions } from '../companion';
import { declaredAt } from '../declared';
import { declaredIds } from '../declared-ids';
import type { Answer, Claim } from '../model';
import { dataClassOf, inventoryOf } from '../service';
import type { DeclaredThing, Found, Kind } from '../service';
import { NETWORK_READS } from './network-reader';

interface VpcEvidence {
  readonly tables: Answer<readonly RouteTable[]>;
  readonly endpoints: ReadonlySet<string>;
}

export const VPCS: Kind<Found, VpcEvidence> = {
  name: 'networks',
  types: ['AWS::EC2::VPC'],
  channels: ['route-internet', 'route-appliance', 'route-peer-network', 'vpn-route-propagation'],
  undeclared: { why: 'no template declares this network, so nobody has judged what leads out of it', remedy: DELETE },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(NETWORK_READS.vpcs, {}, ({ Vpcs }) => Vpcs), (item) => ({
      id: item.VpcId ?? '',
      arn: item.VpcId ?? '',
      seen: `${item.CidrBlock ?? '?'}${item.IsDefault ? ', the default network' : ''}`,
      ...dataClassOf(item.Tags),
      // AWS makes a default network in every Region; it holds nothing, and a gateway on it is named by itself.
      derived: item.IsDefault === true,
    })),
  evidence: async ({ id }, context) => ({
    tables: await context.reading.list(NETWORK_READS.routeTables, {}, ({ RouteTables }) =>
      (RouteTables ?? []).filter(({ VpcId }) => VpcId === id),
    ),
    endpoints: declaredIds(context, 'AWS::EC2::VPCEndpoint'),
  }),
  claims: (vpc) => {
    const routes = declaredRoutes(vpc);
    return [
      {
        slug: 'routes',
        expected: 'no route but to itself, to declared endpoints, and those the template declares',
        judge: ({ tables, endpoints }) =>
          given(tables, (found) =>
            sameSet(
              found.flatMap(({ Routes, PropagatingVgws }) => [
                ...(Routes ?? []).filter((route) => !isInside(route, endpoints)).map(routeWords),
                ...(PropagatingVgws ?? []).map(({ GatewayId }) => `whatever ${GatewayId ?? 'a VPN gateway'} announces`),
              ]),
              routes,
              'nothing leads out',
              'Delete the route (ec2:DeleteRoute), and find in CloudTrail who made it.',
            ),
          ),
      },
    ];
  },
};

const isInside = ({ GatewayId }: Route, endpoints: ReadonlySet<string>): boolean =>
  GatewayId === 'local' || (GatewayId !== undefined && endpoints.has(GatewayId));

const targetOf = (route: Route): string =>
  route.GatewayId ??
  route.NatGatewayId ??
  route.EgressOnlyInternetGatewayId ??
  route.TransitGatewayId ??
  route.VpcPeeringConnectionId ??
  route.NetworkInterfaceId ??
  route.InstanceId ??
  route.CarrierGatewayId ??
  route.LocalGatewayId ??
  route.CoreNetworkArn ??
  'a target not said';

const routeWords = (route: Route): string =>
  `${route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId ?? '?'} by ${targetOf(route)}`;

const TARGETS = [
  'GatewayId',
  'NatGatewayId',
  'EgressOnlyInternetGatewayId',
  'TransitGatewayId',
  'VpcPeeringConnectionId',
  'NetworkInterfaceId',
  'InstanceId',
  'CarrierGatewayId',
  'LocalGatewayId',
  'CoreNetworkArn',
  'VpcEndpointId',
];

function declaredRoutes(vpc: DeclaredThing): DeclaredSet {
  const tables = companions(vpc, 'AWS::EC2::RouteTable', 'VpcId').map(({ resource }) => resource);
  const { application } = vpc.resource.template;
  const value: string[] = [];
  for (const route of application.ofType('AWS::EC2::Route')) {
    const mine = route
      .at('RouteTableId')
      .some(({ possible }) =>
        possible.some((each) => tables.some((table) => application.denoted(each.value).includes(table))),
      );
    if (!mine) continue;
    const at = (path: string): ReturnType<typeof declaredAt> => declaredAt(route, path, vpc.deployment.textOf);
    const to = [at('DestinationCidrBlock'), at('DestinationIpv6CidrBlock'), at('DestinationPrefixListId')].find(
      ({ kind }) => kind !== 'absent',
    );
    const by = TARGETS.map(at).find(({ kind }) => kind !== 'absent');
    const open = [to, by].find((each) => each?.kind === 'open');
    if (open?.kind === 'open') return open;
    value.push(`${to ? shown(to) : '?'} by ${by ? shown(by) : 'a target not said'}`);
  }
  return { kind: 'fixed', value };
}

interface FoundSubnet extends Found {
  readonly item: Subnet;
}

export const SUBNETS: Kind<FoundSubnet, Subnet> = {
  name: 'subnets',
  types: ['AWS::EC2::Subnet'],
  channels: ['subnet-zone', 'subnet-public-address', 'subnet-outpost'],
  undeclared: { why: 'no template declares this part of a declared network', remedy: DELETE },
  list: async (context) => {
    const networks = declaredIds(context, 'AWS::EC2::VPC');
    return inventoryOf(await context.reading.list(NETWORK_READS.subnets, {}, ({ Subnets }) => Subnets), (item) => ({
      id: item.SubnetId ?? '',
      arn: item.SubnetArn ?? item.SubnetId ?? '',
      seen: `${item.CidrBlock ?? '?'} in ${item.AvailabilityZoneId ?? item.AvailabilityZone ?? '?'}`,
      derived: !networks.has(item.VpcId ?? ''),
      item,
    }));
  },
  evidence: ({ item }) => Promise.resolve(item),
  claims: (subnet) => {
    const zone = subnet.at('AvailabilityZone');
    const zoneId = subnet.at('AvailabilityZoneId');
    const publicly = orDefault(subnet.at('MapPublicIpOnLaunch'), false);
    const outpost = orDefault(subnet.at('OutpostArn'), 'no Outpost');
    const named: Claim<Subnet>[] =
      zoneId.kind !== 'absent'
        ? [
            claimThat('zone', shown(zoneId), (item) =>
              sameText(item.AvailabilityZoneId, zoneId, 'it stands in another zone'),
            ),
          ]
        : zone.kind !== 'absent'
          ? [
              claimThat('zone', shown(zone), (item) =>
                sameText(item.AvailabilityZone, zone, 'it stands in another zone'),
              ),
            ]
          : [];
    return [
      ...named,
      claimThat(
        'public-addresses',
        isTrue(publicly.kind === 'fixed' ? publicly.value : undefined) ? 'given' : 'not given',
        (item) => sameText(item.MapPublicIpOnLaunch ?? false, publicly, 'what starts there gets a public address'),
      ),
      claimThat('outpost', shown(outpost), (item) =>
        sameText(item.OutpostArn ?? 'no Outpost', outpost, 'it stands in another building'),
      ),
    ];
  },
};

interface FoundGroup extends Found {
  readonly item: SecurityGroup;
}

export const SECURITY_GROUPS: Kind<FoundGroup, SecurityGroup> = {
  name: 'security groups',
  types: ['AWS::EC2::SecurityGroup'],
  channels: ['security-group-ingress-range', 'security-group-egress-range', 'security-group-prefix-list'],
  undeclared: { why: 'no template declares this security group of a declared network', remedy: DELETE },
  list: async (context) => {
    const networks = declaredIds(context, 'AWS::EC2::VPC');
    return inventoryOf(
      await context.reading.list(NETWORK_READS.securityGroups, {}, ({ SecurityGroups }) => SecurityGroups),
      (item) => {
        const rules = (item.IpPermissions ?? []).length + (item.IpPermissionsEgress ?? []).length;
        return {
          id: item.GroupId ?? '',
          arn: item.SecurityGroupArn ?? item.GroupId ?? '',
          seen: `${item.GroupName ?? 'group'} of ${item.VpcId ?? '?'}, ${rules} rules`,
          // Every network has a default group; without a rule it lets nothing through.
          derived: !networks.has(item.VpcId ?? '') || (item.GroupName === 'default' && rules === 0),
          item,
        };
      },
    );
  },
  evidence: ({ item }) => Promise.resolve(item),
  claims: (group) =>
    (
      [
        ['ingress', 'SecurityGroupIngress', 'AWS::EC2::SecurityGroupIngress'],
        ['egress', 'SecurityGroupEgress', 'AWS::EC2::SecurityGroupEgress'],
      ] as const
    ).map(([slug, path, type]) => {
      const declared = peersOf(group, path, type);
      return claimThat<SecurityGroup>(
        slug,
        declared.kind === 'fixed' ? declared.value.join(', ') || 'nobody' : 'what the template leaves open',
        (item) =>
          sameSet(peersSeen(slug === 'ingress' ? item.IpPermissions : item.IpPermissionsEgress), declared, 'nobody'),
      );
    }),
};

const peersSeen = (permissions: SecurityGroup['IpPermissions']): string[] => [
  ...new Set(
    (permissions ?? []).flatMap(({ IpRanges, Ipv6Ranges, PrefixListIds, UserIdGroupPairs }) => [
      ...(IpRanges ?? []).map(({ CidrIp }) => CidrIp ?? '?'),
      ...(Ipv6Ranges ?? []).map(({ CidrIpv6 }) => CidrIpv6 ?? '?'),
      ...(PrefixListIds ?? []).map(({ PrefixListId }) => PrefixListId ?? '?'),
      ...(UserIdGroupPairs ?? []).map(({ GroupId }) => GroupId ?? '?'),
    ]),
  ),
];

const PEERS = [
  'CidrIp',
  'CidrIpv6',
  'SourcePrefixListId',
  'DestinationPrefixListId',
  'SourceSecurityGroupId',
  'DestinationSecurityGroupId',
];

/** What CloudFormation adds when a template names no way out at all (template reference, SecurityGroupEgress). */
const OPEN_EGRESS = '0.0.0.0/0';

function peersOf(
  group: DeclaredThing,
  path: 'SecurityGroupIngress' | 'SecurityGroupEgress',
  type: string,
): DeclaredSet {
  const inline = group.at(path);
  if (inline.kind === 'open') return inline;
  const own =
    inline.kind === 'fixed'
      ? listOf(inline.value).map((rule) =>
          String(PEERS.map((name) => within(rule, name)).find((peer) => peer !== undefined)),
        )
      : [];
  const beside: string[] = [];
  for (const { resource } of companions(group, type, 'GroupId')) {
    const peer = PEERS.map((name) => declaredAt(resource, name, group.deployment.textOf)).find(
      ({ kind }) => kind !== 'absent',
    );
    if (peer?.kind === 'open') return peer;
    if (peer) beside.push(shown(peer));
  }
  const nothing = inline.kind === 'absent' && path === 'SecurityGroupEgress' && beside.length === 0;
  return { kind: 'fixed', value: [...new Set(nothing ? [OPEN_EGRESS] : [...own, ...beside])] };
}
