import { zoneIsInRegion } from '../../lib/geo';
import { statements, synthesise } from './synthesised';

const enclave = synthesise();

const WAYS_OUT = [
  'AWS::EC2::InternetGateway',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::EC2::EgressOnlyInternetGateway',
  'AWS::EC2::NatGateway',
  'AWS::EC2::EIP',
  'AWS::EC2::VPCPeeringConnection',
  'AWS::EC2::TransitGateway',
  'AWS::EC2::TransitGatewayAttachment',
  'AWS::EC2::VPNGateway',
  'AWS::EC2::VPNConnection',
  'AWS::EC2::CustomerGateway',
  'AWS::EC2::ClientVpnEndpoint',
  'AWS::EC2::CarrierGateway',
  'AWS::EC2::VPCEndpointService',
  'AWS::DirectConnect::Connection',
  'AWS::NetworkManager::VpcAttachment',
  'AWS::VpcLattice::ServiceNetworkVpcAssociation',
  'AWS::EC2::Route',
  'AWS::Route53Resolver::ResolverEndpoint',
];

describe('a site’s network', () => {
  test.each(WAYS_OUT)('has no %s', (type) => {
    for (const template of enclave.templates.values()) template.resourceCountIs(type, 0);
  });

  test('spans exactly the configured zones, named by id, primary first', () => {
    for (const site of enclave.config.sites) {
      const subnets = enclave.all('AWS::EC2::Subnet').filter(({ stack }) => stack.stackName === `${site.id}-network`);
      expect(subnets.map(({ resource }) => resource.Properties['AvailabilityZoneId'])).toEqual(site.placement.zones);
      for (const { resource } of subnets) {
        expect(resource.Properties).toMatchObject({ MapPublicIpOnLaunch: false });
        expect(resource.Properties['AvailabilityZone']).toBeUndefined();
        expect(zoneIsInRegion(String(resource.Properties['AvailabilityZoneId']), site.placement.region)).toBe(true);
      }
    }
  });

  test('of two sites in one Region begins in different zones', () => {
    const primaries = enclave.config.sites
      .filter((s) => s.placement.region === 'eu-west-1')
      .map((s) => s.placement.zones[0]);
    expect(primaries.length).toBeGreaterThan(1);
    expect(new Set(primaries).size).toBe(primaries.length);
  });

  test('reaches S3 and DynamoDB through gateway endpoints that name own buckets and tables and the own account only', () => {
    const gateways = enclave
      .all('AWS::EC2::VPCEndpoint')
      .filter(({ resource }) => resource.Properties['VpcEndpointType'] === 'Gateway');
    expect(gateways).toHaveLength(2 * enclave.config.sites.length);
    for (const { stack, resource } of gateways) {
      for (const s of statements(resource.Properties['PolicyDocument'])) {
        expect(s.Condition).toEqual({
          StringEquals: { 'aws:PrincipalAccount': stack.account, 'aws:ResourceAccount': stack.account },
        });
        expect([s.Resource].flat().length).toBeGreaterThan(0);
        for (const arn of [s.Resource].flat())
          expect(String(arn)).toMatch(
            /^arn:aws:(s3:::enclave-|s3:[a-z0-9-]+:\d{12}:accesspoint\/enclave-|dynamodb:[a-z0-9-]+:\d{12}:table\/enclave-)/,
          );
        for (const action of [s.Action].flat()) expect(action).not.toContain('*');
      }
    }
  });

  test('reaches the AWS APIs it needs through interface endpoints of its own Region with private names, for the own account only', () => {
    const endpoints = enclave
      .all('AWS::EC2::VPCEndpoint')
      .filter(({ resource }) => resource.Properties['VpcEndpointType'] === 'Interface');
    expect(endpoints).toHaveLength(9 * enclave.config.sites.length);
    for (const { stack, resource } of endpoints) {
      expect(resource.Properties).toMatchObject({ PrivateDnsEnabled: true });
      expect(resource.Properties['ServiceRegion']).toBeUndefined();
      expect(String(resource.Properties['ServiceName'])).toMatch(
        new RegExp(
          `^com\\.amazonaws\\.${stack.region}\\.(execute-api|kms|logs|secretsmanager|sqs|ssm|states|sts|verifiedpermissions)$`,
        ),
      );
      for (const s of statements(resource.Properties['PolicyDocument'])) {
        // People call the API with a token and no AWS identity: there the resource is bound, to APIs of the own account.
        if (s.Action === 'execute-api:Invoke')
          expect(s.Resource).toBe(`arn:aws:execute-api:${stack.region}:${stack.account}:*`);
        else expect(s.Condition!['StringEquals']).toMatchObject({ 'aws:PrincipalAccount': stack.account });
      }
    }
  });

  test('closes its default security group and opens no group to an address outside the VPC, but HTTPS for the gateway’s functions, which no route takes out', () => {
    expect(enclave.all('Custom::VpcRestrictDefaultSG')).toHaveLength(enclave.config.sites.length);
    for (const { stack, resource } of enclave.all('AWS::EC2::SecurityGroup')) {
      const own = enclave.config.sites.find((s) => s.account === stack.account)!.cidr;
      for (const rule of (resource.Properties['SecurityGroupIngress'] ?? []) as { CidrIp?: string }[])
        expect([undefined, own]).toContain(rule.CidrIp);
      // A group that declares no egress is given EC2's allow-all rule.
      const egress = resource.Properties['SecurityGroupEgress'] as { CidrIp?: string }[];
      expect(egress.length).toBeGreaterThan(0);
      // Routes to the endpoints of S3 and DynamoDB stand for public addresses. There is no other route (see above), so this
      // rule reaches those two services of the Region and nothing else.
      if (stack.stackName.endsWith('-gateway'))
        expect(egress).toEqual([
          expect.objectContaining({ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }),
        ]);
      else for (const rule of egress) expect(['255.255.255.255/32', own]).toContain(rule.CidrIp);
    }
  });

  test('resolves only named services of its own Region, answers every other name with nothing, and stays closed on failure', () => {
    for (const { stack, resource } of enclave
      .all('AWS::Route53Resolver::FirewallDomainList')
      .filter(({ logicalId }) => logicalId.includes('Allowed'))) {
      for (const name of resource.Properties['Domains'] as string[])
        expect(name).toMatch(new RegExp(`\\.${stack.region}(\\.rds)?\\.amazonaws\\.com$`));
    }
    for (const { resource } of enclave.all('AWS::Route53Resolver::FirewallRuleGroup')) {
      const rules = resource.Properties['FirewallRules'] as { Action: string; Priority: number }[];
      expect(rules.map((r) => r.Action)).toEqual(['ALLOW', 'BLOCK']);
      expect(rules[0]!.Priority).toBeLessThan(rules[1]!.Priority);
    }
    for (const { resource } of enclave.all('AWS::Route53Resolver::FirewallConfig'))
      expect(resource.Properties['FirewallFailOpen']).toBe('DISABLED');
    expect(enclave.all('AWS::Route53Resolver::FirewallRuleGroupAssociation')).toHaveLength(enclave.config.sites.length);
  });

  test('logs all traffic and every name asked for into the site, under the log key', () => {
    for (const { resource } of enclave.all('AWS::EC2::FlowLog'))
      expect(resource.Properties).toMatchObject({ TrafficType: 'ALL', LogDestinationType: 'cloud-watch-logs' });
    expect(enclave.all('AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation')).toHaveLength(
      enclave.config.sites.length,
    );
    for (const { resource } of enclave.all('AWS::Logs::LogGroup')) {
      expect(resource.Properties).toMatchObject({ RetentionInDays: 400 });
      expect(JSON.stringify(resource.Properties['KmsKeyId'])).toContain('auditlogs');
    }
  });
});
