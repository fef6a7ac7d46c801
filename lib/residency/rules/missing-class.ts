import { storeFacts } from '../../catalogue';
import { DATA_CLASS_TAG } from '../model';
import { unknown } from '../opinion';
import { storeRef } from '../stores';
import type { StructuralRule } from './rule';

/** A store says which class of data it holds; one that does not is treated as restricted, and told so. */
export const missingClass: StructuralRule = {
  slug: 'missing-class',
  demands: `Every store that can be tagged carries ${DATA_CLASS_TAG}.`,
  remedy: `Tag the store with ${DATA_CLASS_TAG}: restricted, interoperable, public, aggregate or audit.`,
  channel: 'placement',
  findings: (stores, _survey, premises) =>
    stores.flatMap((store) => {
      const path = storeFacts(store.type)?.tags;
      if (path === undefined || storeRef(store, premises).classified) return [];
      return [
        { store, path, opinion: unknown(`it carries no readable tag ${DATA_CLASS_TAG}`, { value: 'no data class' }) },
      ];
    }),
};
