/** The port to a decision engine: the same questions to cedar-wasm offline and to Verified Permissions when deployed. */
import type { Obligations } from '../decision/obligations';
import type { Zone } from '../zones/requester-zone';

/** A person as the policies see them. */
export interface PolicyPerson {
  readonly id: string;
  readonly active: boolean;
  readonly zone: Zone;
  readonly role: string;
  readonly cleared: readonly string[];
  readonly line: readonly string[];
}

/** A grant as the policies see it. Times are milliseconds since 1970. */
export interface PolicyGrant {
  readonly holder: string;
  readonly dataset: string;
  readonly purpose: string;
  readonly approvers: readonly string[];
  readonly approvals: number;
  readonly privacyApprovals: number;
  readonly notBefore: number;
  readonly expiresAt: number;
  readonly revoked: boolean;
}

/** A row of the transfer register as the policies see it. */
export interface PolicyTransfer {
  readonly dataset: string;
  readonly class: string;
  readonly zone: string;
  readonly expiresAt: number;
  readonly assessment?: string;
}

interface AboutDataset {
  readonly dataset: { readonly id: string; readonly class: string };
}

/** May this person read this dataset, and be given this answer? */
export interface PolicyQuery extends AboutDataset {
  readonly person: PolicyPerson;
  readonly access: 'on' | 'off' | 'unreadable';
  readonly now: number;
  readonly purpose: string;
  readonly answer: Obligations;
  readonly grant?: PolicyGrant;
  readonly transfer?: PolicyTransfer;
}

/** May this person take this grant back? */
export interface RevokeQuery extends AboutDataset {
  readonly person: PolicyPerson;
  readonly revoked: PolicyGrant;
}

/** May this leave for this recipient, in this form, under this row of the register? */
export interface ExportQuery extends AboutDataset {
  readonly recipient: { readonly id: string; readonly zone: Zone };
  readonly access: 'on' | 'off' | 'unreadable';
  readonly now: number;
  readonly release: Pick<Obligations, 'form' | 'minimumGroup' | 'noise'>;
  readonly transfer: PolicyTransfer;
}

export type EngineQuery = PolicyQuery | RevokeQuery | ExportQuery;

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
  evaluate(query: EngineQuery): Promise<PolicyVerdict>;
}
