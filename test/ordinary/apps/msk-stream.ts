import { SecurityGroup, Port, Vpc } from 'aws-cdk-lib/aws-ec2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnCluster } from 'aws-cdk-lib/aws-msk';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'msk-stream',
  what: 'Kafka cluster of MSK with IAM authentication and broker logs',
  build(app) {
    const stack = new Stack(app, 'Kafka', { env: dublin });
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 3, natGateways: 1 });
    const brokers = new SecurityGroup(stack, 'Brokers', { vpc });
    const clients = new SecurityGroup(stack, 'Clients', { vpc });
    brokers.addIngressRule(clients, Port.tcp(9098));
    const key = new Key(stack, 'Key', { enableKeyRotation: true });
    const log = new LogGroup(stack, 'BrokerLog');
    new CfnCluster(stack, 'Cluster', {
      clusterName: 'events',
      kafkaVersion: '3.8.x',
      numberOfBrokerNodes: 3,
      brokerNodeGroupInfo: {
        instanceType: 'kafka.m7g.large',
        clientSubnets: vpc.privateSubnets.map((subnet) => subnet.subnetId),
        securityGroups: [brokers.securityGroupId],
        storageInfo: { ebsStorageInfo: { volumeSize: 500 } },
      },
      clientAuthentication: { sasl: { iam: { enabled: true } } },
      encryptionInfo: {
        encryptionAtRest: { dataVolumeKmsKeyId: key.keyArn },
        encryptionInTransit: { clientBroker: 'TLS', inCluster: true },
      },
      loggingInfo: { brokerLogs: { cloudWatchLogs: { enabled: true, logGroup: log.logGroupName } } },
      openMonitoring: { prometheus: { jmxExporter: { enabledInBroker: true } } },
    });
  },
};
