/** A policy document as IAM reads it: every text known. */

export interface PolicyStatement {
  readonly sid: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  /** `NotAction`: all but these. */
  readonly notAction: boolean;
  /** Undefined where the policy stands on its resource and names none (role trust). */
  readonly resources: readonly string[] | undefined;
  readonly notResource: boolean;
  /** Undefined in identity policies and service control policies. */
  readonly principals: readonly PrincipalName[] | undefined;
  readonly notPrincipal: boolean;
  readonly conditions: readonly ConditionTest[];
}

export interface PrincipalName {
  readonly kind: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';
  readonly name: string;
}

export interface ConditionTest {
  /** As written: `ForAnyValue:StringNotEqualsIfExists`. */
  readonly operator: string;
  /** Lower case. */
  readonly key: string;
  readonly values: readonly string[];
}

export interface PolicyDocument {
  /** Where it stands, for people: `scp region-deny`, `bucket policy of enclave-dub-1-media-…`. */
  readonly name: string;
  readonly statements: readonly PolicyStatement[];
}

/** Name of a statement that is unique in an enclave: policy and Sid. */
export const statementName = (document: PolicyDocument, statement: PolicyStatement): string =>
  `${document.name}/${statement.sid}`;
