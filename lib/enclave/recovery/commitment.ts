import { bucketName, replicaBucketName } from '../names';
import type { SiteContext } from '../site-context';
import { recoveriesOf } from './recovery';

/** What is carried home, as the commitments state it. */
export interface RecoveryCommitment {
  /** ISO date. */
  readonly until: string;
  readonly approvedBy: string;
  readonly reason: string;
  readonly sites: readonly {
    readonly site: string;
    /** Where its objects stand for the time being. */
    readonly copiesAt: { readonly site: string; readonly region: string; readonly country: string };
    readonly by: string;
    readonly buckets: readonly { readonly from: string; readonly to: string }[];
    /** Stores of the site that have no copy to be carried home by this. */
    readonly notCarried: readonly string[];
  }[];
}

/** The part of the commitments about recoveries; empty without one. */
export function recoveryCommitment(enclave: SiteContext['enclave']): { readonly recovery?: RecoveryCommitment } {
  if (!enclave.recovery) return {};
  const { until, approvedBy, reason } = enclave.recovery;
  const sites = recoveriesOf(enclave).map(({ lost, partner, roleArn }) => ({
    site: lost.site.id,
    copiesAt: { site: partner.site.id, region: partner.region.name, country: partner.actualCountry.code },
    by: roleArn,
    buckets: enclave.stores.flatMap(({ kind, name }) =>
      kind === 'bucket' ? [{ from: replicaBucketName(lost, partner, name), to: bucketName(lost, name) }] : [],
    ),
    notCarried: enclave.stores.flatMap(({ kind, name }) => (kind === 'bucket' ? [] : [`${kind} ${name}`])),
  }));
  return { recovery: { until, approvedBy, reason, sites } };
}
