import { auditRecordSchema } from '../../../lib/gateway/audit/audit-record';
import { MOST_REQUEST_BYTES } from '../../../lib/gateway/handling/answering';
import { answerOf, eventOf, grantTo, memoryGateway, nonce } from '../memory-gateway';

const USE = { dataset: 'media', class: 'restricted', purpose: 'legal-obligation', object: '2026/clips.jsonl' };
const MARK = 'kari.nordmann@example.org';

/** Sends a body as it is, as anna unless said otherwise; the record of it comes along. */
async function send(body: string | null, person = 'anna', gateway = memoryGateway()) {
  const answer = answerOf(await gateway.api.broker(eventOf(person, 'SE', body)));
  const record = gateway.state.archive.at(-1)!;
  expect(auditRecordSchema.safeParse(record).success).toBe(true);
  expect(record.outcome).toBe('deny');
  expect(`${answer.text}${JSON.stringify(record)}`).not.toContain(MARK);
  return { status: answer.status, reasons: answer.body['reasons'], record };
}

const fresh = (change: object, state = memoryGateway().state): string =>
  JSON.stringify({ nonce: nonce(), issuedAt: state.now, ...USE, ...change });

test('a replayed request is refused and recorded, whatever else it says', async () => {
  const gateway = memoryGateway();
  const grantId = await grantTo(gateway);
  const body = fresh({ grantId }, gateway.state);
  expect((await gateway.api.broker(eventOf('anna', 'SE', body))).statusCode).toBe(200);
  expect(await send(body, 'anna', gateway)).toMatchObject({
    status: 409,
    reasons: ['request.replayed'],
    record: { person: 'anna', stage: 'broker' },
  });
  expect(await send(body.replace('2026/clips', '2026/other'), 'anna', gateway)).toMatchObject({
    reasons: ['request.replayed'],
  });
});

test('the same request twice at the same moment is let through once', async () => {
  const gateway = memoryGateway();
  const grantId = await grantTo(gateway);
  const event = eventOf('anna', 'SE', fresh({ grantId }, gateway.state));
  const statuses = (await Promise.all([1, 2, 3].map(() => gateway.api.broker(event)))).map(
    ({ statusCode }) => statusCode,
  );
  expect(statuses.sort()).toEqual([200, 409, 409]);
});

test('a clock that is ahead beyond the tolerance, and a request that is too old, are refused', async () => {
  const gateway = memoryGateway();
  const { now } = gateway.state;
  const { clockSkewSeconds: skew, requestAgeSeconds: age } = gateway.ports.settings;
  const reasons = async (issuedAt: number) =>
    (await send(fresh({ issuedAt, purpose: 'curiosity' }), 'anna', gateway)).reasons;
  expect(await reasons(now + skew * 1000 + 1)).toEqual(['request.from-the-future']);
  expect(await reasons(now + skew * 1000)).toEqual(['purpose.unknown']);
  expect(await reasons(now - age * 1000)).toEqual(['request.too-old']);
  expect(await reasons(now - age * 1000 + 1)).toEqual(['purpose.unknown']);
});

test.each([
  ['nothing', null],
  ['no JSON', `{"dataset": "${MARK}`],
  ['a list', '[]'],
  ['a number', '1e999'],
  ['another type in a field', fresh({ dataset: { id: 'media' } })],
  ['a fraction of a moment', fresh({ issuedAt: 1.5 })],
  ['an object that climbs', fresh({ object: `../${MARK}` })],
  ['an object with an empty step', fresh({ object: 'a//b' })],
  ['a grant that is no id', fresh({ grantId: MARK })],
  ['a short nonce', fresh({ nonce: 'again' })],
  ['nested deep', `${'['.repeat(4000)}${']'.repeat(4000)}`],
])('a malformed request (%s) is refused without a word of it', async (_, body) => {
  expect(await send(body)).toMatchObject({ status: 400, reasons: ['request.malformed'], record: { stage: 'broker' } });
});

