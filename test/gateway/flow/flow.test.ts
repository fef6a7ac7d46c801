import { auditRecordSchema } from '../../../lib/gateway/audit/audit-record';
import { grantTo, memoryGateway } from '../memory-gateway';

const MEDIA = { dataset: 'media', class: 'restricted', purpose: 'legal-obligation' };
const OBJECT = { ...MEDIA, object: '2026/clips.jsonl' };
const SOCIAL_ABROAD = { dataset: 'social', class: 'interoperable', purpose: 'service-operation', seconds: 3600 };

test('request, approvals, grant, broker, data plane, answer, record; kill switch; denied', async () => {
  const gateway = memoryGateway();
  const { state, call } = gateway;
  const grantId = await grantTo(gateway);
  const access = await call('broker', 'anna', { ...OBJECT, grantId });
  expect(access).toMatchObject({ status: 200, body: { decision: 'allow', form: 'raw' } });
  const { accessId } = access.body;

  const data = await call('data', 'anna', { accessId });
  expect(data.status).toBe(200);
  expect(data.text).toBe('{"owner":"kari"}\n{"owner":"lena"}\n');
  const record = state.archive.at(-1)!;
  expect(record).toMatchObject({
    id: data.headers['x-enclave-record'],
    stage: 'data-plane',
    outcome: 'allow',
    person: 'anna',
    zone: 'EEA',
    grantId,
    policies: ['restricted.eea'],
    counts: { rows: 2, bytes: 34, quarantined: 0, suppressed: 0, truncated: false },
  });
  expect(state.sessions).toEqual([
    expect.objectContaining({
      person: 'anna',
      class: 'restricted',
      dataset: 'media',
      purpose: 'legal-obligation',
      grantId,
      zone: 'EEA',
      key: 'media/2026/clips.jsonl',
      seconds: 3600,
    }),
  ]);

  expect((await call('killSwitch', 'uma', { access: 'off' })).body).toMatchObject({
    result: 'switched',
    access: 'off',
  });
  const stopped = await call('broker', 'anna', { ...OBJECT, grantId });
  expect(stopped).toMatchObject({ status: 403, body: { decision: 'deny', reasons: ['stop.kill-switch'] } });

  expect(state.archive.map(({ stage, outcome }) => `${stage} ${outcome}`)).toEqual([
    'request allow',
    'pre-check allow',
    'approval allow',
    'approval allow',
    'approval allow',
    'grant allow',
    'broker allow',
    'data-plane allow',
    'kill-switch allow',
    'broker deny',
  ]);
  expect(state.feed).toEqual(state.archive);
  for (const each of state.archive) expect(auditRecordSchema.safeParse(each).success).toBe(true);
  expect(JSON.stringify(state.archive)).not.toMatch(/kari|lena|clips|CASE|SECRET|secret-/);
});

test('somebody in a third country gets pseudonymised data, and nobody anywhere gets AWS credentials', async () => {
  const gateway = memoryGateway();
  const { state, call } = gateway;
  const grantId = await grantTo(gateway, 'ines', { ...SOCIAL_ABROAD, transfer: 'service-in' });
  const use = {
    dataset: 'social',
    class: 'interoperable',
    purpose: 'service-operation',
    object: 'posts.jsonl',
    grantId,
  };
  const access = await call('broker', 'ines', use);
  const data = await call('data', 'ines', { accessId: access.body['accessId'] });
  expect(data.headers['x-enclave-form']).toBe('pseudonymised');
  expect(state.orders).toEqual([
    {
      dataset: 'social',
      recipient: 'ines',
      purposeGroup: 'service',
      now: state.now,
      obligations: expect.objectContaining({ form: 'pseudonymised' }),
    },
  ]);
  expect(state.archive.at(-1)).toMatchObject({
    zone: 'THIRD',
    transfer: 'service-in',
    assessment: 'tia-7',
    form: 'pseudonymised',
  });
  const mine = await grantTo(gateway);
  const raw = await call('broker', 'anna', { ...OBJECT, grantId: mine });
  const rows = await call('data', 'anna', { accessId: raw.body['accessId'] });
  for (const { text, headers } of [access, data, raw, rows])
    expect(`${text}${JSON.stringify(headers)}`).not.toMatch(/ASIA|secret-|sessionToken/i);
});

