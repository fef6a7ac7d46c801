/** The register of transfers as the synth and the judge need it: checked today, and as the judge's own entries. */
import { datasets as shippedDatasets } from '../config/datasets';
import { ConfigurationError } from '../config/parse';
import { parseDatasets, parseTransfers } from '../config/registers';
import type { Enclave } from '../config/schema';
import { transfers } from '../config/transfers';
import { exportPurpose } from '../lib/enclave/keys/key-plan';
import { checkTransfers, exportBucketName } from '../lib/gateway/transfer';
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
  known: readonly unknown[] = shippedDatasets,
): readonly Transfer[] {
  const register = parseTransfers(given);
  const sites = config.sites.map(({ id }) => id);
  const datasets = parseDatasets(known, config.stores);
  const lines = [...checkTransfers(register, today, sites, datasets), ...placeLines(config, register, datasets)];
  if (lines.length > 0) throw new ConfigurationError(lines.map((line) => `config/transfers.ts: ${line}`));
  return register;
}

/** Whether data can be read and given its pseudonyms where the transfer begins: known from the whole configuration only. */
function placeLines(
  { pseudonymAuthority, sites, stores }: Enclave,
  register: readonly Transfer[],
  known: readonly { readonly name: string; readonly store: string }[],
): readonly string[] {
  return register.flatMap(({ id, from, dataset }) => {
    const store = stores.find(({ name }) => name === known.find(({ name: of }) => of === dataset)?.store);
    return [
      ...(from === pseudonymAuthority || !sites.some((site) => site.id === from)
        ? []
        : [
            `transfers: ${id}: from: saw ${from}, while ${pseudonymAuthority} alone holds the key of the pseudonyms; let it leave there`,
          ]),
      ...(store === undefined || store.kind === 'bucket'
        ? []
        : [
            `transfers: ${id}: dataset: saw ${dataset}, which lies in a ${store.kind}; only objects in buckets are exported`,
          ]),
    ];
  });
}

/**
 * What the judge is told: from the transfer's export bucket, and the key that seals it, to the recipient's bucket and
 * account, and nowhere else. A recipient within the EEA is registered like any other: its account is not ours.
 */
export function judgedTransfers(config: Enclave, register: readonly Transfer[]): readonly JudgedTransfer[] {
  return register.flatMap((transfer) => {
    const site = config.sites.find(({ id }) => id === transfer.from);
    const { id, mechanism, expires, assessment = `none needed: ${mechanism}`, to } = transfer;
    if (site === undefined) return [];
    const stores = {
      bucket: exportBucketName(config.name, site, transfer),
      key: `${site.id}-keys/${transfer.class}-${exportPurpose(transfer)}/Key/Resource`,
    };
    return Object.entries(stores).flatMap(([from, store]) =>
      Object.entries({ bucket: to.bucket, account: to.account }).map(([where, destination]) => ({
        id: `${id}/${from}-to-${where}`,
        class: transfer.class,
        store,
        destination,
        mechanism,
        assessment,
        until: expires,
      })),
    );
  });
}
