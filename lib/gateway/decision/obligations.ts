/** What a permitted answer is bound to. Asked of the policies before it is given, so the policies decide it. */

/** `raw`: fields as stored, where the schema knows them; `pseudonymised`: by the schema; `aggregated`: counts only. */
export const FORMS = ['raw', 'pseudonymised', 'aggregated'] as const;
export type Form = (typeof FORMS)[number];

/** The bounds and form of one answer. */
export interface Obligations {
  readonly form: Form;
  /** Least number of persons in a group that is shown; 0 where the answer is not aggregated. */
  readonly minimumGroup: number;
  /** Calibrated noise is added to every count. */
  readonly noise: boolean;
  readonly maxRows: number;
  readonly maxBytes: number;
  /** Length of the session under which the data is read, in seconds. */
  readonly sessionSeconds: number;
}
