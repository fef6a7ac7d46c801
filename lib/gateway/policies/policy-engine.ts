/** The port to a decision engine: the same question to cedar-wasm offline and to Verified Permissions when deployed. */
import type { Obligations } from '../decision/obligations';
import type { Zone } from '../zones/requester-zone';

/** One question: may this person read this dataset, and be given this answer? Times are milliseconds since 1970. */
export interface PolicyQuery {
  readonly person: {
    readonly id: string;
    readonly active: boolean;
    readonly zone: Zone;
    readonly role: string;
    readonly cleared: readonly string[];
    readonly line: readonly string[];
  };
  readonly dataset: { readonly id: string; readonly class: string };
  readonly access: 'on' | 'off' | 'unreadable';
  readonly now: number;
  readonly purpose: string;
  readonly answer: Obligations;
  readonly grant?: {
    readonly holder: string;
    readonly dataset: string;
    readonly purpose: string;
    readonly approvers: readonly string[];
    readonly approvals: number;
    readonly privacyApprovals: number;
    readonly notBefore: number;
    readonly expiresAt: number;
    readonly revoked: boolean;
  };
  readonly transfer?: {
    readonly dataset: string;
    readonly class: string;
    readonly zone: string;
    readonly expiresAt: number;
    readonly assessment?: string;
  };
}

/** What the engine answered. An engine that could not evaluate every policy has not allowed anything. */
export interface PolicyVerdict {
  readonly allowed: boolean;
  /** Ids of the policies that decided: permits that allow or forbids that deny; empty when nothing permits. */
  readonly policies: readonly string[];
  /** Why the question could not be evaluated; then `allowed` is false. Contains no value of the request. */
  readonly failure?: 'invalid-question' | 'policy-error' | 'engine-unavailable';
}

export interface PolicyEngine {
  readonly name: 'cedar-wasm' | 'verified-permissions';
  /** Hash of the policy set that answers. */
  readonly policyHash: string;
  /** Never throws. */
  evaluate(query: PolicyQuery): Promise<PolicyVerdict>;
}
