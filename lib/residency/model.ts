/**
 * The words of the judge: a flow goes from a store to a place by a channel and gets one of three verdicts.
 * These shapes are the JSON contract of `enclave check`; every view (gate, diff, register, map) reads them.
 */
import type { Channel } from '../catalogue/model';

export const SCHEMA_VERSION = '1.0';

/** `restricted` is the class of a store that does not say. */
export const DATA_CLASSES = ['restricted', 'interoperable', 'public', 'aggregate', 'audit'] as const;
export type DataClass = (typeof DATA_CLASSES)[number];

/** Tag that carries the data class of a store. */
export const DATA_CLASS_TAG = 'data-class';

export type Verdict = 'inside' | 'outside' | 'unknown';
export type OverallVerdict = 'none' | Verdict;

export interface StoreRef {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly class: DataClass;
  /** False when the store carries no class and is therefore treated as restricted. */
  readonly classified: boolean;
  /** CDK construct path, when the template carries it. */
  readonly constructPath?: string;
  readonly region?: string;
  readonly account?: string;
}

export type PlaceKind =
  'region' | 'zone' | 'outpost' | 'account' | 'host' | 'everyone' | 'network' | 'code' | 'unknown';

/** Where a flow ends. Fields are absent when they cannot be known from the templates. */
export interface Place {
  readonly kind: PlaceKind;
  /** The value as the template states it, resolved as far as possible. */
  readonly value: string;
  readonly region?: string;
  readonly account?: string;
  /** ISO code. */
  readonly country?: string;
}

export interface Flow {
  /** Stable identity: independent of order, formatting and (where the store has a physical name) of logical ids. */
  readonly fingerprint: string;
  /** Slug of the catalogue row or structural rule that found it. */
  readonly rule: string;
  readonly store: StoreRef;
  readonly channel: Channel;
  /** Property path inside the resource that opens the channel (`via`, else the store itself), with concrete indices. */
  readonly path: string;
  readonly destination: Place;
  readonly verdict: Verdict;
  /** The reasoning chain, in words a reviewer follows. */
  readonly why: string;
  readonly remedy: string;
  /** Capability without a destination yet (multi-Region key without replica, disabled rule). */
  readonly latent?: boolean;
  /** Set when a registered exception or transfer covers the flow. */
  readonly waiver?: string;
  /** The resource that opens the channel, when it is not the store itself (a bucket policy, a role, a route). */
  readonly via?:
    | {
        readonly stack: string;
        readonly logicalId: string;
        readonly type: string;
        readonly constructPath?: string;
      }
    | undefined;
  /** What leaves: the contents, the keys that open them, or only a description of them. Absent for structural findings. */
  readonly carries?: 'data' | 'keys' | 'metadata';
  /** Where the resource stands in the template file. */
  readonly source?: { readonly file: string; readonly line?: number | undefined };
  /** Where the program created the resource, when the assembly records it. */
  readonly program?: { readonly file: string; readonly line: number } | undefined;
}

export interface Judgement {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  /** The worst over all flows: outside over unknown over inside over none. */
  readonly verdict: OverallVerdict;
  readonly flows: readonly Flow[];
  /** Flows that are outside or unknown and not waived, and structural findings in the same shape. */
  readonly findings: readonly Flow[];
  /** Ways by which a declared source brings data in; the destination is here. Absent where no source is declared. */
  readonly inbound?: readonly Flow[];
  readonly counts: {
    readonly stacks: number;
    readonly resources: number;
    readonly stores: number;
    readonly inside: number;
    readonly outside: number;
    readonly unknown: number;
    readonly waived: number;
  };
}
