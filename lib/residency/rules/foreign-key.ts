import { locate } from '../destination';
import { unknown } from '../opinion';
import type { RuleFinding, StructuralRule } from './rule';
import { isKey, keysOf } from './store-keys';

/** A key held elsewhere puts the means to read in other hands, whatever the data's own place. */
export const foreignKey: StructuralRule = {
  slug: 'foreign-key',
  demands: 'A store is encrypted with a key of its own Region, account and site.',
  remedy: 'Encrypt the store with the key of its class in its own site.',
  channel: 'granted-permission',
  findings: (stores, survey, premises) =>
    stores.flatMap((store) => {
      if (isKey(store)) return [];
      const { account, region } = store.template.source;
      return keysOf(store, survey).flatMap(({ leaf, possible }): RuleFinding[] => {
        const key = locate(possible.value, premises, { from: store, bareName: 'here' });
        if (key.verdict !== 'inside')
          return [{ store, path: leaf.path, opinion: { ...key, because: `its key is ${key.because}` }, at: leaf }];
        const elsewhere =
          (key.place.region !== undefined && key.place.region !== region) ||
          (key.place.account !== undefined && key.place.account !== account);
        return elsewhere
          ? [
              {
                store,
                path: leaf.path,
                opinion: unknown(`its key is ${key.because}, not in the place of the store`, key.place),
                at: leaf,
              },
            ]
          : [];
      });
    }),
};
