/** Lambda that carries out one run of a registered transfer; a step of its state machine. */
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { S3ExportSources } from '../aws/s3-export-sources';
import { exportRun } from '../exports/export-run';
import { S3Sink } from '../pseudonymise';
import { entry } from './entry';
import { exportConfiguration, functionConfiguration, treatmentConfiguration } from './environment';
import { treatmentPorts } from './treatment';
import { gatewayPorts } from './wiring';

export const handler = entry(() => {
  const configuration = functionConfiguration();
  const treatment = treatmentConfiguration();
  const { transfers, buckets } = exportConfiguration(configuration);
  const s3 = new S3Client({});
  return exportRun({
    ...gatewayPorts(configuration),
    ...treatmentPorts(configuration, treatment),
    transfers,
    sources: new S3ExportSources(new STSClient({}), treatment.dataAccessRole),
    sinkOf: (id) => {
      const bucket = buckets[id];
      if (bucket === undefined) throw new Error('The transfer has no export bucket.');
      return new S3Sink(s3, bucket);
    },
  });
});
