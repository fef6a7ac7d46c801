import { unknown } from '../opinion';
import type { StructuralRule } from './rule';

/** A store stands in the account and Region of a site, or in a registered source. */
export const storeOutsideSite: StructuralRule = {
  slug: 'store-outside-site',
  demands: 'Every store stands in the account and Region of a declared site.',
  remedy: 'Move the store into a site, or declare the place as a site.',
  channel: 'placement',
  findings: (stores, _survey, premises) =>
    stores.flatMap((store) => {
      const { account, region } = store.template.source;
      if (premises.sitesAt(account, region)?.[0]) return [];
      if (premises.options.sources?.some((one) => one.account === account && one.region === region)) return [];
      const home = premises.home(store);
      const where = `account ${account ?? 'unknown'} in ${region ?? 'an unknown Region'} belongs to no site`;
      return [
        {
          store,
          path: '',
          opinion:
            home.verdict === 'outside' ? { ...home, because: `${where}: ${home.because}` } : unknown(where, home.place),
        },
      ];
    }),
};
