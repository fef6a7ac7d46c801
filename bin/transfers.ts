/** The register of transfers as the synth and the judge need it: checked today, and as the judge's own entries. */
import { datasets } from '../config/datasets';
import { ConfigurationError } from '../config/parse';
import { parseDatasets, parseTransfers } from '../config/registers';
import type { Enclave } from '../config/schema';
import { transfers } from '../config/transfers';
import { checkTransfers, exportBucketName, zoneOf } from '../lib/gateway/transfer';
import type { Transfer } from '../lib/gateway/transfer';
import type { Transfer as JudgedTransfer } from '../lib/residency';

/**
 * The registered transfers of an enclave.
 *
 * @throws ConfigurationError for a wrong, expired or unregistered entry, a line each: synth ends there
 */
export function registeredTransfers(
  config: Enclave,
  today: Date,
  given: readonly unknown[] = transfers,
  known: readonly unknown[] = datasets,
): readonly Transfer[] {
  const register = parseTransfers(given);
  const sites = config.sites.map(({ id }) => id);
  const lines = checkTransfers(register, today, sites, parseDatasets(known, config.stores));
  if (lines.length > 0) throw new ConfigurationError(lines.map((line) => `config/transfers.ts: ${line}`));
  return register;
}

/**
 * What the judge is told: from the transfer's export bucket to the recipient's bucket and account, and nowhere else. An
 * export within the EEA needs no entry, since the flow stays inside.
 */
export function judgedTransfers(config: Enclave, register: readonly Transfer[]): readonly JudgedTransfer[] {
  return register.flatMap((transfer) => {
    const site = config.sites.find(({ id }) => id === transfer.from);
    const { mechanism, expires, assessment = 'none needed: adequacy decision' } = transfer;
    if (site === undefined || mechanism === 'within-eea' || zoneOf(transfer.to) === 'EEA') return [];
    const entry = {
      class: transfer.class,
      store: exportBucketName(config.name, site, transfer),
      mechanism,
      assessment,
      until: expires,
    };
    return [
      { ...entry, id: `${transfer.id}/bucket`, destination: transfer.to.bucket },
      { ...entry, id: `${transfer.id}/account`, destination: transfer.to.account },
    ];
  });
}
