/** The customer keys that stores are encrypted with, as their templates state them. */
import { rowsOf } from '../catalogue';
import { KEY_PROPERTY, isKey } from '../residency/rules/store-keys';
import type { Possible, Resource } from '../template';
import { describe } from '../template';
import { storeWords } from './wording';

export interface CustomerKey {
  readonly possible: Possible;
  /** The key, when a template of the application creates it. */
  readonly resource?: Resource;
  readonly words: string;
}

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