test('an oversized request is refused before it is parsed', async () => {
  const body = fresh({ object: MARK.repeat(1000) });
  expect(body.length).toBeGreaterThan(MOST_REQUEST_BYTES);
  expect(await send(body)).toMatchObject({
    status: 413,
    reasons: ['request.too-large'],
    record: { requestBytes: body.length },
  });
});

test.each([
  'zone',
  'role',
  'person',
  'requester',
  'cleared',
  'approvals',
  'network',
  'country',
  'now',
  'access',
  'line',
])('a request that brings its own "%s" is refused: no field of a request becomes an attribute', async (field) => {
  expect(await send(fresh({ [field]: 'EEA' }))).toMatchObject({ status: 400, reasons: ['request.unknown-field'] });
});

test('attributes by way of the prototype change nothing', async () => {
  const body = fresh({}).replace('{', '{"__proto__":{"zone":"EEA","grantId":"x"},');
  expect((await send(body)).reasons).toEqual(['request.unknown-field']);
  expect(({} as { zone?: string }).zone).toBeUndefined();
});

test.each([
  ['without an authoriser', {}],
  ['with an empty context', { requestContext: {} }],
  ['with a name that is no id', { requestContext: { authorizer: { person: `Robert"); ${MARK}` } } }],
  [
    'with headers that name a person',
    { headers: { 'x-person': 'anna' }, requestContext: { identity: { user: 'anna' } } },
  ],
  ['that is nothing', undefined],
])('an event %s names nobody: refused and recorded', async (_, event) => {
  const gateway = memoryGateway();
  const answer = answerOf(await gateway.api.broker(event));
  expect(answer).toMatchObject({ status: 401, body: { reasons: ['caller.unknown'] } });
  expect(gateway.state.archive).toEqual([expect.objectContaining({ outcome: 'deny', reasons: ['caller.unknown'] })]);
  expect(answer.text + JSON.stringify(gateway.state.archive)).not.toContain(MARK);
});

test('an error inside says only that it happened', async () => {
  const gateway = memoryGateway();
  gateway.ports.directory.find = () => Promise.reject(new Error(`table of ${MARK} is broken`));
  expect(await send(fresh({}), 'anna', gateway)).toMatchObject({ status: 500, reasons: ['internal-error'] });
});

test('an error while reading data leaves nothing of the data in answer and record', async () => {
  const gateway = memoryGateway();
  const grantId = await grantTo(gateway);
  const { body } = await gateway.call('broker', 'anna', { ...USE, grantId });
  gateway.state.pieces = (async function* () {
    yield { kind: 'row', line: MARK } as const;
    throw new Error(`cannot parse ${MARK}`);
  })();
  const answer = await gateway.call('data', 'anna', { accessId: body['accessId'] });
  expect(answer).toMatchObject({ status: 500, body: { reasons: ['internal-error'] } });
  expect(answer.text + JSON.stringify(gateway.state.archive)).not.toContain(MARK);
});

test('an answer ends at its bounds and says so', async () => {
  const gateway = memoryGateway();
  const grantId = await grantTo(gateway);
  const { body } = await gateway.call('broker', 'anna', { ...USE, grantId });
  let pulled = 0;
  gateway.state.pieces = (async function* () {
    yield { kind: 'quarantined', records: 3 } as const;
    for (;;) {
      pulled += 1;
      yield { kind: 'row', line: `{"n":${pulled}}` } as const;
    }
  })();
  const answer = await gateway.call('data', 'anna', { accessId: body['accessId'] });
  expect(answer.headers['x-enclave-truncated']).toBe('true');
  expect(answer.text.split('\n')).toHaveLength(10_001);
  expect(pulled).toBe(10_001);
  expect(gateway.state.archive.at(-1)?.counts).toMatchObject({ rows: 10_000, quarantined: 3, truncated: true });
});

test('an object that is not there is denied and recorded', async () => {
  const gateway = memoryGateway();
  const grantId = await grantTo(gateway);
  const { body } = await gateway.call('broker', 'anna', { ...USE, object: '2026/none.jsonl', grantId });
  expect((await gateway.call('data', 'anna', { accessId: body['accessId'] })).body['reasons']).toEqual([
    'object.unknown',
  ]);
});
