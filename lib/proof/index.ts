/** The prover: no request breaks an invariant, whatever identity policies say. */
export { ProofRefusal } from './refusal';
export { INVARIANTS } from './invariants';
export { allowsNothingNew, policyAllowsNothingNew } from './nothing-new';
export type { PolicyChange } from './nothing-new';
export { requestLines } from './counter-example';
export type { PolicyDocument } from './policy/document';
export { parseDocument } from './policy/parse-document';
export { prove } from './prove';
export type { ProofReport, ProveOptions } from './prove';
export { readPolicies } from './policy/read-assembly';
export { smtLib } from './logic/smt';
export type { Question } from './question';
export { textView } from './views/text';
export { jsonView, proofEvidence } from './views/json';
export { markdownView } from './views/markdown';
