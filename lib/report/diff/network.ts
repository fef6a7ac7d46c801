/**
 * Ways out of networks that were there before: gateways, peerings and attachments, routes, and rules of security groups.
 * The judge asks for a closed network only where sites are declared; a reviewer is told of every opening.
 */
import type { Resource } from '../../template';
import { describe } from '../../template';
import type { Comparison } from './comparison';
import { ofAll } from './canonical';
import { rowFingerprint } from './fingerprint';
import type { DiffRow, Effect } from './model';
import type { Pairing } from './pairing';
import { nameOf as subjectOf } from '../customer-keys';
import { placeOf } from './written';

/** Types that join a network to something beyond it, and what to call them. */
const DOORS: Readonly<Record<string, string>> = {
  'AWS::EC2::VPCGatewayAttachment': 'gateway attachment',
  'AWS::EC2::NatGateway': 'NAT gateway',
  'AWS::EC2::EgressOnlyInternetGateway': 'egress-only internet gateway',
  'AWS::EC2::CarrierGateway': 'carrier gateway',
  'AWS::EC2::VPCPeeringConnection': 'peering',
  'AWS::EC2::TransitGatewayAttachment': 'transit gateway attachment',
  'AWS::EC2::TransitGatewayVpcAttachment': 'transit gateway attachment',
  'AWS::EC2::TransitGatewayPeeringAttachment': 'transit gateway peering',
  'AWS::EC2::LocalGatewayRouteTableVPCAssociation': 'local gateway association',
  'AWS::EC2::VPNConnection': 'VPN connection',
  'AWS::EC2::ClientVpnTargetNetworkAssociation': 'client VPN association',
  'AWS::NetworkManager::VpcAttachment': 'core network attachment',
  'AWS::EC2::Route': 'route',
};

/** How far references are followed from a door to its network. */
const STEPS = 3;

/** The rows of the section `network` that no flow tells of. */
export function networkRows(comparison: Comparison): readonly DiffRow[] {
  return [...doors(comparison), ...rules(comparison)];
}

function doors({ pairing, untouched }: Comparison): readonly DiffRow[] {
  const rows: DiffRow[] = [];
  for (const door of pairing.appeared) {
    const words = DOORS[door.type];
    if (!words) continue;
    const network = networkOf(door, pairing);
    const inNew = network !== undefined && pairing.appeared.has(network);
    const why = inNew
      ? 'it opens a network that is new; where data can go through it is judged as flows'
      : `it leads out of ${network ? subjectOf(network) : 'a network that cannot be told'}, which had no such way`;
    rows.push(row(door, 'appeared', inNew ? 'neutral' : 'widens', why, undefined, words));
  }
  for (const door of pairing.gone) {
    const words = DOORS[door.type];
    if (words) rows.push(row(door, 'gone', 'narrows', 'the way out is gone', words));
  }
  for (const { base, head } of pairing.pairs) {
    const words = DOORS[head.type];
    if (!words || untouched(base, head)) continue;
    if (pairing.contentsOf(base).hash(pairing.nameOf) === pairing.contentsOf(head).hash(pairing.nameOf)) continue;
    rows.push(row(head, 'changed', 'widens', 'that it leads no further than before cannot be shown', words, words));
  }
  return rows;
}

function networkOf(door: Resource, pairing: Pairing): Resource | undefined {
  let near: readonly Resource[] = [door];
  for (let step = 0; step < STEPS; step += 1) {
    near = near.flatMap((one) => pairing.contentsOf(one).refersTo);
    const found = near.find(({ type }) => type === 'AWS::EC2::VPC');
    if (found) return found;
  }
  return undefined;
}

/** A group and the lists of rules it holds; further rules name the group they belong to. */
const GROUP = 'AWS::EC2::SecurityGroup';
const RULES: Readonly<Record<string, string>> = {
  'AWS::EC2::SecurityGroupIngress': 'ingress',
  'AWS::EC2::SecurityGroupEgress': 'egress',
};
const PEERS = [
  'CidrIp',
  'CidrIpv6',
  'SourceSecurityGroupId',
  'DestinationSecurityGroupId',
  'SourcePrefixListId',
  'DestinationPrefixListId',
];

interface Rule {
  readonly key: string;
  readonly words: string;
  readonly at: Resource;
}

