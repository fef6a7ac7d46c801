/** Plays the rows of the matrix against an assembly. */
import { unitsOf } from '../attachment';
import { decideRequest } from '../evaluate/decide';
import type { Caller, ConcreteRequest } from '../evaluate/request';
import type { PolicyDocument } from '../policy/document';
import type { EnclavePolicies } from '../policy/enclave-policies';
import type { Attack, Check, Origin } from './attack';
import { ABSENT, castOf } from './cast';
import type { Cast } from './cast';

export type Outcome =
  | { readonly kind: 'decided'; readonly decision: 'allow' | 'deny'; readonly because: string }
  | { readonly kind: 'not applicable'; readonly because: string };

/** The outcome of each row, in order. */
export function play(policies: EnclavePolicies, attacks: readonly Attack[]): readonly (readonly [Attack, Outcome])[] {
  const cast = castOf(policies);
  return attacks.map((row) => [row, outcomeOf(policies, cast, row)]);
}

function outcomeOf(policies: EnclavePolicies, cast: Cast, row: Attack): Outcome {
  const missing = row.checks.flatMap(namesIn).find((name) => !cast.has(name));
  if (missing !== undefined) return { kind: 'not applicable', because: ABSENT[missing] ?? `there is no ${missing}` };
  const [first = undefined, ...others] = unitsOf(policies);
  const reasons: string[] = [];
  for (const check of row.checks) {
    const request = requestOf(policies, cast, check);
    // The templates do not say which unit an account is in: the answer must be the same wherever it is.
    const decisions = [first, ...others].map((unit) => decideRequest(policies, request, unit));
    const refusal = decisions.find((d) => !d.allowed);
    if (refusal && decisions.some((d) => d.allowed))
      throw new Error(`${row.id}: whether it passes depends on the unit (${refusal.because})`);
    if (refusal) return { kind: 'decided', decision: 'deny', because: refusal.because };
    reasons.push(decisions[0]!.because);
  }
  return { kind: 'decided', decision: 'allow', because: [...new Set(reasons)].join('; ') };
}

const NAME = /\{([A-Za-z]+)\}/g;

const namesIn = (check: Check): readonly string[] =>
  [...JSON.stringify(check).matchAll(NAME)].map((match) => match[1]!);

function requestOf(policies: EnclavePolicies, cast: Cast, check: Check): ConcreteRequest {
  const text = (template: string): string => template.replace(NAME, (_, name: string) => cast.get(name)!);
  const context: Record<string, string | readonly string[]> = {};
  for (const [key, value] of Object.entries({ ...keysOf(check.from, check.action), ...check.context })) {
    if (value === null) delete context[key];
    else context[key] = typeof value === 'string' ? text(value) : value.map(text);
  }
  return {
    caller: callerOf(text(check.caller)),
    action: check.action,
    resource: text(check.resource),
    context,
    under: boundsOf(policies, check.under),
  };
}

function callerOf(text: string): Caller {
  if (text === 'anonymous') return { kind: 'anonymous' };
  if (text.startsWith('service:')) return { kind: 'service', name: text.slice('service:'.length) };
  return { kind: 'identity', arn: text, account: text.split(':')[4]! };
}

/** Service → the site's endpoint for it. Every other call goes through the endpoint for objects. */
const ENDPOINTS: Readonly<Record<string, string>> = {
  dynamodb: '{tableEndpoint}',
  kms: '{keyEndpoint}',
  sts: '{sessionEndpoint}',
};

/** What AWS says of a well-formed call from there. */
function keysOf(from: Origin, action: string): Readonly<Record<string, string>> {
  const service = action.split(':')[0]!.toLowerCase();
  const endpoint = ENDPOINTS[service] ?? '{objectsEndpoint}';
  const common = {
    'aws:RequestedRegion': from === 'abroad' ? 'us-east-1' : '{region}',
    'aws:SecureTransport': 'true',
    'aws:ResourceAccount': '{home}',
    'aws:ResourceOrgID': '{organization}',
    ...(service === 's3' ? { 's3:signatureversion': 'AWS4-HMAC-SHA256', 's3:TlsVersion': '1.3' } : {}),
  };
  switch (from) {
    case 'internet':
    case 'abroad':
      return common;
    case 'endpoint':
      return { ...common, 'aws:SourceVpce': endpoint, 'aws:VpceAccount': '{home}' };
    case 'other endpoint':
      return { ...common, 'aws:SourceVpce': '{otherEndpoint}', 'aws:VpceAccount': '{partner}' };
    case 'foreign endpoint':
      return { ...common, 'aws:SourceVpce': 'vpce-0fffffffffffffff0', 'aws:VpceAccount': '{outsider}' };
    case 'session':
      return {
        ...common,
        'aws:SourceVpce': endpoint,
        'aws:VpceAccount': '{home}',
        'aws:PrincipalTag/gw:ticket': 'GW-4711',
        'aws:PrincipalTag/gw:reason': 'security-incident',
        'aws:PrincipalTag/gw:mfa': 'true',
        'aws:SourceIdentity': 'person-kari',
      };
  }
}

const ONLY_LISTS: PolicyDocument = {
  name: 'session policy',
  statements: [
    {
      sid: 'OnlyLists',
      effect: 'Allow',
      actions: ['s3:ListBucket'],
      notAction: false,
      resources: ['*'],
      notResource: false,
      principals: undefined,
      notPrincipal: false,
      conditions: [],
    },
  ],
};

function boundsOf(policies: EnclavePolicies, under: Check['under']): readonly PolicyDocument[] {
  if (under === undefined) return [];
  if (under !== 'boundary') return [ONLY_LISTS];
  const boundary = policies.roles.find((role) => role.boundary !== undefined)?.boundary;
  if (!boundary) throw new Error('no role of the assembly has a boundary');
  return [boundary];
}
