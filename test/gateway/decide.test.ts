import { decide } from '../../lib/gateway/decision/decide';
import type { Question } from '../../lib/gateway/decision/decide';
import { questionOf } from '../../lib/gateway/decision/scenario';
import type { Scenario } from '../../lib/gateway/decision/scenario';
import type { Approval, Grant } from '../../lib/gateway/decision/facts';
import type { PolicyEngine } from '../../lib/gateway/policies/policy-engine';
import { engine, settings } from './shipped';

const RESTRICTED: Scenario = {
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
const FROM_INDIA: Scenario = {
  ...RESTRICTED,
  country: 'IN',
  class: 'interoperable',
  purpose: 'service-operation',
  transfer: 'assessed',
};

const base = questionOf(RESTRICTED);
const grant = base.grant!;
const withGrant = (change: Partial<Grant>): Question => ({ ...base, grant: { ...grant, ...change } });
const approvals = (change: Partial<Approval>): Approval[] => [
  grant.approvals[0]!,
  { ...grant.approvals[1]!, ...change },
];
const ask = (q: Question) => decide(q, settings, engine);

test('a person in the EEA with two approvals reads restricted data as stored, for at most an hour', async () => {
  expect(await ask(base)).toMatchObject({
    outcome: 'allow',
    zone: 'EEA',
    policies: ['restricted.eea'],
    reasons: [],
    obligations: { form: 'raw', sessionSeconds: 3600, maxRows: 10_000, maxBytes: 4_194_304, noise: false },
  });
});

test('a third country reads interoperable data pseudonymised, with register and assessment', async () => {
  expect(await ask(questionOf(FROM_INDIA))).toMatchObject({
    outcome: 'allow',
    policies: ['interoperable.third'],
    obligations: { form: 'pseudonymised' },
  });
});

test('aggregates carry the least group, and noise where the third country needs it', async () => {
  const aggregate = { ...RESTRICTED, class: 'aggregate', approvals: 0 } as const;
  const eea = await ask(questionOf(aggregate));
  const third = await ask(questionOf({ ...aggregate, country: 'IN' }));
  expect(eea.obligations).toMatchObject({ form: 'aggregated', minimumGroup: 20, noise: false });
  expect(third.obligations).toMatchObject({ form: 'aggregated', minimumGroup: 20, noise: true });
});

test.each<[string, Question, string]>([
  ['approved by the requester', withGrant({ approvals: approvals({ approver: 'requester' }) }), 'grant.own-approval'],
  [
    'approved by a manager of the requester',
    withGrant({ approvals: approvals({ approver: 'manager' }) }),
    'grant.approval-from-the-line',
  ],
  [
    'approved by somebody who reports to the requester',
    withGrant({ approvals: approvals({ managers: ['requester'] }) }),
    'grant.approval-from-the-line',
  ],
  [
    'approved by the same person twice',
    withGrant({ approvals: [grant.approvals[0]!, grant.approvals[0]!] }),
    'no-policy-permits',
  ],
  ['approved by one person', withGrant({ approvals: [grant.approvals[0]!] }), 'no-policy-permits'],
  ['not approved', withGrant({ approvals: [] }), 'grant.privacy-approval'],
  [
    'approved by a privacy officer outside the EEA',
    withGrant({ approvals: [{ ...grant.approvals[0]!, zone: 'ADEQUATE' }, grant.approvals[1]!] }),
    'grant.privacy-approval',
  ],
  ['somebody else’s', withGrant({ holder: 'another' }), 'grant.holder'],
  ['for another dataset', withGrant({ dataset: 'other' }), 'grant.dataset'],
  ['for another purpose', withGrant({ purpose: 'subject-request' }), 'grant.purpose'],
  ['revoked', withGrant({ revoked: true }), 'grant.revoked'],
])('a grant that is %s opens nothing', async (_, question, reason) => {
  const { outcome, reasons, obligations } = await ask(question);
  expect({ outcome, obligations }).toEqual({ outcome: 'deny', obligations: undefined });
  expect(reasons).toContain(reason);
});

test('at the moment a grant ends it has ended, and before it begins it has not begun', async () => {
  const at = (now: number) => ask({ ...base, now });
  expect((await at(grant.expiresAt)).reasons).toContain('grant.time');
  expect((await at(grant.expiresAt + 1)).reasons).toContain('grant.time');
  expect((await at(grant.notBefore - 1)).reasons).toContain('grant.time');
  expect((await at(grant.notBefore)).outcome).toBe('allow');
});

test('a session is never longer than what is left of the grant; with less than STS can issue there is none', async () => {
  const left = async (seconds: number) => {
    const { outcome, reasons, obligations } = await ask({ ...base, now: grant.expiresAt - seconds * 1000 });
    return obligations?.sessionSeconds ?? [outcome, ...reasons];
  };
  expect(await left(3601)).toBe(3600);
  expect(await left(3599)).toBe(3599);
  expect(await left(900)).toBe(900);
  expect(await left(899)).toEqual(['deny', 'answer.session-length']);
  expect((await ask({ ...base, now: grant.expiresAt - 900_001 })).obligations?.sessionSeconds).toBe(900);
});

test.each<[string, Question, string]>([
  [
    'country',
    { ...base, requester: { ...base.requester, countries: { contract: 'SE', employer: 'XX', network: 'SE' } } },
    'people.blocked-zone',
  ],
  ['purpose', { ...base, asked: { ...base.asked, purpose: 'curiosity' } }, 'purpose.unknown'],
  ['class', { ...base, asked: { ...base.asked, class: 'secret' } }, 'class.mismatch'],
  ['dataset', { ...base, dataset: undefined }, 'dataset.unknown'],
  ['role', { ...base, requester: { ...base.requester, role: 'director' } }, 'role.unknown'],
  ['time', { ...base, now: Number.NaN }, 'clock.unreadable'],
])('an unknown %s is denied', async (_, question, reason) => {
  const decision = await ask(question);
  expect(decision.outcome).toBe('deny');
  expect(decision.reasons).toContain(reason);
});

test('asking for a dataset under a lighter class than it is registered under is denied', async () => {
  const { outcome, reasons } = await ask({ ...base, grant: undefined, asked: { ...base.asked, class: 'public' } });
  expect({ outcome, reasons }).toEqual({ outcome: 'deny', reasons: ['class.mismatch'] });
});

test.each(['off', 'unreadable'] as const)(
  'while the kill switch is %s nothing is read, not even public data',
  async (access) => {
    for (const scenario of [RESTRICTED, FROM_INDIA, { ...RESTRICTED, class: 'public', approvals: 0 } as const]) {
      const { outcome, reasons } = await ask(questionOf({ ...scenario, access }));
      expect(outcome).toBe('deny');
      expect(reasons).toContain('stop.kill-switch');
    }
  },
);

test('the auditor reads no data, whatever they are cleared for and granted', async () => {
  const cleared = {
    ...settings,
    roles: settings.roles.map((role) => ({ ...role, cleared: [...role.cleared, 'restricted' as const] })),
  };
  const { outcome, reasons } = await decide(questionOf({ ...RESTRICTED, role: 'auditor' }), cleared, engine);
  expect(outcome).toBe('deny');
  expect(reasons).toContain('people.auditor-reads-records-only');
});

test('a role that is not cleared for the class, and a person who has left, are denied', async () => {
  expect((await ask(questionOf({ ...RESTRICTED, role: 'engineer' }))).reasons).toContain(
    'people.cleared-for-the-class',
  );
  expect((await ask({ ...base, requester: { ...base.requester, active: false } })).reasons).toContain('people.active');
});

test.each([
  ['ended', { expiresAt: questionOf(FROM_INDIA).now }],
  ['is for another zone', { zone: 'ADEQUATE' as const }],
  ['is for another dataset', { dataset: 'other' }],
  ['is for another class', { class: 'aggregate' as const }],
  ['has no assessment', { assessment: undefined }],
  ['is not the one the grant names', { id: 'another' }],
])('a transfer that %s carries nothing to a third country', async (_, change) => {
  const q = questionOf(FROM_INDIA);
  expect((await ask({ ...q, transfer: { ...q.transfer!, ...change } })).outcome).toBe('deny');
});

test('an engine that fails has allowed nothing', async () => {
  for (const failure of ['policy-error', 'engine-unavailable', 'invalid-question'] as const) {
    const failing: PolicyEngine = {
      ...engine,
      name: engine.name,
      policyHash: engine.policyHash,
      evaluate: async () => ({ allowed: false, policies: [], failure }),
    };
    expect(await decide(base, settings, failing)).toMatchObject({ outcome: 'deny', reasons: [failure] });
  }
});

test('ids are data: one that looks like policy text decides nothing', async () => {
  const id = '") || true || ("';
  expect((await ask({ ...base, requester: { ...base.requester, id } })).reasons).toContain('grant.holder');
});
