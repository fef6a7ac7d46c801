/**
 * What a dataset is: the closed list of its fields, what each is made of and what becomes of it on the way out.
 *
 * The shapes are those of `config/dataset-schema.ts`, which checks them; run-time code takes them as plain data.
 */

export type DatasetClass = 'restricted' | 'interoperable' | 'public' | 'aggregate';

/** How objects of the dataset are written. Parquet is read, never written: answers are JSON Lines or CSV. */
export type SourceFormat = 'jsonl' | 'csv' | 'parquet';

/** What a stored value must be. A value of another kind sends its record to quarantine. */
export type ValueKind =
  | {
      readonly type: 'string';
      /** Most UTF-16 code units; absent: {@link LONGEST_STRING}. */
      readonly maxLength?: number | undefined;
      /** The whole value matches this regular expression (flag `u`). */
      readonly pattern?: string | undefined;
      readonly oneOf?: readonly string[] | undefined;
    }
  /** Whole numbers that JavaScript holds exactly; larger ones must be stored as strings. */
  | { readonly type: 'integer'; readonly min?: number | undefined; readonly max?: number | undefined }
  | { readonly type: 'number'; readonly min?: number | undefined; readonly max?: number | undefined }
  | { readonly type: 'boolean' }
  /** ISO 8601 calendar day, `2026-11-22`. */
  | { readonly type: 'date' }
  /** ISO 8601 instant with offset, `2026-11-22T03:30:00Z`. */
  | { readonly type: 'instant' }
  /** IPv4 or IPv6 address. */
  | { readonly type: 'ip' };

export const LONGEST_STRING = 65_536;

/** What becomes of a value. The list is closed; a method that is not on it does not exist. */
export type Treatment =
  | { readonly treatment: 'drop' }
  | { readonly treatment: 'keep'; readonly freeText?: true | undefined }
  | {
      readonly treatment: 'pseudonymise';
      /**
       * What kind of identifier the value is. The same value of the same kind has the same pseudonym in every dataset of
       * one recipient, so that copies join where that is meant and nowhere else.
       */
      readonly identifier: string;
      /** `caseless`: compared without case, blanks around it and Unicode compatibility forms, as e-mail addresses are. */
      readonly form?: 'exact' | 'caseless' | undefined;
    }
  | ({ readonly treatment: 'generalise' } & Generalisation);

export type Generalisation =
  /** Date or instant → its year. */
  | { readonly method: 'year' }
  /** Day of birth, or age in years → `[40,45)`; one open band from 90 up. */
  | { readonly method: 'ageBand'; readonly years: number }
  /** ISO 3166 country or subdivision code → country. */
  | { readonly method: 'country' }
  /** Address → its /24 (IPv4) or /48 (IPv6) network. */
  | { readonly method: 'ipPrefix' }
  /** Postcode → its first characters. */
  | { readonly method: 'postcodePrefix'; readonly characters: number }
  /** Number → the interval of this width that it lies in. */
  | { readonly method: 'bucket'; readonly width: number };

/** A field that may be absent or null says `optional`. */
export type Field = ValueKind & Treatment & { readonly optional?: true | undefined };

/** The one table that may be counted over a dataset; no other query exists. */
export interface TableDefinition {
  /** The pseudonymised field that says whose record it is: groups are counted in persons, not in records. */
  readonly person: string;
  /** Kept or generalised fields whose treated values make the groups. */
  readonly groupBy: readonly string[];
  /** Sums per group; each person's share is clamped to the bounds first. */
  readonly sums: readonly { readonly field: string; readonly lower: number; readonly upper: number }[];
}

export interface Dataset {
  readonly name: string;
  readonly class: DatasetClass;
  /** Store of the enclave that holds the objects. */
  readonly store: string;
  readonly format: SourceFormat;
  readonly fields: Readonly<Record<string, Field>>;
  readonly table?: TableDefinition | undefined;
}

/** A dataset asks for something that does not exist. The message names dataset and field, never a value of the data. */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
}
