import { EbsDeviceVolumeType, Peer, Port, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Domain, EngineVersion, TLSSecurityPolicy } from 'aws-cdk-lib/aws-opensearchservice';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { frankfurt } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'opensearch-search',
  what: 'OpenSearch domain in a VPC with an indexing function in the same network',
  build(app) {
    const stack = new Stack(app, 'Search', { env: frankfurt });
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 3 });
    const group = new SecurityGroup(stack, 'DomainGroup', { vpc, allowAllOutbound: false });
    group.addIngressRule(Peer.ipv4(vpc.vpcCidrBlock), Port.tcp(443));
    const domain = new Domain(stack, 'Domain', {
      version: EngineVersion.OPENSEARCH_2_19,
      vpc,
      vpcSubnets: [{ subnetType: SubnetType.PRIVATE_WITH_EGRESS }],
      securityGroups: [group],
      zoneAwareness: { enabled: true, availabilityZoneCount: 3 },
      capacity: { dataNodes: 3, dataNodeInstanceType: 'r7g.large.search', multiAzWithStandbyEnabled: false },
      ebs: { volumeSize: 100, volumeType: EbsDeviceVolumeType.GP3 },
      encryptionAtRest: { enabled: true },
      nodeToNodeEncryption: true,
      enforceHttps: true,
      tlsSecurityPolicy: TLSSecurityPolicy.TLS_1_2,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const indexer = new Function(stack, 'Indexer', {
      vpc,
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => {};'),
      environment: { DOMAIN: domain.domainEndpoint },
    });
    domain.grantIndexWrite('products', indexer);
  },
};
