/** The customer keys that stores are encrypted with, as their templates state them. */
import { rowsOf, storeFacts } from '../catalogue';
import type { Possible, Resource } from '../template';
import { describe } from '../template';
import { storeWords } from './wording';

/** A property that names a KMS key. */
const KEY_PROPERTY = /(?:^|\.)(?:\w*(?:KMS|Kms|kms)\w*(?:Id|ID|Arn|ARN|Key)|EncryptionKeyArn|EncryptionKey)$/u;

export interface CustomerKey {
  readonly possible: Possible;
  /** The key, when a template of the application creates it. */
  readonly resource?: Resource;
  readonly words: string;
}

/** True for resources that are keys themselves. */
export const isKey = (resource: Resource): boolean => storeFacts(resource.type)?.keyMaterial === true;

/** How documents name a resource: construct path, else `stack/logicalId`. */
export const nameOf = ({ template, logicalId, constructPath }: Resource): string =>
  storeWords({ stack: template.source.stackName, logicalId, ...(constructPath ? { constructPath } : {}) });

/** Every key a store may be encrypted with where it stands; keys of copies elsewhere belong to the copies. */
export function customerKeysOf(store: Resource): readonly CustomerKey[] {
  if (isKey(store)) return [];
  const elsewhere = rowsOf(store.type).flatMap((row) => row.paths);
  return [...store.leaves()]
    .filter((leaf) => KEY_PROPERTY.test(leaf.path) && !elsewhere.includes(leaf.path.replace(/\[\d+\]/gu, '[]')))
    .flatMap((leaf) => leaf.possible)
    .map((possible) => {
      const [resource] = store.template.application.denoted(possible.value);
      return resource ? { possible, resource, words: nameOf(resource) } : { possible, words: describe(possible.value) };
    });
}