test('public data and aggregates need no grant, and leave a record all the same', async () => {
  const { call, state } = memoryGateway();
  const use = { dataset: 'published', class: 'public', purpose: 'product-measurement', object: 'posts.jsonl' };
  const access = await call('broker', 'ines', use, { network: null });
  expect(access.status).toBe(200);
  expect((await call('data', 'ines', { accessId: access.body['accessId'] }, { network: null })).text).toBe(
    '{"post":"hello"}\n',
  );
  expect(state.sessions[0]).toMatchObject({ grantId: 'none', zone: 'BLOCKED', seconds: 900 });
  expect(state.archive.map(({ zone, outcome }) => [zone, outcome])).toEqual([
    ['BLOCKED', 'allow'],
    ['BLOCKED', 'allow'],
  ]);
  expect(
    (await call('request', 'anna', { ...use, object: undefined, ticket: 'C-1', seconds: 900 })).body['reasons'],
  ).toEqual(['request.no-grant-needed']);
});

test('what the policies would refuse anyway is refused before anybody is asked to approve', async () => {
  const { call, state } = memoryGateway();
  const ask = async (person: string, body: object) =>
    (await call('request', person, { ticket: 'CASE-1', seconds: 3600, ...body })).body['reasons'];
  expect(await ask('ines', MEDIA)).toEqual(expect.arrayContaining(['answer.restricted-stays']));
  expect(await ask('ines', { ...SOCIAL_ABROAD, purpose: 'subject-request', transfer: 'service-in' })).toEqual([
    'purpose.outside-the-eea',
  ]);
  expect(await ask('ines', SOCIAL_ABROAD)).toEqual(['no-policy-permits']);
  expect(await ask('ines', { ...SOCIAL_ABROAD, transfer: 'plain-in' })).toEqual(['no-policy-permits']);
  expect(await ask('ines', { ...SOCIAL_ABROAD, transfer: 'ended-in' })).toEqual(['no-policy-permits']);
  expect(await ask('ines', { ...SOCIAL_ABROAD, transfer: 'made-up' })).toEqual(['transfer.unknown']);
  expect(await ask('anna', { ...MEDIA, seconds: 86_400 })).toEqual(['request.too-long']);
  expect(await ask('anna', { ...MEDIA, class: 'interoperable' })).toEqual(['class.mismatch']);
  expect(state.started).toEqual([]);
  expect(state.archive).toHaveLength(8);
  expect(state.archive.every(({ outcome }) => outcome === 'deny')).toBe(true);
});

