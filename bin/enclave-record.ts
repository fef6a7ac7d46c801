/** What a synthesis recorded beside its templates: sites, operator, auditor. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { EnclaveRecord } from '../lib/report/register';
import { UsageError } from './input';
import { jsonAt } from './side';

const party = z.object({ name: z.string(), country: z.string() });

const recordSchema = z.object({
  enclave: z.string(),
  operator: party,
  auditor: party.extend({ account: z.string().optional() }),
  sites: z.array(
    z.object({
      site: z.string(),
      account: z.string(),
      region: z.string(),
      committed: z.string(),
      actual: z.string(),
      status: z.string(),
      standIn: z.object({ reason: z.string(), acceptedBy: z.string(), reviewBy: z.string() }).optional(),
      zones: z.array(z.string()),
      homeOf: z.array(z.string()),
    }),
  ),
  migration: z
    .looseObject({ sunset: z.iso.date(), inbound: z.array(z.unknown()) })
    .transform(({ sunset, inbound }) => ({ sunset, sources: inbound.length }))
    .optional(),
});

/** The record of an assembly; undefined when it has none. @throws UsageError when it cannot be read */
export function enclaveRecordOf(assembly: string): EnclaveRecord | undefined {
  const file = join(assembly, 'evidence', 'commitments.json');
  if (!existsSync(file)) return undefined;
  const read = recordSchema.safeParse(jsonAt(file));
  if (!read.success)
    throw new UsageError(
      `${file}: is no record of sites (${read.error.issues[0]?.path.join('.')}). Synthesise it again.`,
    );
  return read.data;
}
