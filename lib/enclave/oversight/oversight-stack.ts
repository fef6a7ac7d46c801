import { Stack, Tags } from 'aws-cdk-lib/core';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Enclave } from '../../../config/schema';
import { auditorCountry } from './auditor-context';
import { AuditorDashboard } from './auditor-dashboard';
import { Incidents } from './incidents';
import { AccessLogs, Archive, RecordedSettings } from './records-buckets';
import { RecordsKey } from './records-key';

/**
 * The auditor's account: what the sites did, kept where no site can change it.
 *
 * No role stands here and nobody of a site comes in: trails, settings and events arrive by resource policies that name
 * the sites' own trails, recorders and rules.
 */
export class OversightStack extends Stack {
  /** Where incidents are told. */
  readonly incidents: ITopic;

  constructor(scope: Construct, enclave: Enclave) {
    const { auditor, name } = enclave;
    super(scope, 'oversight', {
      env: { account: auditor.account, region: auditor.region },
      terminationProtection: true,
      description: `${name}: archive, detectors and incidents of the auditor (stands in ${auditorCountry(enclave).name})`,
    });
    const key = new RecordsKey(this, 'RecordsKey', enclave);
    const logs = new AccessLogs(this, 'AccessLogs', enclave);
    new Archive(this, 'Archive', enclave, key, logs);
    new RecordedSettings(this, 'Settings', enclave, key, logs);
    const incidents = new Incidents(this, 'Incidents', enclave, key);
    this.incidents = incidents.topic;
    new AuditorDashboard(this, 'Dashboard', enclave, incidents);
    Tags.of(this).add('operator', enclave.operator.name);
    Tags.of(this).add('cost-centre', enclave.costCentre);
    Tags.of(this).add('actual-country', auditorCountry(enclave).code);
  }
}
