/** Deployed equals declared. */
export * from './model';
export { parseAccepted } from './accepted';
export type { Acceptance } from './accepted';
export { AnswersDigest } from './answers-digest';
export { attest } from './attest';
export type { AttestOptions } from './attest';
export { attestorActions, attestorPolicy } from './attestor-policy';
export { Bounded } from './bounded';
export type { Readings } from './deployment';
export type { KeyAlias, KeyDescription, KeyGrant, KeyRotation, KmsReader } from './keys/kms-evidence';
export type { Place, Unreadable } from './place';
export { describeDifference, policiesEqual, policyDifference } from './policy-equality';
export type { AnyRead, Connect, Sender, Settings } from './read';
export { Reading } from './reading';
export type { Memory, ReadingOptions } from './reading';
export type { Service } from './service';
export {
  ATTESTATION_TYPE,
  answersOf,
  attestationDigest,
  attestationObjections,
  attestationStatement,
  isDeclared,
  readAttestationStatement,
} from './statement';
export type { AttestationPredicate, AttestationStatement } from './statement';
export { attestationAsHtml } from './views/html';
export { attestationAsText } from './views/text';
export { attestationAsMarkdown } from './views/markdown';
export { attestationAsJson } from './views/json';
export { attestationAsSarif } from './views/sarif';
