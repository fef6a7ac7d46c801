/**
 * The strict schema of dataset definitions: for every field what it is made of and what becomes of it on the way out.
 *
 * A dataset lists all its fields. What it does not list does not pass: the record goes to quarantine.
 */
import { z } from 'zod';

const name = (what: string) => z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, `is no ${what}; write it like "sentAt"`);

/** Regular expressions run on every value: one that does not compile, or repeats a repetition, is refused. */
const pattern = z.string().superRefine((source, context) => {
  try {
    new RegExp(source, 'u');
  } catch {
    context.addIssue({ code: 'custom', message: 'is no regular expression (flag u); write it like "[a-z]{2}"' });
  }
  if (/[+*}]\)[+*{]/.test(source))
    context.addIssue({ code: 'custom', message: 'repeats a repetition, which can take for ever; write it without' });
});

const KINDS = {
  string: {
    type: z.literal('string'),
    maxLength: z.int().min(1).max(65_536).optional(),
    pattern: pattern.optional(),
    oneOf: z.array(z.string().min(1)).min(1).optional(),
  },
  integer: { type: z.literal('integer'), min: z.int().optional(), max: z.int().optional() },
  number: { type: z.literal('number'), min: z.number().optional(), max: z.number().optional() },
  boolean: { type: z.literal('boolean') },
  date: { type: z.literal('date') },
  instant: { type: z.literal('instant') },
  ip: { type: z.literal('ip') },
};

const optional = { optional: z.literal(true).optional() };

/** Every kind of value with one treatment. */
function withTreatment<Shape extends z.ZodRawShape>(treatment: Shape) {
  const kind = <Kind extends z.ZodRawShape>(shape: Kind) => z.strictObject({ ...shape, ...optional, ...treatment });
  return {
    string: kind(KINDS.string),
    integer: kind(KINDS.integer),
    number: kind(KINDS.number),
    boolean: kind(KINDS.boolean),
    date: kind(KINDS.date),
    instant: kind(KINDS.instant),
    ip: kind(KINDS.ip),
  };
}

const drop = withTreatment({ treatment: z.literal('drop') });
const keep = withTreatment({
  treatment: z.literal('keep'),
  /** Kept text that no list or pattern bounds can hold anything; it must be meant. */
  freeText: z.literal(true).optional(),
});
const pseudonymise = withTreatment({
  treatment: z.literal('pseudonymise'),
  identifier: z.string().regex(/^[a-z][a-z-]{1,30}$/, 'is no kind of identifier; write it like "person"'),
  form: z.enum(['exact', 'caseless']).optional(),
});

const treated = { treatment: z.literal('generalise') };
const year = withTreatment({ ...treated, method: z.literal('year') });
const ageBand = withTreatment({ ...treated, method: z.literal('ageBand'), years: z.int().min(5).max(30) });
const country = withTreatment({ ...treated, method: z.literal('country') });
const ipPrefix = withTreatment({ ...treated, method: z.literal('ipPrefix') });
const postcode = withTreatment({
  ...treated,
  method: z.literal('postcodePrefix'),
  characters: z.int().min(1).max(3, 'is more than a region; keep three characters at most'),
});
const bucket = withTreatment({ ...treated, method: z.literal('bucket'), width: z.int().min(2) });

/** Each treatment with the kinds of value it takes, and no others. */
const field = z.discriminatedUnion(
  'treatment',
  [
    z.discriminatedUnion('type', [
      drop.string,
      drop.integer,
      drop.number,
      drop.boolean,
      drop.date,
      drop.instant,
      drop.ip,
    ]),
    z.discriminatedUnion('type', [keep.string, keep.integer, keep.number, keep.boolean, keep.date, keep.instant]),
    z.discriminatedUnion('type', [pseudonymise.string, pseudonymise.integer, pseudonymise.ip]),
    z.discriminatedUnion('method', [
      z.discriminatedUnion('type', [year.date, year.instant]),
      z.discriminatedUnion('type', [ageBand.date, ageBand.integer]),
      country.string,
      ipPrefix.ip,
      postcode.string,
      z.discriminatedUnion('type', [bucket.integer, bucket.number]),
    ]),
  ],
  { error: 'is no treatment; choose drop, keep, pseudonymise or generalise' },
);

const table = z.strictObject({
  person: z.string(),
  groupBy: z.array(z.string()).min(1).max(4),
  sums: z.array(z.strictObject({ field: z.string(), lower: z.int(), upper: z.int() })),
});

const shape = z.strictObject({
  name: name('dataset name'),
  class: z.enum(['restricted', 'interoperable', 'public', 'aggregate']),
  store: z.string().min(1),
  format: z.enum(['jsonl', 'csv', 'parquet']),
  fields: z.record(z.string(), field).refine((fields) => Object.keys(fields).length > 0, {
    error: 'is empty; a dataset has fields',
  }),
  /** The one table that may be counted over the dataset. */
  table: table.optional(),
});

export type DatasetInput = z.input<typeof shape>;
export type DatasetDefinition = z.output<typeof shape>;

type Report = (path: (string | number)[], message: string, seen?: unknown) => void;

function checkNames({ fields }: DatasetDefinition, report: Report): void {
  for (const key of Object.keys(fields)) {
    if (!/^[a-z][A-Za-z0-9]{0,39}$/.test(key)) report(['fields', key], 'is no field name; write it like "sentAt"', key);
    else if (key in Object.prototype) report(['fields', key], 'is a name every object has; choose another', key);
  }
}

function checkFreeText({ class: dataClass, fields }: DatasetDefinition, report: Report): void {
  for (const [key, field] of Object.entries(fields)) {
    if (field.treatment !== 'keep') continue;
    const bounded = field.type !== 'string' || field.oneOf !== undefined || field.pattern !== undefined;
    if (field.freeText === true && dataClass === 'restricted')
      report(['fields', key, 'freeText'], 'is never kept in a restricted dataset; drop the field', true);
    else if (field.freeText === true && bounded)
      report(['fields', key, 'freeText'], 'is said of a field that is not free text; remove it', true);
    else if (field.freeText !== true && !bounded)
      report(['fields', key], 'keeps text that may hold anything; give oneOf or pattern, say freeText, or drop it');
  }
}

function checkTable({ table: given, fields }: DatasetDefinition, report: Report): void {
  if (given === undefined) return;
  if (fields[given.person]?.treatment !== 'pseudonymise')
    report(['table', 'person'], 'is no pseudonymised field; name the one that says whose record it is', given.person);
  given.groupBy.forEach((key, i) => {
    const treatment = fields[key]?.treatment;
    if (treatment !== 'keep' && treatment !== 'generalise')
      report(['table', 'groupBy', i], 'is no kept or generalised field; group by one of those', key);
    else if (given.groupBy.indexOf(key) < i) report(['table', 'groupBy', i], 'is named twice; name it once', key);
  });
  given.sums.forEach(({ field: key, lower, upper }, i) => {
    const summed = fields[key];
    if (summed?.treatment !== 'keep' || summed.type !== 'integer')
      report(['table', 'sums', i, 'field'], 'is no kept field of type integer; sum one of those', key);
    if (lower > upper) report(['table', 'sums', i, 'lower'], `is above upper (${upper}); bounds go upwards`, lower);
  });
}

/** The schema with the checks that look across fields. */
export const datasetSchema = shape.superRefine((dataset, context) => {
  const report: Report = (path, message, seen) => context.addIssue({ code: 'custom', path, message, input: seen });
  checkNames(dataset, report);
  checkFreeText(dataset, report);
  checkTable(dataset, report);
});
