/** A registered export: what may leave, to whom, where, on what legal footing, and until when. */
import type { DatasetClass } from '../datasets';

/** Where a recipient is, for the law; the worse of its own country's and its bucket's. */
export type TransferZone = 'EEA' | 'ADEQUATE' | 'THIRD';

export interface Transfer {
  readonly id: string;
  /** Site that the data leaves. */
  readonly from: string;
  readonly to: {
    readonly name: string;
    /** Country of the recipient: who can read it, wherever the bucket stands. */
    readonly country: string;
    readonly bucket: string;
    readonly account: string;
    readonly region: string;
    /** ARN of the recipient's own KMS key, in its account and Region: the copies lie under it. */
    readonly key: string;
  };
  /** Restricted data is in no transfer. */
  readonly class: Exclude<DatasetClass, 'restricted'>;
  readonly dataset: string;
  /** Fields that leave, each one that the dataset shows. */
  readonly fields: readonly string[];
  /** Group of the purpose; separates this recipient's pseudonyms by purpose. */
  readonly purposeGroup: string;
  /** Least number of persons in a group; for tables of class aggregate, and only for them. */
  readonly minimumGroup?: number | undefined;
  readonly zone: TransferZone;
  readonly mechanism: Mechanism;
  /** Id of the transfer impact assessment. Required for THIRD. */
  readonly assessment?: string | undefined;
  readonly owner: string;
  readonly approver: string;
  /** Last day (UTC) on which data may leave. */
  readonly expires: string;
}

const DAY = 24 * 3_600_000;

/** The moment a transfer ends: when its last day (UTC) is over. Invalid for what is no day. */
export const endOfTransfer = ({ expires }: Pick<Transfer, 'expires'>): Date =>
  new Date(Date.parse(`${expires}T00:00:00Z`) + DAY);

/** Chapter V GDPR by article, with the zones in which each is a footing, and the longest a registration may last. */
export const MECHANISMS = {
  /** Within the EEA there is no transfer in the law's sense; the export is registered all the same. */
  'within-eea': { zones: ['EEA'], longestDays: 366, article: 'no transfer under Chapter V' },
  adequacy: { zones: ['ADEQUATE'], longestDays: 366, article: 'Article 45' },
  'binding-corporate-rules': { zones: ['ADEQUATE', 'THIRD'], longestDays: 366, article: 'Article 46(2)(b), 47' },
  'standard-contractual-clauses': { zones: ['ADEQUATE', 'THIRD'], longestDays: 366, article: 'Article 46(2)(c)' },
  /** For occasional transfers only (EDPB Guidelines 2/2018), so it is registered anew each quarter. */
  derogation: { zones: ['THIRD'], longestDays: 92, article: 'Article 49' },
} as const satisfies Record<string, { zones: readonly TransferZone[]; longestDays: number; article: string }>;

export type Mechanism = keyof typeof MECHANISMS;
