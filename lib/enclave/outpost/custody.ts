/** What an Outpost does not hold itself: the honest half of a placement outside every Region. */
import type { OutpostPlacement } from '../../../config/placement-schema';
import type { Region } from '../../geo';

export interface OutpostCustody {
  readonly outpostArn: string;
  /** ISO codes: where the data stands, and where the keys that open it stand. */
  readonly dataCountry: string;
  readonly keyCountry: string;
  readonly keyCustody: { readonly reason: string; readonly acceptedBy: string };
  /** Stands in the parent Region's country. */
  readonly inParentRegion: readonly string[];
  /** Held under keys of AWS itself, because the service takes no other. */
  readonly underKeysOfAws: readonly string[];
  /** Stores the site goes without. */
  readonly without: readonly string[];
  readonly excludes: readonly string[];
}

/** Facts of the Outposts, RDS and S3 user guides (docs.aws.amazon.com), checked 2026-11-22. */
export function outpostCustody(parent: Region, placement: OutpostPlacement): OutpostCustody {
  const { siteCountry, keyCustody, outpostArn, without } = placement;
  return {
    outpostArn,
    dataCountry: siteCountry,
    keyCountry: parent.country,
    keyCustody: { reason: keyCustody.reason, acceptedBy: keyCustody.acceptedBy },
    inParentRegion: [
      'customer keys (KMS), and with them every decision to decrypt',
      'master secrets of databases (Secrets Manager)',
      'flow logs and DNS query logs, which hold addresses (CloudWatch Logs)',
      'names, tags and metrics of every resource, and the calls that manage them',
    ],
    underKeysOfAws: ['objects in buckets (S3 on Outposts encrypts with S3’s own keys)'],
    without,
    excludes: [
      'Multi-AZ and read replicas: with backups kept on the Outpost RDS offers neither',
      'copies at another site: losing the Outpost loses its data',
      'the security gateway: its functions run in Regions only',
    ],
  };
}
