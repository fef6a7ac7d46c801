/** The prover: no request breaks an invariant, whatever identity policies say. */
export { ProofRefusal } from './refusal';
export { INVARIANTS } from './invariants';
export { allowsNothingNew } from './nothing-new';
export { prove } from './prove';
export type { ProofReport, ProveOptions } from './prove';
export { readPolicies } from './policy/read-assembly';
export { smtLib } from './logic/smt';
export type { Question } from './question';
export { textView } from './views/text';
export { jsonView } from './views/json';
export { markdownView } from './views/markdown';
