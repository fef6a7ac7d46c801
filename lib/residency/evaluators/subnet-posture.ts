/** Judges the network something stands in: whether a way leads out of it, and where its subnets stand. */
import type { Resource, Scalar } from '../../template';
import { describe } from '../../template';
import { locateResource } from '../destination';
import { networkOf, waysOut } from '../network';
import type { Opinion } from '../opinion';
import { closed, unknown } from '../opinion';
import type { Premises } from '../premises';
import type { Evaluator, Question } from './question';
import { onAbsence, perValue } from './question';

export const subnetPosture: Evaluator = (question) => [
  ...perValue(question, (value) => standsIn(question, value)),
  ...onAbsence(question, () =>
    unknown('it stands in a network of the service itself, which is open to the internet', {
      kind: 'network',
      value: 'the internet',
    }),
  ),
];

function standsIn(question: Question, value: Scalar): Opinion | readonly Opinion[] {
  const { premises } = question;
  const targets = premises.denoted(value);
  if (targets.length === 0)
    return unknown(
      value.kind === 'unknown'
        ? value.why
        : `no judged template creates \`${describe(value)}\`, so its routes cannot be read`,
      { kind: 'network', value: describe(value) },
    );
  return targets.map((target) => posture(premises, target));
}

/** The few subnets of a network are asked about by everything that stands in them. */
const KNOWN = new WeakMap<Premises, Map<Resource, Opinion>>();

function posture(premises: Premises, target: Resource): Opinion {
  let known = KNOWN.get(premises);
  if (!known) KNOWN.set(premises, (known = new Map<Resource, Opinion>()));
  let found = known.get(target);
  if (!found) known.set(target, (found = postureOf(premises, target)));
  return found;
}

function postureOf(premises: Premises, target: Resource): Opinion {
  const there = locateResource(target, premises);
  if (there.verdict !== 'inside') return there;
  if (target.type !== 'AWS::EC2::Subnet') return closed(there.place, `${there.because}; judged by its own rows`);
  const network = networkOf(target);
  if (!network)
    return unknown(`the network of ${target.logicalId} is not in the judged templates`, {
      ...there.place,
      kind: 'network',
    });
  const ways = waysOut(network, premises, target);
  return ways.length === 0
    ? closed({ ...there.place, kind: 'network' }, `no way leads out of ${target.logicalId}`)
    : unknown(`${ways.join(' and ')} lead out of ${target.logicalId}`, { kind: 'network', value: ways[0]! });
}
