/** The files of one site that lie beside the functions' code: where its datasets lie, and which transfers leave it. */
import type { StoredDataset } from '../../gateway/data-plane/stored-dataset';
import type { Dataset } from '../../gateway/datasets';
import type { RegisteredTransfer } from '../../gateway/decision/facts';
import { endOfTransfer } from '../../gateway/transfer';
import type { Transfer } from '../../gateway/transfer';
import { accessPointName, bucketName, tableName } from '../names';
import type { SiteContext } from '../site-context';

/**
 * Where this site keeps each dataset: restricted buckets by their access point, the others by name, tables by their ARN.
 * Datasets in databases are left out: the data plane speaks no SQL, so nobody is granted what it could not read.
 */
export function storedDatasets(at: SiteContext, datasets: readonly Dataset[]): readonly StoredDataset[] {
  return datasets.flatMap((schema) => {
    const store = at.enclave.stores.find(({ name }) => name === schema.store);
    if (store?.kind === 'table')
      return [{ source: tableArn(at, store.name), prefix: '', partitionKey: store.partitionKey, schema }];
    if (store?.kind !== 'bucket') return [];
    const source = store.class === 'restricted' ? accessPointArn(at, store.name) : bucketName(at, store.name);
    return [{ source, prefix: `${schema.name}/`, schema }];
  });
}

const tableArn = (at: SiteContext, store: string): string =>
  `arn:${at.region.partition}:dynamodb:${at.region.name}:${at.site.account}:table/${tableName(at, store)}`;

const accessPointArn = (at: SiteContext, store: string): string =>
  `arn:${at.region.partition}:s3:${at.region.name}:${at.site.account}:accesspoint/${accessPointName(at, store)}`;

/** The site's transfers as decisions know them: valid until the end of their last day (UTC). */
export function registeredTransfersOf(at: SiteContext, transfers: readonly Transfer[]): readonly RegisteredTransfer[] {
  return transfers
    .filter(({ from }) => from === at.site.id)
    .map(({ id, dataset, class: of, zone, expires, assessment }) => ({
      id,
      dataset,
      class: of,
      zone,
      expiresAt: endOfTransfer({ expires }).getTime(),
      ...(assessment === undefined ? {} : { assessment }),
    }));
}
