/** Judges address ranges that are let in. Beyond the private ranges it is everyone, unless no way leads into the network. */
import { describe, textOf } from '../../template';
import { locateResource } from '../destination';
import { networkOf, waysOut } from '../network';
import { closed, outside, unknown } from '../opinion';
import { isPrivateRange } from './host-allowlist';
import type { Evaluator } from './question';
import { perValue } from './question';

const EVERYONE = new Set(['0.0.0.0/0', '::/0']);

export const cidrIngress: Evaluator = (question) =>
  perValue(question, (value) => {
    const { premises, resource } = question;
    const words = describe(value);
    const home = premises.home(resource).place;
    if (value.kind === 'reference') {
      const there = locateResource(value.resource, premises, value.attribute);
      return there.verdict === 'inside' ? closed(there.place, there.because) : there;
    }
    const text = textOf(value)?.trim();
    if (text === undefined)
      return unknown(value.kind === 'unknown' ? value.why : `\`${words}\` is known only at deployment`, {
        kind: 'network',
        value: words,
      });
    const isPrivate = isPrivateRange(text);
    if (isPrivate === true) return closed({ ...home, kind: 'network', value: text }, `${text} is a private range`);
    const network = networkOf(resource);
    const ways = network ? waysOut(network, premises) : undefined;
    if (network && ways?.length === 0)
      return closed({ ...home, kind: 'network', value: text }, `no way leads into ${network.logicalId}`);
    if (EVERYONE.has(text)) return outside({ kind: 'everyone', value: text }, `${text} is everyone`);
    return unknown(`whose network \`${text}\` is, and in which country, is not registered`, {
      kind: 'network',
      value: text,
    });
  });
