/** `POST /kill-switch`: off takes effect before it is recorded, on only after. */
import { initialSwitch, parseSwitch, switchOff, switchOn, switchText } from '../decision/kill-switch';
import type { SwitchState } from '../decision/kill-switch';
import type { GatewayPorts } from '../ports/ports';
import { switchBody } from '../requests/bodies';
import { jsonAnswer } from './api-event';
import { answering } from './answering';
import type { ApiHandler } from './answering';
import { Refusal } from './refusal';

export function killSwitchHandler(ports: GatewayPorts): ApiHandler {
  return answering('kill-switch', ports, switchBody, async ({ requester, body, now }) => {
    const answer = (result: string, state: SwitchState) => (record: { readonly id: string }) =>
      jsonAnswer(200, { decision: 'allow', result, access: state.access, record: record.id });
    if (body.access === 'off') {
      const outcome = switchOff(requester, now);
      if (outcome.result === 'refused') throw new Refusal(403, [outcome.reason]);
      await ports.killSwitch.write(switchText(outcome.state), undefined, switchText(outcome.state));
      return { facts: { access: 'off', reasons: ['switch.off'] }, answer: answer(outcome.result, outcome.state) };
    }
    const { text, version } = await ports.killSwitch.read();
    const outcome = switchOn(parseSwitch(text), requester, now, ports.settings.proposalSeconds);
    if (outcome.result === 'refused') throw new Refusal(403, [outcome.reason]);
    const { state, result } = outcome;
    return {
      facts: { access: state.access, reasons: [result === 'proposed' ? 'switch.proposed' : 'switch.on'] },
      effect: async () => {
        const written = await ports.killSwitch.write(switchText(state), version, switchText(initialSwitch(now)));
        if (written === 'conflict') throw new Refusal(409, ['switch.changed-meanwhile'], { access: 'off' });
      },
      answer: answer(result, state),
    };
  });
}
