/** Something that must hold of every request, whatever identity policies say. */
import type { Formula } from '../logic/formula';
import type { EnclavePolicies } from '../policy/enclave-policies';
import type { Scope } from '../scope';

export interface Invariant {
  /** Name on the command line and in evidence. */
  readonly slug: string;
  /** What is promised, as a sentence. */
  readonly sentence: string;
  /** Where it must hold. None: the invariant has nothing to be about in this assembly, and `without` says what is missing. */
  readonly scopes: (policies: EnclavePolicies) => readonly Scope[];
  readonly without: string;
  /** The requests that must not go through. */
  readonly violation: (scope: Scope) => Formula;
}
