/** Objects as the batch needs them: read one exact version, write all or nothing. */
import type { Readable } from 'node:stream';
import type { RandomAccess } from './parquet';

/** One version of an object. */
export interface SourceObject {
  readonly key: string;
  /** Entity tag of the version that is meant; another version is refused. */
  readonly etag: string;
}

export interface ObjectSource {
  /** @throws when the object is not there any more in this version */
  open(object: SourceObject): Promise<Readable>;
  /** The same for readers that need ranges. */
  access(object: SourceObject): Promise<RandomAccess>;
}

export interface ObjectSink {
  exists(name: string): Promise<boolean>;
  /**
   * Writes the object so that it is seen when it is complete and never before; if the body fails, nothing is seen.
   * `present`: the name was taken when the last byte was ready, and what is there was left alone.
   */
  write(name: string, body: AsyncIterable<Uint8Array>): Promise<'created' | 'present'>;
}
