import { Stack, Tags } from 'aws-cdk-lib/core';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Enclave } from '../../../config/schema';
import { auditorCountry } from '../oversight/auditor-context';
import type { OversightStack } from '../oversight/oversight-stack';
import { AttestationAlarms } from './attestation-alarms';
import { AttestationBucket } from './attestation-bucket';
import { AttestationFunction } from './attestation-function';
import { AssemblySigningKey, AttestationDataKey, StatementSigningKey } from './attestation-keys';
import type { AttestationPlan } from './attestation-plan';
import { attestationFunctionName } from './names';

type Schedule = NonNullable<Enclave['attestation']>;

/**
 * The daily attestation, in the auditor's account: published assembly, if its signature holds, against the accounts of the
 * sites and the auditor's own; a signed statement into the archive; an incident when something is not as declared, or when
 * no run came to its end.
 */
export class AttestationStack extends Stack {
  constructor(
    scope: Construct,
    enclave: Enclave,
    schedule: Schedule,
    plan: AttestationPlan,
    oversight: OversightStack,
  ) {
    const { auditor, name } = enclave;
    super(scope, 'oversight-attestation', {
      env: { account: auditor.account, region: auditor.region },
      terminationProtection: true,
      description: `${name}: compares what runs with what was declared, daily (stands in ${auditorCountry(enclave).name})`,
    });
    const dataKey = new AttestationDataKey(this, 'DataKey', enclave);
    const { function: compare } = new AttestationFunction(this, 'Compare', {
      enclave,
      plan,
      dataKey,
      bucket: new AttestationBucket(this, 'Bucket', enclave, dataKey),
      assemblyKey: new AssemblySigningKey(this, 'AssemblyKey', enclave),
      statementKey: new StatementSigningKey(this, 'StatementKey', enclave),
    });
    const daily = new CfnRule(this, 'Daily', {
      name: attestationFunctionName(enclave),
      description: 'One attestation a day',
      scheduleExpression: dailyAt(schedule),
      state: 'ENABLED',
      targets: [{ id: 'compare', arn: compare.functionArn }],
    });
    compare.addPermission('Schedule', {
      principal: new ServicePrincipal('events.amazonaws.com'),
      sourceArn: daily.attrArn,
      sourceAccount: auditor.account,
    });
    new AttestationAlarms(this, 'Alarms', enclave, compare, oversight.incidents);
    Tags.of(this).add('operator', enclave.operator.name);
    Tags.of(this).add('cost-centre', enclave.costCentre);
    Tags.of(this).add('actual-country', auditorCountry(enclave).code);
    this.addStackDependency(oversight, 'attestations are written into its archive');
  }
}

/** As EventBridge writes a time of day, in UTC. */
function dailyAt({ dailyAt: time }: Schedule): string {
  const [hour, minute] = time.split(':').map(Number);
  return `cron(${minute} ${hour} * * ? *)`;
}
