/** Signed statements about a judgement: what was judged, by which rules, with which exceptions. */
export { PAYLOAD_TYPE, envelopeText, preAuthenticationEncoding, readEnvelope } from './dsse';
export type { Envelope } from './dsse';
export { rulesVersion } from './rules-version';
export type { RulesVersion } from './rules-version';
export { judgementDigest, optionsTold, readStatement, statementOf } from './statement';
export type { Predicate, Statement } from './statement';
export { canonicalJson, sha256 } from './canonical-json';
export {
  STATEMENT_TYPE,
  count,
  hash,
  hashed,
  predicateTypeOf,
  readPayload,
  rules,
  signer,
  statementAbout,
  subjectOf,
  tool,
} from './parts';
export { differing, objections, otherRules } from './verification';
