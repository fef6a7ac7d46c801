import type { Resource } from '../../template';
import { fullLabel } from '../labels';
import { unknown } from '../opinion';
import { storeRef } from '../stores';
import type { RuleFinding, StructuralRule } from './rule';
import { isKey, keysDenoted, keysOf } from './store-keys';

/** Whoever may use a key may read every class it opens, so each class has its own. */
export const sharedKey: StructuralRule = {
  slug: 'shared-key',
  demands: 'No key encrypts stores of different data classes.',
  remedy: 'Give each data class of a site its own key.',
  channel: 'granted-permission',
  findings: (stores, survey, premises) => {
    const users = new Map<Resource, { store: Resource; path: string }[]>();
    for (const store of stores) {
      if (isKey(store)) continue;
      for (const { leaf, possible } of keysOf(store, survey))
        for (const key of keysDenoted(possible.value, premises)) {
          const list = users.get(key) ?? [];
          list.push({ store, path: leaf.path });
          users.set(key, list);
        }
    }
    const found: RuleFinding[] = [];
    for (const [key, list] of users) {
      const classOf = (store: Resource): string => storeRef(store, premises).class;
      const own = storeRef(key, premises);
      const said = own.classified ? [own.class] : [];
      const classes = [...new Set([...said, ...list.map(({ store }) => classOf(store))])].sort();
      if (classes.length < 2) continue;
      for (const { store, path } of list)
        found.push({
          store,
          path,
          opinion: unknown(`${fullLabel(key)} opens data of the classes ${classes.join(' and ')}`, {
            value: key.constructPath ?? key.logicalId,
          }),
        });
    }
    return found;
  },
};
