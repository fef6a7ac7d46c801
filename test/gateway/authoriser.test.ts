import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { AuditFacts, AuditRecord } from '../../lib/gateway/audit/audit-record';
import { authoriserHandler } from '../../lib/gateway/authoriser/authoriser-handler';
import { issuerSchema } from '../../lib/gateway/authoriser/issuer';
import { settings } from './shipped';

const NOW = Date.UTC(2026, 10, 22);
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const issuer = issuerSchema.parse({
  issuer: 'https://id.example.eu/',
  audience: 'gateway',
  keys: [
    { ...ec.publicKey.export({ format: 'jwk' }), kid: 'ec' },
    { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'rsa' },
  ],
});
const CLAIMS = {
  iss: issuer.issuer,
  aud: 'gateway',
  sub: 'anna',
  iat: NOW / 1000 - 10,
  exp: NOW / 1000 + 600,
  amr: ['pwd', 'mfa'],
};

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
function token(claims: object = {}, header: object = {}, key: KeyObject = ec.privateKey): string {
  const text = `${part({ alg: 'ES256', kid: 'ec', ...header })}.${part({ ...CLAIMS, ...claims })}`;
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

async function authorise(authorization: string | undefined, vpceId = 'vpce-0a1') {
  const records: AuditFacts[] = [];
  const handler = authoriserHandler({
    settings,
    issuer,
    networks: { 'vpce-0a1': 'IE' },
    now: () => NOW,
    recorder: { record: async (facts) => (records.push(facts), facts as AuditRecord) },
  });
  const answer = await handler({
    methodArn: 'arn:aws:execute-api:eu-west-1:111122223333:api/live/POST/access',
    headers: { Authorization: authorization },
    requestContext: { identity: { vpceId } },
  });
  return { ...answer, effect: JSON.stringify(answer.policyDocument).includes('"Allow"') ? 'allow' : 'deny', records };
}

test.each([
  ['ES256', token()],
  ['RS256', token({}, { alg: 'RS256', kid: 'rsa' }, rsa.privateKey)],
])('a token signed with %s names its person, and the endpoint the country', async (_, jwt) => {
  expect(await authorise(`Bearer ${jwt}`)).toMatchObject({
    principalId: 'anna',
    effect: 'allow',
    context: { person: 'anna', network: 'IE' },
    records: [],
  });
});

test.each(['vpce-unknown', '', '__proto__', 'constructor'])(
  'an endpoint nobody has placed (%p) leaves the country open',
  async (endpoint) => {
    expect((await authorise(`Bearer ${token()}`, endpoint)).context).toEqual({ person: 'anna' });
  },
);

test.each([
  ['missing', undefined],
  ['not a bearer token', `Basic ${token()}`],
  ['no token', 'Bearer x.y'],
  ['ended', `Bearer ${token({ exp: NOW / 1000 })}`],
  ['not valid yet', `Bearer ${token({ nbf: NOW / 1000 + 31 })}`],
  ['of a person who signed in with one factor', `Bearer ${token({ amr: ['pwd'] })}`],
  ['that does not say how the person signed in', `Bearer ${token({ amr: undefined })}`],
  ['issued in the future', `Bearer ${token({ iat: NOW / 1000 + 31 })}`],
  ['valid for days', `Bearer ${token({ exp: NOW / 1000 + 90_000 })}`],
  ['for another audience', `Bearer ${token({ aud: ['other'] })}`],
  ['of another issuer', `Bearer ${token({ iss: 'https://id.example.com/' })}`],
  ['for a name that is no id', `Bearer ${token({ sub: 'Anna <anna@example.org>' })}`],
  ['signed with another key', `Bearer ${token({}, {}, other.privateKey)}`],
  ['signed with a key nobody knows', `Bearer ${token({}, { kid: 'new' })}`],
  ['unsigned', `Bearer ${token({}, { alg: 'none' })}`],
  ['symmetric', `Bearer ${token({}, { alg: 'HS256' })}`],
  ['under an algorithm that is not the key’s', `Bearer ${token({}, { alg: 'RS256' })}`],
  ['with a critical extension', `Bearer ${token({}, { crit: ['b64'] })}`],
  ['changed after signing', `Bearer ${token().replace(/\.[^.]+\./, `.${part({ ...CLAIMS, sub: 'boss' })}.`)}`],
  ['too long', `Bearer ${token({ more: 'x'.repeat(9000) })}`],
])('a token that is %s is refused, and the refusal recorded', async (_, header) => {
  expect(await authorise(header)).toMatchObject({
    principalId: 'nobody',
    effect: 'deny',
    context: {},
    records: [{ stage: 'authoriser', outcome: 'deny', reasons: ['token.not-believed'] }],
  });
});

test('a token brings no attributes: role, zone and country in it are ignored', async () => {
  const { context } = await authorise(`Bearer ${token({ role: 'privacy', zone: 'EEA', network: 'SE' })}`);
  expect(context).toEqual({ person: 'anna', network: 'IE' });
});
