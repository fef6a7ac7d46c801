import { CedarEngine } from '../../../lib/gateway/policies/cedar-engine';
import { auditRecordSchema } from '../../../lib/gateway/audit/audit-record';
import { PEOPLE, grantTo, memoryGateway } from '../memory-gateway';
import { changedPolicies } from '../shipped';

const USE = { dataset: 'media', class: 'restricted', purpose: 'legal-obligation', object: '2026/clips.jsonl' };

test.each([
  ['its holder', 'anna', 'revoke.holder'],
  ['one of its approvers', 'sam', 'revoke.approver'],
  ['the auditor', 'uma', 'revoke.auditor'],
])('%s takes a grant back alone, and the next decision under it is a denial', async (_, person, policy) => {
  const gateway = memoryGateway();
  const { call, state } = gateway;
  const grantId = await grantTo(gateway);
  expect((await call('broker', 'anna', { ...USE, grantId })).status).toBe(200);
  const answer = await call('revoke', person, { grantId });
  expect(answer).toMatchObject({ status: 200, body: { decision: 'allow', grantId, result: 'revoked' } });
  const record = state.archive.at(-1)!;
  expect(record).toMatchObject({
    stage: 'revocation',
    outcome: 'allow',
    reasons: ['revocation.done'],
    policies: expect.arrayContaining([policy]),
    person,
    grantId,
    dataset: 'media',
    id: answer.body['record'],
  });
  expect(auditRecordSchema.safeParse(record).success).toBe(true);
  expect((await call('broker', 'anna', { ...USE, grantId })).body['reasons']).toEqual(['grant.revoked']);
});

test('a ticket that was out when its grant was revoked opens nothing', async () => {
  const gateway = memoryGateway();
  const { call, state } = gateway;
  const grantId = await grantTo(gateway);
  const { body } = await call('broker', 'anna', { ...USE, grantId });
  await call('revoke', 'pia', { grantId });
  const answer = await call('data', 'anna', { accessId: body['accessId'] });
  expect(answer).toMatchObject({ status: 403, body: { reasons: ['grant.revoked'] } });
  expect(state.sessions).toEqual([]);
});

test.each(PEOPLE.map(({ id }) => id).filter((id) => !['anna', 'pia', 'sam', 'uma'].includes(id)))(
  '%s, who is neither holder, approver nor auditor, takes nothing back, and that is recorded',
  async (person) => {
    const gateway = memoryGateway();
    const { call, state } = gateway;
    const grantId = await grantTo(gateway);
    expect((await call('revoke', person, { grantId })).status).toBe(403);
    expect(state.archive.at(-1)).toMatchObject({ stage: 'revocation', outcome: 'deny', person });
    expect((await call('broker', 'anna', { ...USE, grantId })).status).toBe(200);
  },
);

test('it works with the switch off or unreadable, and after the grant has ended; twice is once', async () => {
  const gateway = memoryGateway();
  const { call, state } = gateway;
  const grantId = await grantTo(gateway);
  state.flagReadable = false;
  state.now += 10 * 3_600_000;
  expect((await call('revoke', 'anna', { grantId })).body['result']).toBe('revoked');
  expect((await call('revoke', 'uma', { grantId })).body).toMatchObject({ result: 'revoked-before' });
  expect(state.archive.at(-1)).toMatchObject({ reasons: ['revocation.repeated'] });
});

test('it takes effect even where it cannot be recorded, and says so', async () => {
  const gateway = memoryGateway();
  const { call, state } = gateway;
  const grantId = await grantTo(gateway);
  state.archiveFails = 3;
  expect((await call('revoke', 'uma', { grantId })).status).toBe(503);
  expect((await call('broker', 'anna', { ...USE, grantId })).body['reasons']).toEqual(['grant.revoked']);
});

test('two who revoke at the same moment both learn that it is revoked', async () => {
  const gateway = memoryGateway();
  const grantId = await grantTo(gateway);
  gateway.ledger.beforeReplace = () => gateway.call('revoke', 'uma', { grantId });
  const answer = await gateway.call('revoke', 'anna', { grantId });
  expect(answer).toMatchObject({ status: 200, body: { result: 'revoked-before' } });
});

test('an unknown grant, and a body that says more, are refused', async () => {
  const { call } = memoryGateway();
  const grantId = '00000000-0000-4000-8000-000000000000';
  expect((await call('revoke', 'uma', { grantId })).body['reasons']).toEqual(['grant.unknown']);
  expect((await call('revoke', 'uma', { grantId, revoked: false })).body['reasons']).toEqual(['request.unknown-field']);
});

test('who may revoke stands in the policies alone', async () => {
  const without = changedPolicies('45-revocations.cedar', 'Role::"auditor"', 'Role::"operator"');
  const gateway = memoryGateway();
  const grantId = await grantTo(gateway);
  Object.assign(gateway.ports, { engine: new CedarEngine(without) });
  expect((await gateway.call('revoke', 'uma', { grantId })).body['reasons']).toEqual(['no-policy-permits']);
  expect((await gateway.call('revoke', 'pia', { grantId })).status).toBe(200);
});
