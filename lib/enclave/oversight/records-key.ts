import { AccountPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Enclave } from '../../../config/schema';
import { serviceHost } from '../../geo';
import { RECORDS_KEY, allSites, recorderRoleArn, trailArn } from './auditor-context';
import { AuditorKey, ROTATED_YEARLY, auditorUse } from './auditor-key';

/** The auditor's own key: over the archive, the settings, the queue and the topic. Sites write with it and open nothing. */
export class RecordsKey extends AuditorKey {
  constructor(scope: Construct, id: string, enclave: Enclave) {
    super(scope, id, enclave, RECORDS_KEY, [readByTheAuditor(enclave), ...writtenByServices(enclave)], ROTATED_YEARLY);
  }
}

const readByTheAuditor = (enclave: Enclave): PolicyStatement =>
  auditorUse(enclave, 'RecordsReadByTheAuditor', ['kms:Decrypt'], {
    StringEquals: { 'kms:ViaService': ['s3', 'sqs'].map((service) => serviceHost(service, enclave.auditor.region)) },
  });

/** What AWS services do with it: write trails, carry events, put down settings. */
function writtenByServices(enclave: Enclave): PolicyStatement[] {
  const trails = allSites(enclave).map(trailArn);
  return [
    new PolicyStatement({
      sid: 'TrailsOfTheSites',
      principals: [new ServicePrincipal('cloudtrail.amazonaws.com')],
      actions: ['kms:DescribeKey', 'kms:GenerateDataKey'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceArn': trails, 'aws:SourceOrgID': enclave.organizationId } },
    }),
    new PolicyStatement({
      sid: 'EventsIntoQueueAndTopic',
      // SNS puts incidents that it could not tell among the dead letters.
      principals: ['events', 'cloudwatch', 'sns'].map((service) => new ServicePrincipal(`${service}.amazonaws.com`)),
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': enclave.auditor.account } },
    }),
    new PolicyStatement({
      sid: 'SettingsWrittenByTheSites',
      principals: allSites(enclave).map(({ site }) => new AccountPrincipal(site.account)),
      actions: ['kms:GenerateDataKey'],
      resources: ['*'],
      conditions: {
        ArnEquals: { 'aws:PrincipalArn': allSites(enclave).map(recorderRoleArn) },
        StringEquals: {
          'aws:PrincipalOrgID': enclave.organizationId,
          'kms:ViaService': serviceHost('s3', enclave.auditor.region),
        },
      },
    }),
  ];
}
