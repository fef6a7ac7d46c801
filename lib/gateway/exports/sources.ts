/** The port to what may be exported: the objects of one dataset, read in a session of the transfer's own. */
import type { Dataset } from '../decision/facts';
import type { ObjectSource, SourceObject } from '../pseudonymise';
import type { Transfer } from '../transfer';

/** One object as it is listed. */
export interface ListedObject extends SourceObject {
  readonly written: Date;
}

export interface OpenedDataset {
  /** In the order of their keys. */
  list(): AsyncIterable<ListedObject>;
  readonly source: ObjectSource;
}

export interface ExportOrder {
  readonly transfer: Transfer;
  /** Where the dataset lies. */
  readonly place: Dataset;
  /** Id of the run, for the trail. */
  readonly runId: string;
}

export interface ExportSources {
  /** Opens a session that reads this dataset and nothing else. */
  open(order: ExportOrder): Promise<OpenedDataset>;
}
