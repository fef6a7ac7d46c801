/**
 * The register of what lies outside the judged application: stores others own, accounts that are ours, hosts with the
 * country they stand in. What is neither in the application nor here is unknown.
 */
import { z } from 'zod';
import { parseRegister } from './register-error';
import { accountId, countryCode, dataClass, regionName, sentence } from './words';

const store = z
  .strictObject({
    /** Bucket name or other physical name. */
    name: sentence.optional(),
    arn: z.string().startsWith('arn:', 'an ARN begins with "arn:"').optional(),
    region: regionName,
    account: accountId.optional(),
    class: dataClass.optional(),
    owner: sentence.optional(),
  })
  .refine((entry) => entry.name !== undefined || entry.arn !== undefined, 'a store needs a name or an arn');

const account = z.strictObject({ id: accountId, owner: sentence, legalBasis: sentence.optional() });

const host = z.strictObject({
  /** Exact host name, or `*.example.eu` for every name below it. */
  host: z
    .string()
    .regex(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a host name is lower case, with dots, without scheme or path'),
  country: countryCode,
  operator: sentence.optional(),
});

export const externalStoresSchema = z.strictObject({
  stores: z.array(store).default([]),
  accounts: z.array(account).default([]),
  hosts: z.array(host).default([]),
});

export type ExternalStores = z.output<typeof externalStoresSchema>;
export type ExternalStore = ExternalStores['stores'][number];

export const NO_EXTERNAL_STORES: ExternalStores = { stores: [], accounts: [], hosts: [] };

/** Reads a parsed register of external stores. @throws RegisterError */
export function parseExternalStores(data: unknown, file: string): ExternalStores {
  return parseRegister(
    externalStoresSchema,
    data ?? {},
    file,
    'A register of external stores has the lists stores (name or arn, region, account), accounts (id, owner) and hosts (host, country).',
  );
}
