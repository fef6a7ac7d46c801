/** Ways out of the networks of the application: gateways, peerings and attachments, and the routes that lead to them. */
import type { Resource } from '../template';
import { textOf } from '../template';
import type { Premises } from './premises';
import { label } from './labels';

/** Types that join a network to something beyond it, with the property that names the network. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::VPCGatewayAttachment': ['VpcId'],
  'AWS::EC2::EgressOnlyInternetGateway': ['VpcId'],
  'AWS::EC2::VPCPeeringConnection': ['VpcId', 'PeerVpcId'],
  'AWS::EC2::TransitGatewayAttachment': ['VpcId'],
  'AWS::EC2::TransitGatewayVpcAttachment': ['VpcId'],
  'AWS::EC2::CarrierGateway': ['VpcId'],
  'AWS::EC2::LocalGatewayRouteTableVPCAssociation': ['VpcId'],
  'AWS::NetworkManager::VpcAttachment': ['VpcArn'],
};

/** Targets of a route that lead out of the network; gateway endpoints add their own routes and are not among them. */
const ROUTE_TARGETS = [
  'GatewayId',
  'NatGatewayId',
  'EgressOnlyInternetGatewayId',
  'TransitGatewayId',
  'VpcPeeringConnectionId',
  'CarrierGatewayId',
  'LocalGatewayId',
  'CoreNetworkArn',
  'NetworkInterfaceId',
  'InstanceId',
  'VpcEndpointId',
];

interface Ways {
  readonly doors: ReadonlyMap<Resource, readonly string[]>;
  /** Doors of which it cannot be told which network they open. */
  readonly loose: readonly string[];
  readonly tablesOf: ReadonlyMap<Resource, readonly Resource[]>;
  readonly routesOf: ReadonlyMap<Resource, readonly string[]>;
}

const KNOWN = new WeakMap<Premises, Ways>();

/** The network (VPC) a resource belongs to, when a judged template creates it. */
export function networkOf(resource: Resource): Resource | undefined {
  if (resource.type === 'AWS::EC2::VPC') return resource;
  const direct = one(resource, 'VpcId');
  if (direct?.type === 'AWS::EC2::VPC') return direct;
  for (const holder of ['GroupId', 'NetworkAclId', 'SubnetId']) {
    const held = one(resource, holder);
    if (held && held !== resource) return networkOf(held);
  }
  return undefined;
}

/** What leads out of a network, or of one of its subnets; empty when nothing does. */
export function waysOut(network: Resource, premises: Premises, subnet?: Resource): readonly string[] {
  const ways = waysOf(premises);
  const doors = [...(ways.doors.get(network) ?? []), ...ways.loose];
  if (doors.length === 0 || !subnet) return doors;
  return (ways.tablesOf.get(subnet) ?? []).flatMap((table) => ways.routesOf.get(table) ?? []);
}

/** True when something leads out of any network of the application. */
export function anyWayOut(premises: Premises): boolean {
  const { doors, loose } = waysOf(premises);
  return doors.size > 0 || loose.length > 0;
}

function waysOf(premises: Premises): Ways {
  const known = KNOWN.get(premises);
  if (known) return known;
  const doors = new Map<Resource, string[]>();
  const loose: string[] = [];
  const { application } = premises;
  for (const [type, properties] of Object.entries(DOORS)) {
    for (const door of application.ofType(type)) {
      for (const property of properties) {
        for (const { value } of door.at(property).flatMap((leaf) => leaf.possible)) {
          const networks = premises.denoted(value, 'AWS::EC2::VPC');
          for (const network of networks) push(doors, network, label(door));
          if (networks.length === 0 && textOf(value) === undefined) loose.push(label(door));
        }
      }
    }
  }
  const tablesOf = new Map<Resource, Resource[]>();
  for (const association of application.ofType('AWS::EC2::SubnetRouteTableAssociation')) {
    const subnet = one(association, 'SubnetId');
    const table = one(association, 'RouteTableId');
    if (subnet && table) push(tablesOf, subnet, table);
  }
  const routesOf = new Map<Resource, string[]>();
  for (const route of application.ofType('AWS::EC2::Route')) {
    const table = one(route, 'RouteTableId');
    if (table && ROUTE_TARGETS.some((target) => route.has(target) !== 'never')) push(routesOf, table, label(route));
  }
  const ways = { doors, loose, tablesOf, routesOf };
  KNOWN.set(premises, ways);
  return ways;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** The one resource a property denotes. */
function one(resource: Resource, property: string): Resource | undefined {
  for (const leaf of resource.at(property))
    for (const { value } of leaf.possible) {
      const [found] = resource.template.application.denoted(value);
      if (found) return found;
    }
  return undefined;
}
