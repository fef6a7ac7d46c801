/** Lambda of `POST /data`: with the export function the only one that reads stored data and asks for pseudonym keys. */
import { STSClient } from '@aws-sdk/client-sts';
import { DynamoDbItems } from '../aws/dynamodb-items';
import { S3Objects } from '../aws/s3-objects';
import { storedData } from '../aws/stored-data';
import { StsSessions } from '../aws/sts-sessions';
import { dataPlaneHandler } from '../data-plane/data-plane-handler';
import { DatasetRedactor } from '../pseudonymise';
import { entry } from './entry';
import { functionConfiguration, treatmentConfiguration } from './environment';
import { treatmentPorts } from './treatment';
import { gatewayPorts } from './wiring';

export const handler = entry(() => {
  const configuration = functionConfiguration();
  const treatment = treatmentConfiguration();
  return dataPlaneHandler({
    ...gatewayPorts(configuration),
    sessions: new StsSessions(new STSClient({}), treatment.dataAccessRole),
    objects: storedData(new S3Objects({}), new DynamoDbItems({})),
    redactor: new DatasetRedactor(treatmentPorts(configuration, treatment)),
  });
});
