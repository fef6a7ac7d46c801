/** Lambda of `POST /data`: the only function that reads stored data, and the only one that asks for pseudonym keys. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { DynamoNoiseBudget } from '../aggregate';
import { S3Objects } from '../aws/s3-objects';
import { StsSessions } from '../aws/sts-sessions';
import { ENVIRONMENT, NO_PSEUDONYM_KEY, TABLE } from '../contract';
import { dataPlaneHandler } from '../data-plane/data-plane-handler';
import type { Redactor } from '../data-plane/redactor';
import {
  DatasetRedactor,
  KeptQuarantine,
  KmsRootKey,
  MetricAlarm,
  PseudonymKeyError,
  PseudonymKeys,
  S3Sink,
} from '../pseudonymise';
import type { RootKey } from '../pseudonymise';
import { entry } from './entry';
import { dataPlaneConfiguration, functionConfiguration } from './environment';
import type { FunctionConfiguration } from './environment';
import { gatewayPorts } from './wiring';

export const handler = entry(() => {
  const configuration = functionConfiguration();
  const { dataAccessRole, pseudonymKey, quarantineBucket } = dataPlaneConfiguration();
  return dataPlaneHandler({
    ...gatewayPorts(configuration),
    sessions: new StsSessions(new STSClient({}), dataAccessRole),
    objects: new S3Objects({}),
    redactor: redactor(configuration, pseudonymKey, quarantineBucket),
  });
});

function redactor({ datasets, environment }: FunctionConfiguration, key: string, bucket: string): Redactor {
  return new DatasetRedactor({
    datasets: datasets.map(({ schema }) => schema),
    keys: new PseudonymKeys(key === NO_PSEUDONYM_KEY ? ELSEWHERE : new KmsRootKey(new KMSClient({}), key)),
    quarantine: new KeptQuarantine(new S3Sink(new S3Client({}), bucket)),
    // Lambda's log group turns these lines into a metric with an alarm.
    alarm: new MetricAlarm(
      (line) => process.stdout.write(line),
      () => new Date(),
    ),
    budget: new DynamoNoiseBudget(new DynamoDBClient({}), environment[ENVIRONMENT.ledgerTable], TABLE.partitionKey),
  });
}

/** The key is held by one site; another cannot make the same pseudonyms, and makes none. */
const ELSEWHERE: RootKey = {
  generateMac: () => Promise.reject(new PseudonymKeyError('this site does not hold the pseudonymisation key')),
};
