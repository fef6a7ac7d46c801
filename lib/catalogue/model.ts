/**
 * The words of the catalogue: what CloudFormation can express, and which of it moves data.
 *
 * A channel is described once, as data. From the one row come five defences: the rule at synth, the deny statement,
 * the event pattern, the attestation probe and the page of documentation. A row that cannot serve one says why.
 */

/** The ways by which data can move out of a store. */
export type Channel =
  | 'replication'
  | 'backup-copy'
  | 'sharing'
  | 'export'
  | 'streaming'
  | 'exposure'
  | 'network-path'
  | 'granted-permission'
  | 'arbitrary-code'
  | 'placement';

/**
 * What is known of a CloudFormation type.
 * `assessed`: every declared property has a row or a structural reason. `inert`: holds no data and opens no channel,
 * whatever its properties. `denied`: not allowed near restricted data; any use is a finding. `retired`: gone from the
 * specification, still enforced.
 */
export type TypeVerdict = 'assessed' | 'inert' | 'denied' | 'retired';

/** An IAM action that opens the channel by API, and where AWS authorises the call. */
export interface ActionRef {
  readonly action: string;
  readonly authorisedIn: 'source' | 'destination' | 'global';
  /** Condition key that carries the destination, when there is one. */
  readonly destinationKey?: string;
}

/** A defence that does not apply, and the reason a reviewer can check. */
export interface NotPossible {
  readonly none: string;
}

export interface Defences {
  readonly permission: { readonly actions: readonly ActionRef[] } | NotPossible;
  readonly detection: { readonly eventSource: string; readonly eventNames: readonly string[] } | NotPossible;
  readonly attestation: { readonly service: string; readonly operation: string; readonly field?: string } | NotPossible;
}

/** One way out: where a template writes it, how it is judged, and how it is defended. */
export interface ChannelRow {
  /** Identity: names the rule, its documentation and its fixtures. Kebab case, unique. */
  readonly slug: string;
  readonly channel: Channel;
  readonly type: string;
  /** Property paths that open or aim the channel; `[]` stands for any list index, `{}` for any map key. */
  readonly paths: readonly string[];
  /** Slug of the evaluator in `lib/residency/evaluators` that judges the values at `paths`. */
  readonly evaluator: string;
  /**
   * `enclave`: the row asks for a promise only an enclave makes (a network without any way out), and names no destination.
   * Where no sites are declared its doubts are no findings; a place proven outside still is. Every other row holds always.
   */
  readonly scope?: 'enclave';
  /** Constant arguments of the evaluator (for example the sibling property holding the Region). */
  readonly args?: Readonly<Record<string, unknown>>;
  /** What leaves: the contents, the keys that open them, or only a description of them. */
  readonly carries: 'data' | 'keys' | 'metadata';
  /** Why the channel matters, one sentence. */
  readonly rationale: string;
  /** What to do about a finding, one sentence. */
  readonly remedy: string;
  /** What this row cannot see. */
  readonly blindSpot: string;
  readonly references: readonly string[];
  /** Ids of public controls this row evidences (for example `CCC.Core.CN10`). */
  readonly controls: readonly string[];
  readonly defences: Defences;
}
