/**
 * What becomes of one record: every field checked, then dropped, kept, pseudonymised or generalised; or the record is
 * refused as a whole. Made once per batch from the dataset, so that a record costs as little as it can.
 */
import type { RecordMac, Tokeniser } from './record-mac';
import { parse as parseAddress } from 'ipaddr.js';
import { DatasetError, generaliser, valueCheck } from '../datasets';
import type { Dataset, Field, Value } from '../datasets';
import { UNKNOWN_FIELD } from './quarantine';
import type { Complaint } from './quarantine';

/** A checked record's shown values, in the order of {@link RecordRule.shown}; undefined where an optional field is absent. */
export type Row = readonly (Value | undefined)[];

export interface RecordRule {
  /** Names of the fields that are shown, in the schema's order. */
  readonly shown: readonly string[];
  /** For each shown field: its values need no escaping in JSON or CSV. */
  readonly plain: readonly boolean[];
  /** Fills `row` and returns undefined; or says what is wrong and leaves `row` without meaning. */
  apply(record: unknown, row: (Value | undefined)[]): readonly Complaint[] | undefined;
}

/** How the record is to be shown. */
export type RuleForm =
  /** Fields as stored, where the schema knows them. */
  | { readonly kind: 'raw' }
  /** By the schema's treatments. */
  | {
      readonly kind: 'treated';
      readonly mac: RecordMac;
      readonly recipient: string;
      readonly purposeGroup: string;
      /** ISO day at which ages are reckoned. */
      readonly referenceDay: string;
      /** Shown at most; absent: every field the schema shows. */
      readonly only?: readonly string[];
    };

/** First part of every MAC: no other use of the key can make the same bytes. */
export const TOKEN_LABEL = 'enclave/pseudonym/v1';

/** A record may have any number of unknown fields; a few complaints are enough to find the cause. */
const MOST_COMPLAINTS = 16;

interface Step {
  readonly name: string;
  readonly required: boolean;
  readonly check: (value: unknown) => value is Value;
  /** Index in the row; -1: dropped. */
  readonly at: number;
  readonly treat: (value: Value) => Value | undefined;
}

/** The rule of a dataset in a form. @throws DatasetError when the dataset asks for something that does not exist */
export function recordRule(dataset: Dataset, form: RuleForm): RecordRule {
  const names = Object.keys(dataset.fields);
  const only = form.kind === 'treated' ? form.only : undefined;
  const shown = names.filter(
    (name) =>
      form.kind === 'raw' ||
      (fieldOf(dataset, name).treatment !== 'drop' && (only === undefined || only.includes(name))),
  );
  const missing = only?.filter((name) => !shown.includes(name)) ?? [];
  if (missing.length > 0)
    throw new DatasetError(`dataset ${dataset.name} does not show ${missing.join(', ')}; it shows ${shown.join(', ')}`);
  const steps = names.map((name): Step => {
    const field = fieldOf(dataset, name);
    const at = shown.indexOf(name);
    return {
      name,
      required: field.optional !== true,
      check: valueCheck(field),
      at,
      treat: at < 0 ? same : treat(dataset, name, form),
    };
  });
  return {
    shown,
    plain: shown.map((name) => isPlain(fieldOf(dataset, name), form)),
    apply: applier(steps, shown.length),
  };
}

const same = (value: Value): Value => value;

function fieldOf(dataset: Dataset, name: string): Field {
  const field = dataset.fields[name];
  if (field === undefined) throw new DatasetError(`dataset ${dataset.name} has no field ${name}`);
  return field;
}

function applier(steps: readonly Step[], width: number): RecordRule['apply'] {
  const place = new Map(steps.map((step, i) => [step.name, i]));
  const values = new Array<unknown>(steps.length);
  return (record, row) => {
    if (typeof record !== 'object' || record === null || Array.isArray(record)) return NOT_A_RECORD;
    let complaints: Complaint[] | undefined;
    values.fill(undefined);
    row.length = width;
    const keys = Object.keys(record);
    const given = Object.values(record) as unknown[];
    for (let i = 0; i < keys.length; i += 1) {
      const key = keys[i]!;
      // Records mostly name their fields in the schema's order; only others are looked up.
      const at = steps[i]?.name === key ? i : place.get(key);
      if (at === undefined) complaints = complain(complaints, UNKNOWN_FIELD, 'unknown-field');
      else values[at] = given[i];
    }
    for (let i = 0; i < steps.length; i += 1) {
      const { name, required, check, at, treat } = steps[i]!;
      const value = values[i];
      if (value === undefined || value === null) {
        if (required) complaints = complain(complaints, name, 'missing-field');
        else if (at >= 0) row[at] = undefined;
      } else if (!check(value)) complaints = complain(complaints, name, 'wrong-value');
      else if (at >= 0 && complaints === undefined) {
        const treated = treat(value);
        if (treated === undefined) complaints = complain(complaints, name, 'wrong-value');
        else row[at] = treated;
      }
    }
    return complaints;
  };
}

/** One complaint more, up to the limit. */
function complain(so: Complaint[] | undefined, field: string, reason: Complaint['reason']): Complaint[] {
  const complaints = so ?? [];
  if (complaints.length < MOST_COMPLAINTS) complaints.push({ field, reason });
  return complaints;
}

const NOT_A_RECORD: readonly Complaint[] = [{ field: '*', reason: 'not-a-record' }];

function treat(dataset: Dataset, name: string, form: RuleForm): Step['treat'] {
  const field = fieldOf(dataset, name);
  if (form.kind === 'raw') return same;
  switch (field.treatment) {
    case 'keep':
      return same;
    case 'generalise':
      return named(dataset, name, () => generaliser(field, field, form.referenceDay));
    case 'pseudonymise': {
      const token = form.mac.tokeniser(TOKEN_LABEL, form.recipient, form.purposeGroup, field.identifier);
      return named(dataset, name, () => pseudonym(field, token));
    }
    default:
      throw new DatasetError(`dataset ${dataset.name}, field ${name}: no treatment is called "${field.treatment}"`);
  }
}

/** The value's one spelling, and its pseudonym. */
function pseudonym(field: Field & { treatment: 'pseudonymise' }, token: Tokeniser): Step['treat'] {
  switch (field.type) {
    case 'string':
      return field.form === 'caseless'
        ? (value) => token((value as string).normalize('NFKC').trim().toLowerCase())
        : (value) => token(value as string);
    case 'integer':
      return (value) => token(String(value));
    case 'ip':
      return (value) => token(parseAddress(value as string).toNormalizedString());
    default:
      throw new DatasetError(`identifiers are strings, integers or addresses, not ${field.type}`);
  }
}

function named<T>(dataset: Dataset, field: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof DatasetError)
      throw new DatasetError(`dataset ${dataset.name}, field ${field}: ${error.message}`);
    throw error;
  }
}

function isPlain(field: Field, form: RuleForm): boolean {
  if (form.kind === 'treated') {
    if (field.treatment === 'pseudonymise') return true;
    // A band such as [40,45) has a comma: plain in JSON, not in CSV; so only countries count as plain here.
    if (field.treatment === 'generalise') return field.method === 'country' || field.method === 'ipPrefix';
  }
  return field.type === 'date' || field.type === 'instant';
}
