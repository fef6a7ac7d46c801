/** The port to stored objects, read with a session's credentials and nothing else. */
import type { Session } from './sessions';

export interface Objects {
  /** The object's bytes; undefined when there is no such object. */
  read(source: string, key: string, session: Session): Promise<AsyncIterable<Uint8Array> | undefined>;
}