describe('an approval', () => {
  const asked = async () => {
    const gateway = memoryGateway();
    const { body } = await gateway.call('request', 'anna', { ...MEDIA, ticket: 'CASE-1', seconds: 3600 });
    const requestId = String(body['requestId']);
    const approve = async (person: string, yes = true, network?: string) =>
      (await gateway.call('approval', person, { requestId, approve: yes }, network ? { network } : {})).body;
    return { ...gateway, requestId, approve };
  };

  test.each([
    ['the requester', 'anna', ['approval.own', 'approval.role']],
    ['a manager of the requester', 'boss', ['approval.in-line']],
    ['somebody who reports to the requester', 'report', ['approval.in-line']],
    ['the auditor', 'uma', ['approval.role']],
    ['somebody who has left', 'gone', ['person.inactive']],
    ['nobody the directory knows', 'stranger', ['person.unknown']],
  ])('by %s does not count and is recorded', async (_, person, reasons) => {
    const { approve, state } = await asked();
    expect((await approve(person))['reasons']).toEqual(reasons);
    expect(state.archive.at(-1)).toMatchObject({ stage: 'approval', outcome: 'deny', reasons });
  });

  test('from an unknown country does not count', async () => {
    const { approve } = await asked();
    expect((await approve('sam', true, 'XX'))['reasons']).toEqual(['approval.blocked-zone']);
  });

  test('counts once for each person', async () => {
    const { approve } = await asked();
    expect(await approve('pia')).toMatchObject({ state: 'open' });
    expect((await approve('pia'))['reasons']).toEqual(['approval.repeated']);
  });

  test('by two who are no privacy officers in the EEA is not enough; the third makes it', async () => {
    const { approve, steps, requestId, state } = await asked();
    await steps.await({ requestId, taskToken: 'token' });
    expect(await approve('sam')).toMatchObject({ state: 'open' });
    expect(await approve('gwen')).toMatchObject({ state: 'open' });
    expect((await steps.issue({ requestId })).reasons).toEqual(['grant.not-approved']);
    expect(await approve('pia')).toMatchObject({ state: 'approved' });
    expect(state.approved).toEqual([requestId]);
    expect((await approve('olaf'))['reasons']).toEqual(['approval.closed']);
  });

  test('that is withheld ends the request', async () => {
    const { approve, steps, requestId, state } = await asked();
    await steps.await({ requestId, taskToken: 'token' });
    expect(await approve('pia', false)).toMatchObject({ state: 'refused' });
    expect(state.refused).toEqual(['token']);
    expect((await approve('sam'))['reasons']).toEqual(['approval.closed']);
    expect((await steps.issue({ requestId })).outcome).toBe('deny');
  });

  test('after the time for approvals counts no more', async () => {
    const { approve, state, ports } = await asked();
    state.now += ports.settings.approvalSeconds * 1000;
    expect((await approve('pia'))['reasons']).toEqual(['approval.too-late']);
  });

  test('given before the workflow waits is not lost', async () => {
    const { approve, steps, requestId, state } = await asked();
    await approve('pia');
    await approve('sam');
    expect(state.approved).toEqual([]);
    await steps.await({ requestId, taskToken: 'token' });
    expect(state.approved).toEqual([requestId]);
  });

  test('given at the same moment as another is not lost', async () => {
    const { approve, ledger, requestId, ports } = await asked();
    ledger.beforeReplace = () => approve('sam');
    expect(await approve('pia')).toMatchObject({ state: 'approved' });
    const stored = JSON.parse(ledger.items.get(`request#${requestId}`)!.text) as { approvals: { approver: string }[] };
    expect(stored.approvals.map(({ approver }) => approver)).toEqual(['sam', 'pia']);
    expect(ports.settings.approverRoles).toContain('safety');
  });
});

test('a request becomes one grant, however often the last step runs', async () => {
  const gateway = memoryGateway();
  const requestId = await grantTo(gateway);
  expect((await gateway.steps.issue({ requestId })).outcome).toBe('deny');
  expect([...gateway.ledger.items.keys()].filter((key) => key.startsWith('grant#'))).toHaveLength(1);
});

test('a grant is decided again at use: an ended one, another person’s, and one of somebody who moved away open nothing', async () => {
  const gateway = memoryGateway();
  const { call, state } = gateway;
  const grantId = await grantTo(gateway);
  const reasons = async (person: string, options: object = {}) =>
    (await call('broker', person, { ...OBJECT, grantId }, options)).body['reasons'];
  expect(await reasons('pia')).toEqual(['grant.holder', 'grant.own-approval']);
  expect(await reasons('anna', { network: 'US' })).toEqual(expect.arrayContaining(['answer.restricted-stays']));
  expect(await reasons('anna', { network: null })).toEqual(expect.arrayContaining(['people.blocked-zone']));
  state.now += 7_200_000;
  expect(await reasons('anna')).toEqual(expect.arrayContaining(['grant.time']));
  expect(
    (await call('broker', 'anna', { ...OBJECT, grantId: '00000000-0000-4000-8000-000000000000' })).body['reasons'],
  ).toEqual(['grant.unknown']);
});

