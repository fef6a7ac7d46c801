/** What the two functions that treat data share: pseudonym keys, quarantine, its alarm, and the noise account. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoNoiseBudget } from '../aggregate';
import { ENVIRONMENT, NO_PSEUDONYM_KEY, TABLE } from '../contract';
import { KeptQuarantine, KmsRootKey, MetricAlarm, PseudonymKeyError, PseudonymKeys, S3Sink } from '../pseudonymise';
import type { RedactorPorts, RootKey } from '../pseudonymise';
import type { FunctionConfiguration, TreatmentConfiguration } from './environment';

/** The ports of whatever treats records at this site. */
export const treatmentPorts = (
  { datasets, environment }: FunctionConfiguration,
  { pseudonymKey, quarantineBucket }: TreatmentConfiguration,
): RedactorPorts => ({
  datasets: datasets.map(({ schema }) => schema),
  keys: new PseudonymKeys(
    pseudonymKey === NO_PSEUDONYM_KEY ? ELSEWHERE : new KmsRootKey(new KMSClient({}), pseudonymKey),
  ),
  quarantine: new KeptQuarantine(new S3Sink(new S3Client({}), quarantineBucket)),
  // Lambda's log group turns these lines into a metric with an alarm.
  alarm: new MetricAlarm(
    (line) => process.stdout.write(line),
    () => new Date(),
  ),
  budget: new DynamoNoiseBudget(new DynamoDBClient({}), environment[ENVIRONMENT.ledgerTable], TABLE.partitionKey),
});

/** The key is held by one site; another cannot make the same pseudonyms, and makes none. */
const ELSEWHERE: RootKey = {
  generateMac: () => Promise.reject(new PseudonymKeyError('this site does not hold the pseudonymisation key')),
};
