/** Agreed names between a source abroad and the site it brings data to. The source aims at them; nothing here aims back. */
import type { Migration, ObjectSource } from '../../../config/migration-schema';
import { requireRegion } from '../../geo';
import { siteContext } from '../site-context';
import type { SiteContext } from '../site-context';

/** A migration as its stack needs it: the site it lands at and what is brought in. */
export interface Landing {
  readonly at: SiteContext;
  readonly migration: Migration;
}

/** The migration that lands at this site; undefined when none does. */
export function landingAt(at: SiteContext): Landing | undefined {
  const { migration } = at.enclave;
  return migration?.site === at.site.id ? { at, migration } : undefined;
}

export const landingBucketName = (at: SiteContext, source: string): string =>
  `${at.enclave.name}-${at.site.id}-landing-${source}-${at.site.account}`;

/** Purpose of the key under which what this source brings arrives. */
export const landingPurpose = (source: string): string => `landing-${source}`;

/** ARN of the one role that may write to the landing bucket: a role of the source's own account. */
export const sourceRoleArn = ({ account, region, role }: ObjectSource): string =>
  `arn:${requireRegion(region).partition}:iam::${account}:role/${role}`;

/** What comes in, as the commitments state it: from where, to where, by what. */
export interface InboundFlow {
  readonly id: string;
  readonly direction: 'inbound';
  readonly from: {
    readonly account: string;
    readonly region: string;
    readonly country: string;
    readonly store: string;
  };
  readonly to: { readonly site: string; readonly region: string; readonly store: string; readonly landsIn: string };
  readonly by: string;
}

/** Every inbound flow of the migration; the source's Region stands in `from` and nowhere else. */
export function inboundFlows({ at, migration }: Landing): InboundFlow[] {
  const place = (source: { account: string; region: string }) => ({
    account: source.account,
    region: source.region,
    country: requireRegion(source.region).country,
  });
  const to = { site: at.site.id, region: at.region.name };
  return [
    ...migration.objects.map((source): InboundFlow => ({
      id: source.id,
      direction: 'inbound',
      from: { ...place(source), store: source.bucket },
      to: { ...to, store: source.into, landsIn: landingBucketName(at, source.id) },
      by: 'S3 Batch Operations copy of the source',
    })),
    ...migration.databases.map((source): InboundFlow => ({
      id: source.id,
      direction: 'inbound',
      from: { ...place(source), store: source.into },
      to: {
        ...to,
        store: source.into,
        landsIn: source.via.kind === 'snapshot' ? source.via.snapshot : landingBucketName(at, source.via.landed),
      },
      by: source.via.kind === 'snapshot' ? 'restore of a snapshot' : 'DMS load of landed files',
    })),
  ];
}

/** The context of the site at which the enclave's migration lands; undefined without one. */
export function landingOf(enclave: SiteContext['enclave']): Landing | undefined {
  return enclave.migration && landingAt(siteContext(enclave, enclave.migration.site));
}
