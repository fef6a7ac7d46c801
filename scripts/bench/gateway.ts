/** Decisions of the security gateway per second on one core, Cedar's evaluation included. Numbers for orientation, not asserted. */
import { resolve } from 'node:path';
import { gateway } from '../../config/gateway';
import { decide } from '../../lib/gateway/decision/decide';
import { questionOf } from '../../lib/gateway/decision/scenario';
import type { Scenario } from '../../lib/gateway/decision/scenario';
import { CedarEngine } from '../../lib/gateway/policies/cedar-engine';
import type { PolicyEngine } from '../../lib/gateway/policies/policy-engine';
import { validatePolicies } from '../../lib/gateway/policies/validate-policies';
import { parseGatewaySettings } from '../../lib/gateway/settings';

const DECISIONS = 2_000;
const settings = parseGatewaySettings(gateway);
const cedar = new CedarEngine(validatePolicies(resolve(__dirname, '../../config/gateway'), settings));

const EEA: Scenario = {
  country: 'SE',
  role: 'analyst',
  class: 'restricted',
  purpose: 'legal-obligation',
  approvals: 2,
  privacyApproval: true,
  transfer: 'none',
  time: 'within',
  access: 'on',
};
const CASES: Readonly<Record<string, Scenario>> = {
  'restricted in the EEA, allowed': EEA,
  'restricted from a third country, denied': { ...EEA, country: 'IN' },
  'interoperable from a third country, allowed': {
    ...EEA,
    country: 'IN',
    class: 'interoperable',
    purpose: 'service-operation',
    transfer: 'assessed',
  },
  'public, allowed': { ...EEA, class: 'public', approvals: 0 },
};

/** Counts what is asked of the engine: an answer poorer than raw takes a second question. */
let questions = 0;
const counted: PolicyEngine = {
  name: cedar.name,
  policyHash: cedar.policyHash,
  evaluate: (query) => {
    questions += 1;
    return cedar.evaluate(query);
  },
};

async function perSecond(scenario: Scenario, decisions: number): Promise<number> {
  const question = questionOf(scenario);
  const before = process.cpuUsage();
  for (let n = 0; n < decisions; n += 1) await decide(question, settings, counted);
  const { user, system } = process.cpuUsage(before);
  return decisions / ((user + system) / 1e6);
}

async function bench(): Promise<void> {
  for (const [name, scenario] of Object.entries(CASES)) {
    await perSecond(scenario, DECISIONS / 4);
    questions = 0;
    const rate = await perSecond(scenario, DECISIONS);
    process.stdout.write(
      `${name}: ${Math.round(rate)} decisions per CPU second, ${questions / DECISIONS} evaluations each, ${Math.round((rate * questions) / DECISIONS)} evaluations per CPU second\n`,
    );
  }
}

void bench();
