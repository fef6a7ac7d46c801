/** Deployed equals declared. */
export * from './model';
export { attest } from './attest';
export type { AttestOptions, ReaderFactory, Unreadable } from './attest';
export { describeDifference, policiesEqual, policyDifference } from './policy-equality';
export type { KeyAlias, KeyDescription, KeyGrant, KeyRotation, KmsReader } from './kms-evidence';
export { attestationAsText } from './views/text';
export { attestationAsMarkdown } from './views/markdown';
export { attestationAsJson } from './views/json';
