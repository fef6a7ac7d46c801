/** The port to stored data, read with a session's credentials and nothing else. */
import type { Session } from './sessions';

/** What one access opens: an object, or the items of a table under one value of its partition key. */
export interface StoredPlace {
  /** ARN of the access point or name of the bucket; ARN of the table. */
  readonly source: string;
  /** Key of the object, or the value of the partition key. */
  readonly key: string;
  /** Name of the partition key; present for tables, and only for them. */
  readonly partitionKey?: string | undefined;
}

export interface Objects {
  /** The object's bytes, or the items as JSON Lines in the order of the table; undefined when there is nothing there. */
  read(place: StoredPlace, session: Session): Promise<AsyncIterable<Uint8Array> | undefined>;
}
