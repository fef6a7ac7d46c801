/**
 * Which channels of the catalogue an attestation looks at. A row counts only when a claim or an inventory names it; a row
 * that nothing names is `unseen`, and one that no API call can show says why. Nothing is taken to be fine.
 */
import { allRows } from '../catalogue';
import type { ChannelRow } from '../catalogue';
import type { Service } from './service';

export interface ChannelCoverage {
  /** Slugs of rows whose probe is asked and judged. */
  readonly attested: readonly string[];
  /** Rows with a probe that nothing here asks or judges. */
  readonly unseen: readonly { readonly slug: string; readonly type: string; readonly probe: string }[];
  /** Rows that no read-only call can show, with the catalogue's reason. */
  readonly impossible: readonly { readonly slug: string; readonly why: string }[];
}

export function channelCoverage(services: readonly Service[]): ChannelCoverage {
  const looked = new Set(services.flatMap(({ channels }) => channels));
  const attested: string[] = [];
  const unseen: { slug: string; type: string; probe: string }[] = [];
  const impossible: { slug: string; why: string }[] = [];
  for (const { slug, type, defences } of allRows()) {
    if (looked.has(slug)) attested.push(slug);
    else if ('none' in defences.attestation) impossible.push({ slug, why: defences.attestation.none });
    else unseen.push({ slug, type, probe: probeOf(defences.attestation) });
  }
  return { attested, unseen, impossible };
}

/** `s3:GetBucketReplication`, as `AnyRead` names its operations. */
export const probeOf = (probe: Exclude<ChannelRow['defences']['attestation'], { readonly none: string }>): string =>
  `${probe.service}:${probe.operation}`;
