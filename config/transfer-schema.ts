/** The strict schema of a registered transfer. What depends on the clock, the sites and the datasets is checked at synth. */
import { z } from 'zod';
import { findCountry, findRegion } from '../lib/geo';
import { strict } from './strict';

const text = (what: string, pattern: RegExp, example: string) =>
  z.string().regex(pattern, `is no ${what}; write it like "${example}"`);

const someone = z.string().trim().min(3, 'names nobody; write the person or board');

const shape = strict({
  id: text('transfer id', /^[a-z][a-z0-9-]{2,19}$/, 'uk-statistics'),
  from: z.string().min(1),
  to: strict({
    name: z.string().trim().min(2),
    country: z.string().refine((code) => findCountry(code) !== undefined, {
      error: 'is no country code with a row in lib/geo/countries.ts; use ISO 3166-1 alpha-2 such as "GB"',
    }),
    bucket: text('bucket name', /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'example-inbox'),
    account: text('AWS account id', /^\d{12}$/, '111122223333'),
    region: z.string().refine((name) => findRegion(name) !== undefined, {
      error: 'is no Region with a row in lib/geo/regions.ts',
    }),
    key: text(
      'ARN of a KMS key',
      /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/(mrk-)?[0-9a-f-]{32,36}$/,
      'arn:aws:kms:eu-west-2:111122223333:key/00000000-0000-4000-8000-000000000000',
    ),
  }),
  class: z.enum(['interoperable', 'public', 'aggregate'], {
    error:
      'is no class that may be transferred; choose interoperable, public or aggregate. Restricted data is never transferred',
  }),
  dataset: z.string().min(1),
  fields: z.array(z.string().min(1)).min(1, 'is empty; name the fields that leave'),
  purposeGroup: text('purpose group', /^[a-z][a-z0-9-]{1,39}$/, 'service-operation'),
  minimumGroup: z.int().optional(),
  zone: z.enum(['EEA', 'ADEQUATE', 'THIRD'], { error: 'is no zone; choose EEA, ADEQUATE or THIRD' }),
  mechanism: z.enum(
    ['within-eea', 'adequacy', 'binding-corporate-rules', 'standard-contractual-clauses', 'derogation'],
    {
      error:
        'is no mechanism; choose within-eea, adequacy, binding-corporate-rules, standard-contractual-clauses or derogation',
    },
  ),
  /** Id of the transfer impact assessment; required where the zone is THIRD. */
  assessment: z.string().trim().min(3).optional(),
  owner: someone,
  approver: someone,
  expires: text('date', /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, '2027-06-30'),
});

export const transfersSchema = z.array(shape);

export type TransferInput = z.input<typeof shape>;
