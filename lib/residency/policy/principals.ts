/** Whom a statement lets in, and where they stand. */
import { findRegion } from '../../geo';
import { describe, parseArn, textOf } from '../../template';
import { custody, locateResource } from '../destination';
import { literalHostOf } from '../evaluators/host-allowlist';
import type { Opinion } from '../opinion';
import { closed, outside, unknown } from '../opinion';
import { regionOpinion } from '../places';
import { isAccountId } from '../premises';
import type { Premises } from '../premises';
import type { Place } from '../model';
import type { Resource } from '../../template';
import type { Principal, Statement } from './statement';

/** Service principals that serve content from edge locations all over the world. */
const EDGE_SERVICES = new Set(['cloudfront', 'edgelambda', 'globalaccelerator']);
const AWS_SERVICE =
  /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|aws\.internal|c2s\.ic\.gov|sc2s\.sgov\.gov)$/;

/** An unknown Region or suffix in a service principal leaves the service readable. */
const serviceName = (words: string): string => words.replace(/\$\{[^}]*\}/g, 'x').replace(/\.x$/, '.amazonaws.com');

/** True for the name of a service principal of AWS, such as `events.amazonaws.com`. */
export const isServicePrincipal = (words: string): boolean => AWS_SERVICE.test(serviceName(words));

/** Judges one principal, whatever the conditions say. */
export function principalOpinion(
  principal: Principal,
  statement: Statement | undefined,
  premises: Premises,
  from: Resource,
): Opinion {
  const home = premises.home(from).place;
  const { value } = principal;
  const words = describe(value);
  if (words === '*') return outside({ kind: 'everyone', value: '*' }, 'everyone');
  switch (principal.kind) {
    case 'Service':
      return serviceOpinion(words, home);
    case 'CanonicalUser':
      return canonicalOpinion(principal);
    case 'Federated':
      return federatedOpinion(principal, statement, premises, from);
    default:
      return awsOpinion(principal, premises, home);
  }
}

function serviceOpinion(words: string, home: Place): Opinion {
  if (!isServicePrincipal(words))
    return unknown(`"${words}" is not a service principal of AWS`, { kind: 'account', value: words });
  const labels = serviceName(words).split('.');
  if (EDGE_SERVICES.has(labels[0]!))
    return outside({ kind: 'everyone', value: words }, `${words} serves from edge locations worldwide`);
  const region = labels.find((label) => findRegion(label));
  if (region) {
    const where = regionOpinion(region);
    if (where.verdict !== 'inside') return { ...where, because: `${words} in ${where.because}` };
  }
  return closed(home, `${words} is a service of AWS`);
}

function awsOpinion(principal: Principal, premises: Premises, home: Place): Opinion {
  const { value } = principal;
  const words = describe(value);
  if (value.kind === 'reference') {
    if (/OriginAccessIdentity/.test(value.resource.type)) return edge(words);
    const there = locateResource(value.resource, premises, value.attribute);
    // What the application creates is ours wherever it stands; an answer or a kept text may name anyone.
    return there === premises.standing(value.resource) || there.verdict === 'inside'
      ? closed(there.place, `${words} is a principal of this application`)
      : there;
  }
  const arn = parseArn(value);
  const account = arn ? textOf(arn.account) : textOf(value);
  if (arn && account === undefined && arn.account.kind === 'unknown' && arn.account.pseudo === 'AWS::AccountId')
    return closed(home, `${words} is a principal of this account`);
  if (value.kind === 'unknown' && value.pseudo === 'AWS::AccountId') return closed(home, 'the account of this stack');
  if (account === 'cloudfront') return edge(words);
  const place: Place = {
    ...home,
    kind: 'account',
    value: words,
    ...(account && isAccountId(account) ? { account } : {}),
  };
  if (account === undefined || !isAccountId(account))
    return unknown(value.kind === 'unknown' ? value.why : `\`${words}\` names no account that can be read`, place);
  const held = custody(account, premises);
  return held ? unknown(held, place) : closed(place, `account ${account} is ours`);
}

const edge = (words: string): Opinion =>
  outside(
    { kind: 'everyone', value: words },
    `${words} stands for CloudFront, which serves from edge locations worldwide`,
  );

function canonicalOpinion(principal: Principal): Opinion {
  const { value } = principal;
  if (value.kind === 'reference' && /OriginAccessIdentity/.test(value.resource.type)) return edge(describe(value));
  return unknown(`whose canonical user \`${describe(value)}\` is cannot be told`, {
    kind: 'account',
    value: describe(value),
  });
}

function federatedOpinion(
  principal: Principal,
  statement: Statement | undefined,
  premises: Premises,
  from: Resource,
): Opinion {
  const { value } = principal;
  const words = describe(value);
  const place: Place = { kind: 'host', value: words };
  const home = premises.home(from).place;
  const provider = /(?:oidc-provider|saml-provider)\/(.+)$/.exec(words)?.[1] ?? words;
  if (provider === 'cognito-identity.amazonaws.com') {
    const signedIn = statement?.tests.some(
      (test) =>
        /:amr$/.test(test.key) &&
        !/IfExists/i.test(test.operator) &&
        test.values.every((one) => textOf(one) === 'authenticated'),
    );
    return signedIn
      ? closed(home, 'signed-in users of an identity pool')
      : outside({ kind: 'everyone', value: words }, 'users of an identity pool who have not signed in');
  }
  if (words.includes(':saml-provider/')) return awsOpinion(principal, premises, home);
  if (value.kind === 'reference') return closed(home, `${words} is an identity provider of this application`);
  const registered = literalHostOf(provider, premises, from);
  if (registered) return registered.verdict === 'inside' ? closed(home, registered.because) : registered;
  return unknown(`whoever \`${provider}\` vouches for may enter, and it is not registered`, place);
}
