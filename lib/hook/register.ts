/** What the judge is told beside the template: packaged with the function, written when the enclave is synthesised. */
import { z } from 'zod';
import { findRegion, requireCountry } from '../geo';
import { NOTHING_REGISTERED, externalStoresSchema, transfersSchema } from '../residency';
import type { JudgeOptions } from '../residency';

const place = z.strictObject({ siteId: z.string(), account: z.string(), region: z.string() });

export const registerSchema = z.strictObject({
  /** Where stores may stand; their presence switches the structural rules on. */
  sites: z.array(place).min(1),
  /** Accounts that are ours. */
  accounts: z.array(z.string()),
  /** Buckets of the whole enclave: a bucket's name says neither its account nor its Region. */
  buckets: externalStoresSchema.shape.stores,
  transfers: transfersSchema.shape.transfers,
  reviewedTypes: z.array(z.string()),
});

export type HookRegister = z.output<typeof registerSchema>;

/** The options of the judge in the hook. No waiver: an exception has to be agreed at synthesis, where it is seen. */
export const judgeOptions = (register: HookRegister, now: Date): JudgeOptions => ({
  ...NOTHING_REGISTERED,
  stores: { stores: register.buckets, accounts: [], hosts: [] },
  accounts: register.accounts,
  sites: register.sites,
  transfers: register.transfers,
  reviewedTypes: register.reviewedTypes,
  now,
});

/** True for a Region of a country in the EEA. */
export function isInEea(region: string): boolean {
  const known = findRegion(region);
  return known !== undefined && requireCountry(known.country).eea;
}
