import { Command } from 'commander';
import { gatewayCommand } from '../../bin/commands/gateway';
import { explain } from '../../lib/gateway/decision/explain';
import { decide } from '../../lib/gateway/decision/decide';
import { questionOf } from '../../lib/gateway/decision/scenario';
import type { Scenario } from '../../lib/gateway/decision/scenario';
import { engine, policySet, settings } from './shipped';

const ASKED: Scenario = {
  country: 'SE',
  role: 'analyst',
  class: 'restricted',
  purpose: 'legal-obligation',
  approvals: 0,
  privacyApproval: false,
  transfer: 'none',
  time: 'within',
  access: 'on',
};
const changes = async (change: Partial<Scenario>) =>
  (await explain({ ...ASKED, ...change }, settings, engine, policySet)).changes;

test('the least that would have to change is named, and no more', async () => {
  expect(await changes({})).toEqual(['a grant with 2 approvals, one of them by a privacy officer in the EEA']);
  expect(await changes({ class: 'interoperable' })).toEqual([
    'a grant with 1 approval, one of them by a privacy officer in the EEA',
  ]);
  expect(await changes({ approvals: 2, privacyApproval: true, time: 'at the end' })).toEqual([
    'a grant that has begun and not ended',
  ]);
  expect(await changes({ class: 'public', access: 'off' })).toEqual([
    'the kill switch on, by an operator and the auditor together',
  ]);
  expect(await changes({ approvals: 2, privacyApproval: true })).toEqual([]);
});

test('abroad, the register and the assessment are asked for where they are needed', async () => {
  const abroad = { class: 'interoperable', purpose: 'service-operation', approvals: 2, privacyApproval: true } as const;
  expect(await changes({ ...abroad, country: 'GB' })).toEqual(['a transfer for this class and zone in the register']);
  expect(await changes({ ...abroad, country: 'IN' })).toEqual([
    'a transfer for this class and zone in the register, with the id of its assessment',
  ]);
  expect(await changes({ ...abroad, country: 'IN', transfer: 'assessed', purpose: 'subject-request' })).toEqual([
    'another purpose has to be the true one, for example trust-and-safety',
  ]);
});

test('what no approval and no register can change is said plainly: somebody in the EEA has to ask', async () => {
  expect((await changes({ country: 'US' }))[0]).toBe('somebody in the EEA has to ask, and from there');
  expect((await changes({ country: 'ZZ', class: 'aggregate' }))[0]).toBe(
    'somebody in the EEA has to ask, and from there',
  );
});

test('the answer promised after the changes is the one the policies then give', async () => {
  const { then } = await explain({ ...ASKED, country: 'IN', class: 'interoperable' }, settings, engine, policySet);
  const changed = questionOf({
    ...ASKED,
    country: 'IN',
    class: 'interoperable',
    purpose: 'trust-and-safety',
    approvals: 2,
    privacyApproval: true,
    transfer: 'assessed',
  });
  expect(then).toEqual((await decide(changed, settings, engine)).obligations);
});

describe('enclave gateway explain', () => {
  const run = async (...args: string[]): Promise<string> => {
    let text = '';
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((part) => ((text += String(part)), true));
    try {
      const program = new Command('enclave').exitOverride().configureOutput({ writeErr: () => undefined });
      const command = gatewayCommand();
      for (const part of [command, ...command.commands]) part.copyInheritedSettings(program);
      await program.addCommand(command).parseAsync(['node', 'enclave', 'gateway', 'explain', ...args]);
    } finally {
      write.mockRestore();
    }
    return text;
  };

  test('prints decision, policy, file, and what would have to change', async () => {
    const text = await run('--as', 'analyst', '--country', 'IN', '--class', 'restricted');
    expect(text).toMatch(/^DENY {2}analyst in IN \(zone THIRD\) reads restricted data/);
    expect(text).toMatch(/decided by {2}forbid answer\.restricted-stays {2}\(config\/gateway\/50-answers\.cedar:\d+\)/);
    expect(text).toMatch(/needs {7}somebody in the EEA has to ask, and from there/);
    expect(text).toContain(`sha256 ${policySet.hash}`);
  });

  test('prints the same as JSON', async () => {
    const answer = JSON.parse(
      await run('--as', 'engineer', '--country', 'SE', '--class', 'public', '--format', 'json'),
    ) as object;
    expect(answer).toMatchObject({
      decision: { outcome: 'allow', zone: 'EEA', obligations: { form: 'raw' } },
      decidedBy: [{ id: 'public.everyone' }],
      changes: [],
    });
  });

  test.each([
    ['a class nobody knows', ['--as', 'analyst', '--country', 'SE', '--class', 'secret']],
    ['a role nobody knows', ['--as', 'king', '--country', 'SE', '--class', 'public']],
    ['a country in small letters', ['--as', 'analyst', '--country', 'se', '--class', 'public']],
    [
      'a purpose that is not on the list',
      ['--as', 'analyst', '--country', 'SE', '--class', 'public', '--purpose', 'curiosity'],
    ],
    ['no country', ['--as', 'analyst', '--class', 'public']],
    [
      'approvals that are no number',
      ['--as', 'analyst', '--country', 'SE', '--class', 'public', '--approvals', 'many'],
    ],
  ])('refuses %s', async (_, args) => {
    await expect(run(...args)).rejects.toMatchObject({ name: 'CommanderError' });
  });
});