function rules({ base, head, pairing, untouched }: Comparison): readonly DiffRow[] {
  const moved = new Set<Resource>();
  const touch = (resource: Resource): void => {
    const group = resource.type === GROUP ? resource : groupOf(resource);
    if (!group) return;
    moved.add(group);
    const other = pairing.partnerOf(group);
    if (other) moved.add(other);
  };
  for (const resource of [...pairing.appeared, ...pairing.gone]) if (isRuled(resource)) touch(resource);
  for (const pair of pairing.pairs)
    if (isRuled(pair.head) && !untouched(pair.base, pair.head)) [pair.base, pair.head].forEach(touch);
  if (moved.size === 0) return [];
  const before = rulesOf(base.application.resources(), pairing, moved);
  const now = rulesOf(head.application.resources(), pairing, moved);
  const rows: DiffRow[] = [];
  for (const { base: old, head: group } of pairing.pairs) {
    if (!moved.has(group) || group.type !== GROUP) continue;
    const was = before.get(old) ?? [];
    const is = now.get(group) ?? [];
    const without = (these: readonly Rule[], those: readonly Rule[]): readonly Rule[] =>
      these.filter(({ key }) => !those.some((other) => other.key === key));
    for (const rule of without(is, was))
      rows.push(
        row(
          group,
          'changed',
          'widens',
          'a rule lets through what no rule of the group let through',
          undefined,
          rule.words,
          rule.at,
        ),
      );
    for (const rule of without(was, is))
      rows.push(row(group, 'changed', 'narrows', 'a rule of the group is gone', rule.words, undefined, rule.at));
  }
  return rows;
}

const isRuled = ({ type }: Resource): boolean => type === GROUP || type in RULES;

function groupOf(rule: Resource): Resource | undefined {
  return rule
    .at('GroupId')
    .flatMap((leaf) => leaf.possible.flatMap((one) => rule.template.application.denoted(one.value, GROUP)))[0];
}

function rulesOf(
  resources: Iterable<Resource>,
  pairing: Pairing,
  wanted: ReadonlySet<Resource>,
): ReadonlyMap<Resource, readonly Rule[]> {
  const found = new Map<Resource, Rule[]>();
  for (const resource of resources) {
    if (!isRuled(resource) || !resource.mayExist) continue;
    const group = resource.type === GROUP ? resource : groupOf(resource);
    if (!group || !wanted.has(group)) continue;
    const own =
      resource.type === GROUP ? inline(resource, pairing) : [single(resource, '', RULES[resource.type]!, pairing)];
    found.set(group, [...(found.get(group) ?? []), ...own]);
  }
  return found;
}

function inline(group: Resource, pairing: Pairing): readonly Rule[] {
  return [
    ['SecurityGroupIngress', 'ingress'],
    ['SecurityGroupEgress', 'egress'],
  ].flatMap(([list, direction]) =>
    group.at(`${list}[]`).map((leaf) => single(group, `${leaf.path}.`, direction!, pairing)),
  );
}

function single(resource: Resource, prefix: string, direction: string, pairing: Pairing): Rule {
  const read = (property: string): string =>
    resource
      .at(`${prefix}${property}`)
      .flatMap((leaf) => ofAll(leaf.possible, pairing.nameOf))
      .join('|');
  const shown = (property: string): string =>
    resource
      .at(`${prefix}${property}`)
      .flatMap((leaf) => leaf.possible.map((one) => describe(one.value)))
      .join(' or ');
  const parts = ['IpProtocol', 'FromPort', 'ToPort', ...PEERS];
  const peer = PEERS.map(shown).find((words) => words !== '') ?? 'a peer that cannot be told';
  const ports = [shown('FromPort'), shown('ToPort')].filter((words) => words !== '');
  return {
    key: JSON.stringify([direction, ...parts.map(read)]),
    words: `${direction} ${direction === 'egress' ? 'to' : 'from'} ${peer}, protocol ${shown('IpProtocol')}${ports.length > 0 ? ` ${[...new Set(ports)].join('-')}` : ''}`,
    at: resource,
  };
}

function row(
  resource: Resource,
  change: DiffRow['change'],
  effect: Effect,
  why: string,
  before?: string,
  after?: string,
  at: Resource = resource,
): DiffRow {
  const subject = subjectOf(resource);
  return {
    fingerprint: rowFingerprint('network', subject, change, before ?? '', after ?? ''),
    section: 'network',
    change,
    effect,
    subject,
    type: resource.type,
    channel: 'network-path',
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    why,
    ...(effect === 'widens'
      ? { remedy: 'Take the way out again, or reach the service by an endpoint of the network.' }
      : {}),
    ...placeOf(at),
  };
}
