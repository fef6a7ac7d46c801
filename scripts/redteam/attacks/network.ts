/** Ways out of the network. */
import {
  AllocateAddressCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupEgressCommand,
  CreateEgressOnlyInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateVpcPeeringConnectionCommand,
  DeleteEgressOnlyInternetGatewayCommand,
  DeleteInternetGatewayCommand,
  DeleteRouteCommand,
  DeleteVpcPeeringConnectionCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  DetachInternetGatewayCommand,
  EC2Client,
  ModifyVpcEndpointCommand,
  ReleaseAddressCommand,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2';
import type { Attack, Field } from '../attack';

const ec2 = async ({ emulator, account, region }: Field): Promise<EC2Client> =>
  new EC2Client(await emulator.client(account, region));

async function network(field: Field): Promise<{ client: EC2Client; VpcId: string }> {
  const client = await ec2(field);
  const { Vpcs } = await client.send(
    new DescribeVpcsCommand({ Filters: [{ Name: 'tag:Name', Values: [field.site] }] }),
  );
  return { client, VpcId: Vpcs![0]!.VpcId! };
}

const inVpc = (VpcId: string): { Filters: { Name: string; Values: string[] }[] } => ({
  Filters: [{ Name: 'vpc-id', Values: [VpcId] }],
});
const event = (eventName: string): Pick<Attack, 'eventSource' | 'eventName'> => ({
  eventSource: 'ec2.amazonaws.com',
  eventName,
});

export const NETWORK_ATTACKS: readonly Attack[] = [
  {
    slug: 'internet-gateway',
    what: 'attach an internet gateway and route everything to it',
    action: 'ec2:AttachInternetGateway',
    at: 'site',
    ...event('AttachInternetGateway'),
    channels: ['internet-gateway', 'route-internet'],
    names: [/\/Vpc[0-9A-Z]+\/routes$/u, /^unexpected AWS::EC2::InternetGateway /u],
    open: async (field) => {
      const { client, VpcId } = await network(field);
      const { InternetGateway } = await client.send(new CreateInternetGatewayCommand({}));
      const { InternetGatewayId } = InternetGateway!;
      await client.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
      const { RouteTables } = await client.send(new DescribeRouteTablesCommand(inVpc(VpcId)));
      const route = { RouteTableId: RouteTables![0]!.RouteTableId!, DestinationCidrBlock: '0.0.0.0/0' };
      await client.send(new CreateRouteCommand({ ...route, GatewayId: InternetGatewayId! }));
      return async () => {
        await client.send(new DeleteRouteCommand(route));
        await client.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId }));
        await client.send(new DeleteInternetGatewayCommand({ InternetGatewayId }));
      };
    },
  },
  {
    slug: 'egress-only-gateway',
    what: 'make an egress-only internet gateway',
    action: 'ec2:CreateEgressOnlyInternetGateway',
    at: 'site',
    ...event('CreateEgressOnlyInternetGateway'),
    channels: ['egress-only-gateway'],
    names: [/^unexpected AWS::EC2::EgressOnlyInternetGateway /u],
    open: async (field) => {
      const { client, VpcId } = await network(field);
      const { EgressOnlyInternetGateway: made } = await client.send(
        new CreateEgressOnlyInternetGatewayCommand({ VpcId }),
      );
      const EgressOnlyInternetGatewayId = made!.EgressOnlyInternetGatewayId!;
      return () => client.send(new DeleteEgressOnlyInternetGatewayCommand({ EgressOnlyInternetGatewayId }));
    },
  },
  {
    slug: 'peering',
    what: 'peer the network with one abroad',
    action: 'ec2:CreateVpcPeeringConnection',
    at: 'site',
    ...event('CreateVpcPeeringConnection'),
    channels: ['peering-region'],
    names: [/^unexpected AWS::EC2::VPCPeeringConnection /u],
    open: async (field) => {
      const { client, VpcId } = await network(field);
      const abroad = new EC2Client(await field.emulator.client(field.account, field.abroad));
      const { Vpcs } = await abroad.send(new DescribeVpcsCommand({}));
      const { VpcPeeringConnection: made } = await client.send(
        new CreateVpcPeeringConnectionCommand({ VpcId, PeerVpcId: Vpcs![0]!.VpcId!, PeerRegion: field.abroad }),
      );
      const VpcPeeringConnectionId = made!.VpcPeeringConnectionId!;
      return async () => {
        await client.send(new DeleteVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
        await abroad.send(new DeleteVpcPeeringConnectionCommand({ VpcPeeringConnectionId })).catch(() => undefined);
      };
    },
  },
  {
    slug: 'endpoint-policy',
    what: 'let an endpoint pass everything',
    action: 'ec2:ModifyVpcEndpoint',
    at: 'site',
    ...event('ModifyVpcEndpoint'),
    channels: ['vpc-endpoint-policy'],
    names: [/Endpoints?S3[0-9A-Z]+\/policy$/u],
    open: async (field) => {
      const { client, VpcId } = await network(field);
      const { VpcEndpoints } = await client.send(new DescribeVpcEndpointsCommand(inVpc(VpcId)));
      const s3 = VpcEndpoints!.find(({ ServiceName }) => ServiceName?.endsWith('.s3'))!;
      const { VpcEndpointId, PolicyDocument } = s3;
      await client.send(new ModifyVpcEndpointCommand({ VpcEndpointId: VpcEndpointId!, ResetPolicy: true }));
      return () =>
        client.send(new ModifyVpcEndpointCommand({ VpcEndpointId: VpcEndpointId!, PolicyDocument: PolicyDocument! }));
    },
  },
  {
    slug: 'security-group-egress',
    what: 'let a security group send anywhere',
    action: 'ec2:AuthorizeSecurityGroupEgress',
    at: 'site',
    ...event('AuthorizeSecurityGroupEgress'),
    channels: ['security-group-egress-range'],
    names: [/\/egress$/u],
    open: async (field) => {
      const { client, VpcId } = await network(field);
      const { SecurityGroups } = await client.send(new DescribeSecurityGroupsCommand(inVpc(VpcId)));
      const group = SecurityGroups!.find(
        ({ GroupName, IpPermissionsEgress }) =>
          GroupName !== 'default' &&
          !IpPermissionsEgress?.some(({ IpRanges }) => IpRanges?.some(({ CidrIp }) => CidrIp === '0.0.0.0/0')),
      )!;
      const rule = {
        GroupId: group.GroupId!,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      };
      await client.send(new AuthorizeSecurityGroupEgressCommand(rule));
      return () => client.send(new RevokeSecurityGroupEgressCommand(rule));
    },
  },
  {
    slug: 'elastic-address',
    what: 'allocate a public address',
    action: 'ec2:AllocateAddress',
    at: 'site',
    ...event('AllocateAddress'),
    channels: ['elastic-ip-instance'],
    names: [/^unexpected AWS::EC2::EIP /u],
    open: async (field) => {
      const client = await ec2(field);
      const { AllocationId } = await client.send(new AllocateAddressCommand({ Domain: 'vpc' }));
      return () => client.send(new ReleaseAddressCommand({ AllocationId: AllocationId! }));
    },
  },
];
