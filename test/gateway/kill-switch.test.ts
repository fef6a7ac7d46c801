import {
  accessOf,
  initialSwitch,
  parseSwitch,
  switchOff,
  switchOn,
  switchText,
} from '../../lib/gateway/decision/kill-switch';
import type { SwitchOutcome, SwitchState } from '../../lib/gateway/decision/kill-switch';
import { memoryGateway } from './memory-gateway';

const NOW = Date.UTC(2026, 10, 22);
const person = (id: string, role: string, active = true) => ({ id, role, active });
const OLAF = person('olaf', 'operator');
const UMA = person('uma', 'auditor');
const on: SwitchState = { access: 'on', changedAt: 1, changedBy: ['olaf', 'uma'], voidBefore: 0 };
const stateOf = (outcome: SwitchOutcome): SwitchState => {
  if (outcome.result === 'refused') throw new Error(outcome.reason);
  return outcome.state;
};

test.each(['auditor', 'on-call'])('the %s switches off alone, from any state', (role) => {
  expect(switchOff(person('p', role), NOW)).toEqual({
    result: 'switched',
    state: { access: 'off', changedAt: NOW, changedBy: ['p'], voidBefore: NOW },
  });
});

test.each(['operator', 'analyst', 'privacy', 'engineer'])('the role %s does not switch off', (role) => {
  expect(switchOff(person('p', role), NOW).result).toBe('refused');
});

test('operator and auditor switch on together, in either order', () => {
  for (const [first, second] of [
    [OLAF, UMA],
    [UMA, OLAF],
  ] as const) {
    const proposed = switchOn(initialSwitch(0), first, NOW, 900);
    expect(proposed.result).toBe('proposed');
    expect(stateOf(proposed).access).toBe('off');
    expect(switchOn(stateOf(proposed), second, NOW + 1, 900)).toMatchObject({
      result: 'switched',
      state: { access: 'on', changedBy: [first.id, second.id] },
    });
  }
});

test('two operators, two auditors, or one person with two roles do not switch on', () => {
  const proposed = stateOf(switchOn(initialSwitch(0), OLAF, NOW, 900));
  expect(switchOn(proposed, person('olga', 'operator'), NOW, 900).result).toBe('proposed');
  expect(switchOn(proposed, OLAF, NOW, 900).result).toBe('proposed');
  expect(switchOn(proposed, person('olaf', 'auditor'), NOW, 900).result).toBe('proposed');
  expect(switchOn(stateOf(switchOn(initialSwitch(0), UMA, NOW, 900)), person('ulf', 'auditor'), NOW, 900).result).toBe(
    'proposed',
  );
});

test('a proposal ends: the second person has to come in time, and not before the first', () => {
  const proposed = stateOf(switchOn(initialSwitch(0), OLAF, NOW, 900));
  expect(switchOn(proposed, UMA, NOW + 899_999, 900).result).toBe('switched');
  expect(switchOn(proposed, UMA, NOW + 900_000, 900).result).toBe('proposed');
  expect(switchOn(proposed, UMA, NOW - 1, 900).result).toBe('proposed');
});

test('others, people who have left, and a switch that is on already are refused', () => {
  expect(switchOn(initialSwitch(0), person('call', 'on-call'), NOW, 900).result).toBe('refused');
  expect(switchOn(initialSwitch(0), person('uma', 'auditor', false), NOW, 900).result).toBe('refused');
  expect(switchOff(person('uma', 'auditor', false), NOW).result).toBe('refused');
  expect(switchOn(on, UMA, NOW, 900)).toEqual({ result: 'refused', reason: 'switch.is-on' });
});

test.each([
  '',
  'on',
  '{"access":"on"}',
  switchText(on).replace('"on"', '"yes"'),
  switchText(on).replace('}', ',"more":1}'),
  '{',
])('a flag that says %j is unreadable', (text) => {
  expect(accessOf(parseSwitch(text))).toBe('unreadable');
});

test('a flag is read as it was written', () => {
  expect(parseSwitch(switchText(on))).toEqual(on);
  expect(accessOf(parseSwitch(switchText(initialSwitch(NOW))))).toBe('off');
});

test('a stop that comes while somebody switches on wins', async () => {
  const { call, state, ports } = memoryGateway();
  await call('killSwitch', 'uma', { access: 'off' });
  await call('killSwitch', 'uma', { access: 'on' });
  const read = ports.killSwitch.read;
  ports.killSwitch.read = async () => {
    const seen = await read();
    ports.killSwitch.read = read;
    await call('killSwitch', 'call', { access: 'off' });
    return seen;
  };
  expect((await call('killSwitch', 'olaf', { access: 'on' })).body['reasons']).toEqual(['switch.changed-meanwhile']);
  expect(accessOf(parseSwitch(state.flag))).toBe('off');
});

test('every turn of the switch is recorded, also the refused ones', async () => {
  const { call, state } = memoryGateway();
  await call('killSwitch', 'anna', { access: 'off' });
  await call('killSwitch', 'call', { access: 'off' });
  await call('killSwitch', 'olaf', { access: 'on' });
  await call('killSwitch', 'uma', { access: 'on' });
  expect(state.archive.map(({ person: who, outcome, reasons, access }) => [who, outcome, ...reasons, access])).toEqual([
    ['anna', 'deny', 'switch.off-by-auditor-or-on-call', undefined],
    ['call', 'allow', 'switch.off', 'off'],
    ['olaf', 'allow', 'switch.proposed', 'off'],
    ['uma', 'allow', 'switch.on', 'on'],
  ]);
});
