/** The words of the difference between two applications: rows, each with an effect, and one verdict over all of them. */
import type { Channel } from '../../catalogue';
import type { DataClass, Judgement, Transfer, Waiver } from '../../residency';
import type { Application } from '../../template';

export const DIFF_SCHEMA_VERSION = '1.0';

/** What changed, by topic, in the order in which a reviewer reads it. */
export const SECTIONS = [
  'flows',
  'network',
  'keys',
  'policies',
  'stores',
  'matrix',
  'transfers',
  'waivers',
  'suppressions',
] as const;
export type Section = (typeof SECTIONS)[number];

/**
 * `widens`: data can go, or somebody can reach it, where that was not so, or it cannot be shown that it was.
 * `narrows`: the reverse. `neutral`: worth reading, and provably neither.
 */
export type Effect = 'widens' | 'narrows' | 'neutral';
export type DiffVerdict = 'residencyWidened' | 'residencyNarrowed' | 'residencyUnchanged';

/** A request that is allowed now and was not before. */
export interface SampleRequest {
  readonly principal?: string;
  readonly action: string;
  readonly resource?: string;
  /** Condition keys that matter, each with the value it has in this request. */
  readonly when?: readonly string[];
}

export interface DiffRow {
  /** Stable identity. That of the flow for flows, so that a waiver covers the row too. */
  readonly fingerprint: string;
  readonly section: Section;
  readonly change: 'appeared' | 'gone' | 'changed';
  readonly effect: Effect;
  /** What changed, as a reviewer knows it: construct path, else stack and logical id. */
  readonly subject: string;
  /** The resource that is the subject, by the names the other texts may have for it. */
  readonly resource?: { readonly stack: string; readonly logicalId: string };
  readonly type?: string;
  readonly class?: DataClass;
  readonly channel?: Channel;
  readonly before?: string;
  readonly after?: string;
  readonly why: string;
  readonly remedy?: string;
  readonly sample?: SampleRequest;
  /** The registered exception that covers a widening. */
  readonly covered?: string;
  /** Place in a template of the head (of the base for what is gone). */
  readonly source?: { readonly file: string; readonly line?: number | undefined };
  /** Place in the program, when the assembly records it. */
  readonly program?: { readonly file: string; readonly line: number };
}

/** A resource that has another name or place in the head, and is the same. */
export interface Renaming {
  readonly type: string;
  readonly before: string;
  readonly after: string;
  /** What showed that it is the same. */
  readonly by: string;
}

export type EffectCounts = Readonly<Record<Effect, number>>;

export interface ResidencyDiff {
  readonly schemaVersion: typeof DIFF_SCHEMA_VERSION;
  readonly verdict: DiffVerdict;
  /** Widenings that no registered exception covers. */
  readonly uncovered: number;
  readonly counts: Readonly<Record<Section, EffectCounts>>;
  readonly base: Pick<Judgement, 'verdict' | 'counts'>;
  readonly head: Pick<Judgement, 'verdict' | 'counts'>;
  /** Widenings first, then narrowings, then the rest; by section and subject. */
  readonly rows: readonly DiffRow[];
  readonly renamings: readonly Renaming[];
}

/** A rule somebody silenced. */
export interface Suppression {
  /** Construct path, or stack and logical id. */
  readonly at: string;
  readonly rule: string;
  readonly reason: string;
}

/** One cell of the security gateway's access matrix, evaluated from the shipped policies. */
export interface MatrixCell {
  /** What is asked, in words that name one request of the matrix: `THIRD reads restricted`. */
  readonly cell: string;
  /** `deny`, or what is allowed and under which obligations. */
  readonly decision: string;
}

/** One side of the comparison. */
export interface Side {
  readonly application: Application;
  readonly judgement: Judgement;
  readonly waivers: readonly Waiver[];
  readonly transfers: readonly Transfer[];
  readonly suppressions: readonly Suppression[];
  /** Absent when the side carries no access matrix. */
  readonly matrix?: readonly MatrixCell[];
}
