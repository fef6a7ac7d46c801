/** The gateway as it is shipped: its settings and its policies. */
import { resolve } from 'node:path';
import { gateway } from '../../config/gateway';
import { CedarEngine } from '../../lib/gateway/policies/cedar-engine';
import { readPolicySource } from '../../lib/gateway/policies/policy-source';
import { parsePolicySet } from '../../lib/gateway/policies/policy-set';
import { validatePolicies } from '../../lib/gateway/policies/validate-policies';
import { parseGatewaySettings } from '../../lib/gateway/settings';

export const POLICY_FOLDER = resolve(__dirname, '../../config/gateway');
export const settings = parseGatewaySettings(gateway);
export const policySet = validatePolicies(POLICY_FOLDER, settings);
export const engine = new CedarEngine(policySet);

/** The shipped policies with one passage of one file replaced. Fails when the passage is not there. */
export function changedPolicies(file: string, from: string, to: string): ReturnType<typeof parsePolicySet> {
  const source = readPolicySource(POLICY_FOLDER);
  const policies = source.policies.map((policy) => {
    if (!policy.file.endsWith(file)) return policy;
    if (!policy.text.includes(from)) throw new Error(`${file} does not contain: ${from}`);
    return { ...policy, text: policy.text.replace(from, to) };
  });
  return parsePolicySet({ ...source, policies });
}
