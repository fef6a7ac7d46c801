/** Why a case is decided as it is, and the least that would have to change: found by asking the policies, not by reading them. */
import type { PolicyEngine } from '../policies/policy-engine';
import type { Policy, PolicySet } from '../policies/policy-set';
import type { GatewaySettings } from '../settings';
import { zoneOfCountry } from '../zones/requester-zone';
import { CORE_REASONS, decide } from './decide';
import type { Decision } from './decide';
import { countryIn, questionOf } from './scenario';
import type { Scenario } from './scenario';

export interface Explanation {
  readonly decision: Decision;
  /** The policies that decided, with file and advice. */
  readonly decidedBy: readonly Policy[];
  /** Reasons that are no policies, in words. */
  readonly otherReasons: readonly string[];
  /** What would have to change for it to be allowed; empty when allowed. */
  readonly changes: readonly string[];
  /** What would then be answered. */
  readonly then?: Decision['obligations'];
}

/** Explains one case. Asks the engine a few dozen questions at most. */
export async function explain(
  scenario: Scenario,
  settings: GatewaySettings,
  engine: PolicyEngine,
  set: PolicySet,
): Promise<Explanation> {
  const ask = (s: Scenario): Promise<Decision> => decide(questionOf(s), settings, engine);
  const decision = await ask(scenario);
  const decidedBy = decision.policies.flatMap((id) => set.policies.filter((policy) => policy.id === id));
  const otherReasons = decision.reasons
    .filter((code) => !decision.policies.includes(code))
    .map((code) => CORE_REASONS[code] ?? code);
  if (decision.outcome === 'allow') return { decision, decidedBy, otherReasons, changes: [] };
  const nearest = await nearestAllowed(scenario, settings, ask);
  if (!nearest)
    return { decision, decidedBy, otherReasons, changes: ['nothing that can be changed would make it allowed'] };
  const obligations = (await ask(nearest)).obligations;
  return {
    decision,
    decidedBy,
    otherReasons,
    changes: changesBetween(scenario, nearest),
    ...(obligations ? { then: obligations } : {}),
  };
}

type Ask = (s: Scenario) => Promise<Decision>;

/** From the best case that keeps person, purpose and place, taken back step by step to what was asked. */
async function nearestAllowed(asked: Scenario, settings: GatewaySettings, ask: Ask): Promise<Scenario | undefined> {
  const allowed = async (s: Scenario): Promise<boolean> => (await ask(s)).outcome === 'allow';
  const best: Scenario = {
    ...asked,
    approvals: Math.max(2, asked.approvals),
    privacyApproval: true,
    transfer: 'assessed',
    time: 'within',
    access: 'on',
  };
  for (const start of startingPoints(best, settings)) {
    if (!(await allowed(start))) continue;
    let nearest = start;
    for (const step of stepsBack(asked)) {
      const back = { ...nearest, ...step };
      if (await allowed(back)) nearest = back;
    }
    return nearest;
  }
  return undefined;
}

/** What may have to give: first nothing, then the purpose, the person's role, both, and last the country. */
function* startingPoints(best: Scenario, settings: GatewaySettings): Generator<Scenario> {
  const purposes = settings.purposes.map(({ id }) => id);
  const roles = settings.roles.filter(({ cleared }) => cleared.includes(best.class)).map(({ id }) => id);
  for (const country of [best.country, countryIn('EEA')]) {
    yield { ...best, country };
    for (const purpose of purposes) yield { ...best, country, purpose };
    for (const role of roles) yield { ...best, country, role };
    for (const purpose of purposes) for (const role of roles) yield { ...best, country, purpose, role };
  }
}

function stepsBack(asked: Scenario): Partial<Scenario>[] {
  const { access, time, transfer, approvals, privacyApproval } = asked;
  return [
    { access },
    { time },
    // The cheaper one last, so that it stays where it is enough.
    { transfer: 'registered' },
    { transfer },
    { transfer: 'none' },
    { approvals: 1 },
    { approvals: Math.max(approvals, 1), privacyApproval },
    { approvals, privacyApproval },
    { approvals: 0, privacyApproval: false },
  ];
}

function changesBetween(from: Scenario, to: Scenario): string[] {
  const zone = zoneOfCountry(to.country);
  const approvals = `${to.approvals} approval${to.approvals === 1 ? '' : 's'}`;
  return [
    ...(from.country === to.country ? [] : [`somebody in the ${zone} has to ask, and from there`]),
    ...(from.role === to.role
      ? []
      : [`somebody whose role is cleared for the class has to ask, for example role ${to.role}`]),
    ...(from.purpose === to.purpose ? [] : [`another purpose has to be the true one, for example ${to.purpose}`]),
    ...(to.approvals > from.approvals || (to.privacyApproval && !from.privacyApproval)
      ? [`a grant with ${approvals}, one of them by a privacy officer in the EEA`]
      : []),
    ...(from.transfer !== to.transfer && to.transfer !== 'none'
      ? [
          to.transfer === 'assessed'
            ? 'a transfer for this class and zone in the register, with the id of its assessment'
            : 'a transfer for this class and zone in the register',
        ]
      : []),
    ...(from.time === to.time ? [] : ['a grant that has begun and not ended']),
    ...(from.access === to.access ? [] : ['the kill switch on, by an operator and the auditor together']),
  ];
}
