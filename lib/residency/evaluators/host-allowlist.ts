/** Judges hosts, URLs, addresses and telephone numbers: AWS hosts by the Region in their name, others by the register. */
import * as ipaddr from 'ipaddr.js';
import { findRegion } from '../../geo';
import type { Resource, Scalar } from '../../template';
import { describe } from '../../template';
import { custody, locate, locateResource, locateUnknown } from '../destination';
import type { Opinion } from '../opinion';
import { closed, inside, outside, unknown, worstOpinion } from '../opinion';
import { countryOpinion, regionOpinion } from '../places';
import type { Premises } from '../premises';
import { isInbound, pulledFrom } from './inbound';
import type { Evaluator, Question } from './question';
import { flagArgument, isBesideThePoint, isIgnored, perValue, scalarsOf } from './question';

/** Domains under which AWS runs regional endpoints. */
const AWS_DOMAINS = [
  'amazonaws.com',
  'amazonaws.com.cn',
  'amazonaws.eu',
  'api.aws',
  'on.aws',
  'aws.dev',
  'vpce.amazonaws.com',
];
const EDGE_DOMAINS = ['cloudfront.net', 'awsglobalaccelerator.com', 's3-accelerate.amazonaws.com', 'global.api.aws'];
const PRIVATE_RANGES = new Set(['private', 'loopback', 'linkLocal', 'uniqueLocal']);

export const hostAllowlist: Evaluator = (question) => (fromAbroad(question) ? incoming(question) : outgoing(question));

/** What comes from a host is no egress; an enclave has all the same promised to know the hosts it fetches from. */
const fromAbroad = (question: Question): boolean =>
  isInbound(question) && !(flagArgument(question, 'inboundOnly') && question.premises.options.sites);

const incoming: Evaluator = (question) =>
  scalarsOf(question.leaves).map((stated) =>
    pulledFrom(question, stated, hostOpinion(stated.value, question.premises, question.resource)),
  );

const outgoing: Evaluator = (question) =>
  perValue(question, (value, stated) => {
    const { premises, resource } = question;
    if (isIgnored(question, value) || isBesideThePoint(question, stated))
      return closed(premises.home(resource).place, `"${describe(value)}" names no host`);
    const where = hostOpinion(value, premises, resource);
    // A browser is sent there by its own user; the host it shows is a doubt, no place the data was moved to.
    return flagArgument(question, 'redirect') && where.verdict === 'outside'
      ? unknown(`a browser is sent to ${where.because}`, where.place)
      : where;
  });

/** Where a host stands. */
export function hostOpinion(value: Scalar, premises: Premises, from: Resource): Opinion {
  if (value.kind === 'reference') return locateResource(value.resource, premises, value.attribute);
  if (value.kind === 'unknown') return locateUnknown(value, premises, from);
  const words = describe(value);
  if (words.startsWith('arn:')) return locate(value, premises, { from, bareName: 'anywhere' });
  const host = hostIn(words).replace(/^dualstack\./, '');
  const known = literalHost(host, words, premises, from);
  if (known) return known;
  if (value.kind === 'pieces') {
    const references = value.pieces.filter((piece) => piece.kind === 'reference');
    const open = value.pieces.find((piece) => piece.kind === 'unknown');
    if (open?.kind === 'unknown') return unknown(`\`${words}\`: ${open.why}`, { kind: 'host', value: words });
    if (host.startsWith('${'))
      return worstOpinion(references.map((piece) => locateResource(piece.resource, premises, piece.attribute)));
  }
  return unknown(`\`${host}\` is not registered with a country`, { kind: 'host', value: host });
}

/** The host of a URL, e-mail address or bare host name, in lower case. */
export function hostIn(text: string): string {
  const bare = text
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/^mailto:/i, '');
  const authority = bare.split(/[/?#](?![^$]*\})/)[0]!;
  const afterUser = authority.slice(authority.lastIndexOf('@') + 1);
  const bracketed = /^\[(.*)\](:\d+)?$/.exec(afterUser)?.[1]; // an IPv6 address: its last group is no port
  return (bracketed ?? afterUser.replace(/:\d*$/, '')).toLowerCase();
}

/** What the register or the host's own name says, for a host that is fully known; undefined when neither does. */
export function literalHostOf(text: string, premises: Premises, from: Resource): Opinion | undefined {
  return literalHost(hostIn(text), text, premises, from);
}

function literalHost(host: string, words: string, premises: Premises, from: Resource): Opinion | undefined {
  const registered = premises.registeredHost(host);
  if (registered) return countryOpinion(registered.country, { kind: 'host', value: host }, `\`${host}\` is registered`);
  if (ipaddr.isValid(host)) {
    const range = ipaddr.parse(host).range();
    return PRIVATE_RANGES.has(range)
      ? inside({ ...premises.home(from).place, kind: 'network', value: host }, `${host} is a private address`)
      : unknown(`where ${host} stands is not registered`, { kind: 'host', value: host });
  }
  if (host === 'localhost') return inside({ ...premises.home(from).place, value: host }, 'the host itself');
  if (EDGE_DOMAINS.some((domain) => host === domain || host.endsWith(`.${domain}`)))
    return outside({ kind: 'everyone', value: host }, `\`${host}\` answers from edge locations worldwide`);
  const domain = AWS_DOMAINS.find((one) => host.endsWith(`.${one}`));
  return domain ? awsHost(host, words, domain, premises, from) : undefined;
}

function awsHost(host: string, words: string, domain: string, premises: Premises, from: Resource): Opinion {
  const labels = host.slice(0, -domain.length - 1).split('.');
  const region = labels
    .map((label) => label.replace(/^(s3|s3-website|s3-control|dynamodb)-/, ''))
    .find((label) => findRegion(label));
  if (region !== undefined) {
    const account = labels.find((label) => /^\d{12}$/.test(label));
    const where = regionOpinion(region, account);
    const held = account === undefined ? undefined : custody(account, premises);
    const place = { ...where.place, kind: 'host' as const, value: host };
    const because = `\`${host}\` in ${where.because}`;
    return held && where.verdict === 'inside'
      ? unknown(`${because}, but ${held}`, place)
      : { ...where, place, because };
  }
  if (labels.at(-1) === 's3' && labels.length > 1)
    return locate({ kind: 'text', text: labels.slice(0, -1).join('.') }, premises, {
      from,
      type: 'AWS::S3::Bucket',
      bareName: 'anywhere',
    });
  return unknown(`\`${words}\` names no Region`, { kind: 'host', value: host });
}

/** True for the text of an address or range that never leaves private networks; undefined for what is neither. */
export function isPrivateRange(cidr: string): boolean | undefined {
  const [address, bits] = cidr.trim().split('/');
  if (address === undefined || !ipaddr.isValid(address)) return undefined;
  // Asked for a range of either kind, the library tries the other one first and catches the error.
  const kind = address.includes(':') ? ipaddr.IPv6 : ipaddr.IPv4;
  if (bits !== undefined && !kind.isValidCIDR(cidr.trim())) return undefined;
  const parsed = kind.parse(address);
  if (!PRIVATE_RANGES.has(parsed.range())) return false;
  if (bits === undefined) return true;
  const network = kind.parseCIDR(cidr.trim());
  // A short prefix that begins in a private range reaches beyond it.
  const narrowest =
    parsed.kind() === 'ipv6'
      ? 7
      : address.startsWith('10.')
        ? 8
        : address.startsWith('172.')
          ? 12
          : address.startsWith('127.')
            ? 8
            : 16;
  return network[1] >= narrowest;
}
