/** What the gateway of every site is built from: read and checked in `bin`, handed in as plain data. */
import type { Dataset } from '../../gateway/datasets';
import type { PolicySet } from '../../gateway/policies/policy-set';
import type { GatewaySettings } from '../../gateway/settings';
import type { Transfer } from '../../gateway/transfer';

export interface GatewayPlan {
  readonly settings: GatewaySettings;
  readonly policySet: PolicySet;
  readonly datasets: readonly Dataset[];
  /** Registered transfers of all sites, checked on the day of the synthesis. */
  readonly transfers: readonly Transfer[];
  /** Folder of the code and its files, by site id: files name the places of the site. */
  readonly code: Readonly<Record<string, string>>;
}

/** The transfers that leave this site. */
export const transfersOf = ({ transfers }: Pick<GatewayPlan, 'transfers'>, siteId: string): readonly Transfer[] =>
  transfers.filter(({ from }) => from === siteId);
