/**
 * Which keys a site holds: one customer key per data class and purpose, so that no key opens two classes and losing or
 * disabling one stops exactly one use.
 */
import type { StoreConfig } from '../../../config/schema';
import type { Transfer } from '../../gateway/transfer';
import { recoveryOf } from '../recovery/recovery';
import type { Recovery } from '../recovery/recovery';
import { incomingPartners, outgoingPair } from '../site-context';
import type { SiteContext, StoreClass } from '../site-context';

/** What a key is used for; decides through which AWS service alone it can be used. */
export type KeyUse =
  | 'objects'
  | 'replicas'
  | 'landing'
  | 'tables'
  | 'database'
  | 'backups'
  | 'insights'
  | 'secrets'
  | 'queues'
  | 'logs'
  | 'pseudonyms';

export interface KeyPlan {
  readonly class: StoreClass;
  /** Name of the purpose: part of the alias. */
  readonly purpose: string;
  readonly use: KeyUse;
  /** Source site, for keys of copies that another site writes here. */
  readonly writtenBy?: SiteContext;
  /** While a site is filled again: what carries its copies home, from this key or to it. */
  readonly recovery?: Recovery;
  /** Role outside the enclave, for keys under which a migration lands. */
  readonly landsFrom?: ForeignWriter;
}

/** The one role of another account that writes here, and the account. */
export interface ForeignWriter {
  readonly account: string;
  readonly roleArn: string;
}

const classesOf = (stores: readonly StoreConfig[], kind: StoreConfig['kind']): StoreConfig['class'][] => [
  ...new Set(stores.filter((s) => s.kind === kind).map((s) => s.class)),
];

/** Keys that stand in the site's own Region. */
export function plannedKeys(at: SiteContext): KeyPlan[] {
  const { stores } = at.enclave;
  const recovering = (site: SiteContext): Pick<KeyPlan, 'recovery'> => {
    const recovery = recoveryOf(site);
    return recovery ? { recovery } : {};
  };
  const objects = classesOf(stores, 'bucket').map((c): KeyPlan => ({
    class: c,
    purpose: 'objects',
    use: 'objects',
    ...recovering(at),
  }));
  const tables = classesOf(stores, 'table').map((c): KeyPlan => ({ class: c, purpose: 'tables', use: 'tables' }));
  const databases = classesOf(stores, 'database').flatMap((c): KeyPlan[] => [
    { class: c, purpose: 'database', use: 'database' },
    { class: c, purpose: 'insights', use: 'insights' },
    { class: c, purpose: 'secrets', use: 'secrets' },
  ]);
  const replicas = incomingPartners(at).flatMap((from) =>
    classesOf(stores, 'bucket').map((c): KeyPlan => ({
      class: c,
      purpose: replicaPurpose(from),
      use: 'replicas',
      writtenBy: from,
      ...recovering(from),
    })),
  );
  const audit: KeyPlan[] = [
    { class: 'audit', purpose: 'logs', use: 'logs' },
    { class: 'audit', purpose: 'objects', use: 'objects' },
    { class: 'audit', purpose: 'ledger', use: 'tables' },
    { class: 'audit', purpose: 'queues', use: 'queues' },
  ];
  const pseudonyms: KeyPlan[] =
    at.enclave.pseudonymAuthority === at.site.id
      ? [{ class: 'restricted', purpose: 'pseudonyms', use: 'pseudonyms' }]
      : [];
  // S3 on Outposts takes no key of ours, and RDS there has no insights and no copies.
  if (at.site.placement.kind === 'outpost')
    return [
      ...databases.filter(({ use }) => use !== 'insights'),
      ...audit.filter(({ use }) => use === 'logs'),
      ...pseudonyms,
    ];
  return [...objects, ...tables, ...databases, ...replicas, ...audit, ...pseudonyms];
}

/** Keys of the site's own database backups in the partner's Region; none when the site copies to nobody. */
export function plannedBackupKeys(at: SiteContext): KeyPlan[] {
  if (!outgoingPair(at)) return [];
  return classesOf(at.enclave.stores, 'database').map((c): KeyPlan => ({
    class: c,
    purpose: 'database-backups',
    use: 'backups',
  }));
}

/** Keys of what leaves under registered transfers: one each, so that disabling it ends that transfer and no other. */
export const plannedExportKeys = (transfers: readonly Pick<Transfer, 'id' | 'class'>[]): KeyPlan[] =>
  transfers.map((transfer) => ({ class: transfer.class, purpose: exportPurpose(transfer), use: 'objects' }));

/** Purpose of the key that encrypts what a transfer lets leave. */
export const exportPurpose = ({ id }: Pick<Transfer, 'id'>): string => `export-${id}`;

/** Purpose of the key that encrypts the copies of `from`. */
export const replicaPurpose = (from: SiteContext): string => `replicas-of-${from.site.id}`;
