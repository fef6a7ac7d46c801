/** The question behind a call, with dataset and transfer from the registers and the kill switch read at this moment. */
import { decide } from '../decision/decide';
import type { Decision, Question } from '../decision/decide';
import type { Grant, Requester } from '../decision/facts';
import { accessOf, parseSwitch } from '../decision/kill-switch';
import type { SwitchState } from '../decision/kill-switch';
import type { GatewayPorts } from '../ports/ports';
import { dataClass } from '../settings';
import { Refusal } from './refusal';
import type { KnownFacts } from './refusal';

export interface Asked {
  readonly dataset: string;
  readonly class: string;
  readonly purpose: string;
}

/** The flag as it stands now; undefined when it cannot be read, for whatever reason. Never kept from call to call. */
export async function readSwitch({ killSwitch }: Pick<GatewayPorts, 'killSwitch'>): Promise<SwitchState | undefined> {
  try {
    return parseSwitch((await killSwitch.read()).text);
  } catch {
    return undefined;
  }
}

/** Decides with what the ports know at this moment. */
export async function decideNow(
  ports: GatewayPorts,
  requester: Requester,
  asked: Asked,
  now: number,
  grant?: Grant,
): Promise<Decision> {
  const question: Question = {
    requester,
    asked,
    dataset: ports.registers.datasets.get(asked.dataset),
    grant,
    transfer: grant?.transfer === undefined ? undefined : ports.registers.transfers.get(grant.transfer),
    access: accessOf(await readSwitch(ports)),
    now,
  };
  return decide(question, ports.settings, ports.engine);
}

/** What a record may say of what was asked: only what stands in a register or on a closed list. */
export function askedFacts(ports: GatewayPorts, asked: Asked, grant?: Grant): KnownFacts {
  const dataset = ports.registers.datasets.get(asked.dataset);
  const purpose = ports.settings.purposes.find(({ id }) => id === asked.purpose);
  const transfer = grant?.transfer === undefined ? undefined : ports.registers.transfers.get(grant.transfer);
  const { data: askedClass } = dataClass.safeParse(asked.class);
  return {
    ...(dataset ? { dataset: dataset.id } : {}),
    ...(askedClass ? { class: askedClass } : {}),
    ...(purpose ? { purpose: purpose.id } : {}),
    ...(grant ? { grantId: grant.id } : {}),
    ...(transfer ? { transfer: transfer.id, ...(transfer.assessment ? { assessment: transfer.assessment } : {}) } : {}),
  };
}

/** What a record says of a decision. */
export function decisionFacts({ policies, zone, reasons, obligations }: Decision): KnownFacts {
  return {
    policies: [...policies],
    reasons: [...reasons],
    zone,
    ...(obligations
      ? {
          form: obligations.form,
          minimumGroup: obligations.minimumGroup,
          noise: obligations.noise,
          sessionSeconds: obligations.sessionSeconds,
        }
      : {}),
  };
}

/** Goes on with an allowed decision; refuses otherwise. @throws Refusal with status 403 */
export function required(
  decision: Decision,
  facts: KnownFacts,
): Decision & { obligations: NonNullable<Decision['obligations']> } {
  const { obligations } = decision;
  if (decision.outcome !== 'allow' || !obligations)
    throw new Refusal(403, decision.reasons, { ...facts, ...decisionFacts(decision) });
  return { ...decision, obligations };
}
