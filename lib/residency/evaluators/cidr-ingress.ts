/**
 * Judges address ranges that are let in. Beyond the private ranges it is everyone, unless no way leads into the network. In
 * an application that promises no closed network a web port open to everyone is what a web server is, as long as no store
 * stands behind it.
 */
import type { Possible, Resource } from '../../template';
import { describe, textOf } from '../../template';
import { locateResource } from '../destination';
import { networkOf, waysOut } from '../network';
import { closed, outside, unknown } from '../opinion';
import { storeBehind } from '../security-groups';
import { isPrivateRange } from './host-allowlist';
import type { Evaluator, Question, Stated } from './question';
import { argument, perValue, siblings } from './question';

const EVERYONE = new Set(['0.0.0.0/0', '::/0']);
/** Ports on which servers answer browsers; everything else is a port of data or of administration until proven otherwise. */
const WEB_PORTS = new Set(['80', '443']);
const WEB_PROTOCOLS = new Set(['tcp', 'udp', '6', '17']);

export const cidrIngress: Evaluator = (question) =>
  perValue(question, (value, stated) => {
    const { premises, resource } = question;
    const words = describe(value);
    const home = premises.home(resource).place;
    if (value.kind === 'reference') {
      const there = locateResource(value.resource, premises, value.attribute);
      return there.verdict === 'inside' ? closed(there.place, there.because) : there;
    }
    const text = textOf(value)?.trim();
    const isPrivate = text === undefined ? undefined : isPrivateRange(text);
    if (isPrivate === true) return closed({ ...home, kind: 'network', value: words }, `${words} is a private range`);
    const network = networkOf(resource);
    if (text !== undefined && network && waysOut(network, premises).length === 0)
      return closed({ ...home, kind: 'network', value: text }, `no way leads into ${network.logicalId}`);
    if (!premises.options.sites && isWebServer(question, stated))
      return closed({ ...home, kind: 'network', value: words }, 'a web port, and no store stands behind the group');
    if (text === undefined)
      return unknown(value.kind === 'unknown' ? value.why : `\`${words}\` is known only at deployment`, {
        kind: 'network',
        value: words,
      });
    if (EVERYONE.has(text)) return outside({ kind: 'everyone', value: text }, `${text} is everyone`);
    return unknown(`whose network \`${text}\` is, and in which country, is not registered`, {
      kind: 'network',
      value: text,
    });
  });

/** Only web ports are open, on a group of the judged templates behind which no store stands. */
function isWebServer(question: Question, stated: Stated): boolean {
  const groups = groupsOf(question);
  if (groups.length === 0 || groups.some((group) => storeBehind(group, question.premises))) return false;
  const from = wordsBeside(question, 'from', stated);
  const to = wordsBeside(question, 'to', stated);
  const areAll = (words: readonly Word[], allowed: ReadonlySet<Word>): boolean =>
    words.length > 0 && words.every((word) => allowed.has(word));
  if (!areAll(wordsBeside(question, 'protocol', stated), WEB_PROTOCOLS)) return false;
  // 80 to 443 spans ports that are no web ports.
  return areAll(from, WEB_PORTS) && areAll(to, WEB_PORTS) && new Set([...from, ...to]).size === 1;
}

/** A word in lower case; undefined for what cannot be read. */
type Word = string | undefined;

/** What stands at the property that an argument of the row names. */
function wordsBeside(question: Question, name: string, stated: Stated): readonly Word[] {
  const pattern = argument(question, name);
  const values: readonly Possible[] = pattern ? siblings(question, pattern, stated) : [];
  return values.map(({ value }) => textOf(value)?.trim().toLowerCase());
}

/** The group a rule belongs to; none when no judged template creates it. */
function groupsOf({ resource, premises }: Question): readonly Resource[] {
  if (resource.type === 'AWS::EC2::SecurityGroup') return [resource];
  const stated = ['GroupId', 'GroupName'].flatMap((name) => resource.at(name).flatMap((leaf) => leaf.possible));
  const found = stated.map(({ value }) => premises.denoted(value, 'AWS::EC2::SecurityGroup'));
  return found.every((groups) => groups.length > 0) ? found.flat() : [];
}