describe('a ticket of the broker', () => {
  const ticketed = async () => {
    const gateway = memoryGateway();
    const grantId = await grantTo(gateway);
    const { body } = await gateway.call('broker', 'anna', { ...OBJECT, grantId });
    return { ...gateway, grantId, accessId: body['accessId'] };
  };

  test('opens the data plane once', async () => {
    const { call, accessId, state } = await ticketed();
    expect((await call('data', 'anna', { accessId })).status).toBe(200);
    expect((await call('data', 'anna', { accessId })).body['reasons']).toEqual(['access.used']);
    expect(state.sessions).toHaveLength(1);
  });

  test('used twice at the same moment opens it once', async () => {
    const { call, accessId, state, ledger } = await ticketed();
    let inner: Awaited<ReturnType<typeof call>> | undefined;
    ledger.beforeReplace = async () => (inner = await call('data', 'anna', { accessId }));
    expect((await call('data', 'anna', { accessId })).body['reasons']).toEqual(['access.used']);
    expect(inner?.status).toBe(200);
    expect(state.sessions).toHaveLength(1);
  });

  test('is of no use to somebody else, later, or if it never was', async () => {
    const { call, accessId, state, ports } = await ticketed();
    expect((await call('data', 'sam', { accessId })).body['reasons']).toEqual(['access.of-another']);
    expect((await call('data', 'anna', { accessId: '00000000-0000-4000-8000-000000000000' })).body['reasons']).toEqual([
      'access.unknown',
    ]);
    state.now += ports.settings.ticketSeconds * 1000;
    expect((await call('data', 'anna', { accessId })).body['reasons']).toEqual(['access.expired']);
    expect(state.sessions).toEqual([]);
  });

  test('is void when the switch was off in between, though it is on again', async () => {
    const { call, accessId, state } = await ticketed();
    state.now += 1000;
    await call('killSwitch', 'call', { access: 'off' });
    await call('killSwitch', 'olaf', { access: 'on' });
    expect((await call('killSwitch', 'uma', { access: 'on' })).body).toMatchObject({ access: 'on' });
    expect((await call('data', 'anna', { accessId })).body['reasons']).toEqual(['access.void']);
  });

  test('does not help when the switch cannot be read', async () => {
    const { call, accessId, state } = await ticketed();
    state.flagReadable = false;
    expect((await call('data', 'anna', { accessId })).body['reasons']).toEqual(['stop.kill-switch']);
  });
});

describe('no record, no data', () => {
  test('a throttled archive is tried again and nothing is lost', async () => {
    const gateway = memoryGateway();
    gateway.state.archiveFails = 2;
    await grantTo(gateway);
    expect(gateway.state.archive).toHaveLength(6);
    expect(gateway.state.deadLetters).toEqual([]);
  });

  test('an archive that stays away stops the answer, and the dead-letter queue has the record', async () => {
    const gateway = memoryGateway();
    const grantId = await grantTo(gateway);
    const { body } = await gateway.call('broker', 'anna', { ...OBJECT, grantId });
    gateway.state.archiveFails = 3;
    const answer = await gateway.call('data', 'anna', { accessId: body['accessId'] });
    expect(answer).toMatchObject({ status: 503, body: { decision: 'deny', reasons: ['not-recorded'] } });
    expect(answer.text).not.toContain('kari');
    expect(gateway.state.deadLetters).toEqual([
      expect.objectContaining({ stage: 'data-plane', counts: expect.anything() }),
    ]);
  });

  test('a feed that stays away leaves the record to the dead-letter queue; if that is away too, the answer stops', async () => {
    const { call, state } = memoryGateway();
    const use = { dataset: 'published', class: 'public', purpose: 'product-measurement', object: 'posts.jsonl' };
    state.feedFails = 3;
    expect((await call('broker', 'anna', use)).status).toBe(200);
    expect(state.deadLetters).toEqual(state.archive);
    Object.assign(state, { feedFails: 3, deadLettersFail: 3 });
    expect((await call('broker', 'anna', use)).status).toBe(503);
  });

  test('a broker that is not recorded leaves no ticket, and a request that is not recorded starts nothing', async () => {
    const gateway = memoryGateway();
    const grantId = await grantTo(gateway);
    gateway.state.started.length = 0;
    gateway.state.archiveFails = 1_000;
    expect((await gateway.call('broker', 'anna', { ...OBJECT, grantId })).status).toBe(503);
    expect((await gateway.call('request', 'anna', { ...MEDIA, ticket: 'CASE-2', seconds: 900 })).status).toBe(503);
    expect([...gateway.ledger.items.keys()].filter((key) => key.startsWith('ticket#'))).toEqual([]);
    expect(gateway.state.started).toEqual([]);
  });

  test('switching off works without a record; switching on does not', async () => {
    const { call, state } = memoryGateway();
    state.archiveFails = 1_000;
    expect((await call('killSwitch', 'uma', { access: 'off' })).status).toBe(503);
    expect(state.flag).toContain('"access":"off"');
    expect((await call('killSwitch', 'olaf', { access: 'on' })).status).toBe(503);
    expect(state.flag).not.toContain('proposal');
  });
});
