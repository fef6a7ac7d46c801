/** The decision engine offline and inside the functions: Cedar itself, compiled to WebAssembly. */
import { setFlagsFromString } from 'node:v8';
import { preparsePolicySet, preparseSchema, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { cedarRequest } from './cedar-request';
import { PolicyError } from './policy-error';
import type { EngineQuery, PolicyEngine, PolicyVerdict } from './policy-engine';
import type { PolicySet } from './policy-set';

// Node 20 (V8 11.3) aborts the process, "unreachable code" in Deoptimizer::DoComputeBuiltinContinuation, when optimised
// code with an inlined call into WebAssembly is deoptimised: after some ten thousand decisions. Not inlining avoids it.
if (process.versions.v8.startsWith('11.')) setFlagsFromString('--no-turbo-inline-js-wasm-calls');

export class CedarEngine implements PolicyEngine {
  readonly name = 'cedar-wasm';
  readonly policyHash: string;

  /** @throws PolicyError when Cedar does not take the set, which a validated one never causes */
  constructor(set: PolicySet) {
    this.policyHash = set.hash;
    const staticPolicies = Object.fromEntries(set.policies.map(({ id, text }) => [id, text]));
    // Cedar keeps parsed sets by name: the hash names exactly this text.
    for (const answer of [preparseSchema(set.hash, set.schema), preparsePolicySet(set.hash, { staticPolicies })])
      if (answer.type === 'failure') throw new PolicyError(answer.errors.map(({ message }) => message));
  }

  evaluate(query: EngineQuery): Promise<PolicyVerdict> {
    return Promise.resolve(this.evaluateNow(query));
  }

  /** The same, at once: the published matrix asks tens of thousands of questions. Never throws. */
  evaluateNow(query: EngineQuery): PolicyVerdict {
    let answer: ReturnType<typeof statefulIsAuthorized>;
    try {
      answer = statefulIsAuthorized({
        ...cedarRequest(query),
        preparsedPolicySetId: this.policyHash,
        preparsedSchemaName: this.policyHash,
        validateRequest: true,
      });
    } catch {
      return { allowed: false, policies: [], failure: 'invalid-question' };
    }
    if (answer.type === 'failure') return { allowed: false, policies: [], failure: 'invalid-question' };
    const { decision, diagnostics } = answer.response;
    // Cedar leaves out a policy that fails; it might have been the one that forbids.
    if (diagnostics.errors.length > 0) return { allowed: false, policies: [], failure: 'policy-error' };
    return { allowed: decision === 'allow', policies: [...diagnostics.reason].sort() };
  }
}
