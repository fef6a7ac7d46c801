/** What the other defences say of an attack: the detectors and the policies of an assembly, as they were synthesized. */
import { stacksOf } from '../../bin/aws/assembly';
import { RECORDED_ELSEWHERE } from '../../lib/policy/detectors';
import { play } from '../../lib/proof/attacks';
import { attack as called } from '../../lib/proof/attacks/attack';
import { policiesAt } from '../proof/shipped';
import type { Attack } from './attack';
import type { OtherDefences } from './exercise';
import { isTold, tellersOf } from './told';
import type { Tellers } from './told';

/** Service → what its calls are about, in the words of the attack matrix. Every other call is about the account. */
const ABOUT: Readonly<Record<string, string>> = { s3: '{media}', kms: '{key}', dynamodb: '{table}' };

/** The site that is attacked: the first whose stores the assembly declares. @throws Error when it declares none */
export function attackedSite(assembly: string): { readonly account: string; readonly region: string; site: string } {
  const first = stacksOf(assembly).find(({ name }) => name.endsWith('-stores'));
  if (!first) throw new Error(`${assembly}: no stack of stores to attack.`);
  const { account, region, name } = first;
  return { account, region, site: `enclave-${name.replace(/-stores$/u, '')}` };
}

/**
 * @param assembly a cdk.out folder of the enclave, its perimeter and its oversight included
 * @param abroad Region in which calls abroad are made
 */
export function otherDefences(assembly: string, abroad: string): OtherDefences {
  const policies = policiesAt(assembly);
  const { account, region } = attackedSite(assembly);
  const tellers = tellersOf(assembly, account);
  return {
    detected: (attack) => (detected(tellers, attack, { account, region, abroad }) ? 'yes' : 'no'),
    prevented: (attack) => (refused(policies, attack) ? 'yes' : 'no'),
  };
}

/**
 * Whether the call of an administrator becomes an incident. Parameters of the call are left out of the record: a rule that
 * would ask for some tells nothing here, so that no attack passes for detected by what it happens to carry.
 */
function detected(
  tellers: Tellers,
  { at, eventSource, eventName }: Attack,
  places: { readonly account: string; readonly region: string; readonly abroad: string },
): boolean {
  const elsewhere = at === 'abroad' || RECORDED_ELSEWHERE.has(eventSource);
  const call = {
    source: eventSource,
    name: eventName,
    role: 'Admin',
    account: places.account,
    region: elsewhere ? places.abroad : places.region,
  };
  return isTold(tellers, call, elsewhere ? 'elsewhere' : 'here');
}

/** Whether an administrator of the site's account, to whom every identity policy allows everything, is refused the call. */
function refused(policies: ReturnType<typeof policiesAt>, { action, at, what }: Attack): boolean {
  const [service = ''] = action.split(':');
  const [from, about] = at === 'abroad' ? (['abroad', '*'] as const) : (['internet', ABOUT[service] ?? '*'] as const);
  const [[, outcome] = []] = play(policies, [called('red-team', 'deny', what, '{admin}', action, about, from)]);
  return outcome?.kind === 'decided' && outcome.decision === 'deny';
}
