/** Judges address ranges packets may leave to. A range beyond the private ones is the internet, if a way leads there. */
import type { Scalar } from '../../template';
import { describe, textOf } from '../../template';
import { locateResource } from '../destination';
import { networkOf, waysOut } from '../network';
import type { Opinion } from '../opinion';
import { closed, unknown } from '../opinion';
import { isPrivateRange } from './host-allowlist';
import type { Evaluator, Question } from './question';
import { argument, perValue, siblings } from './question';

const DEFAULT_EGRESS = 'SecurityGroupEgress';

export const cidrEgress: Evaluator = (question) => {
  const judged = perValue(question, (value, stated) => {
    const flag = argument(question, 'enabled');
    const states = flag
      ? siblings(question, flag, stated).map((state) => textOf(state.value)?.toLowerCase())
      : undefined;
    // An entry for incoming packets unless the flag says otherwise; a flag that cannot be read counts as on.
    if (states && states.every((state) => state === 'false'))
      return closed(question.premises.home(question.resource).place, 'an entry for incoming packets');
    return rangeOpinion(question, value);
  });
  const { resource, row } = question;
  // A security group that states no egress gets the service's default: everything to everywhere.
  const byDefault =
    resource.type === 'AWS::EC2::SecurityGroup' &&
    row.paths.some((path) => path.startsWith(DEFAULT_EGRESS)) &&
    resource.has(DEFAULT_EGRESS) !== 'always';
  return byDefault
    ? [...judged, { ...rangeOpinion(question, { kind: 'text', text: '0.0.0.0/0' }), path: DEFAULT_EGRESS, origin: [] }]
    : judged;
};

function rangeOpinion(question: Question, value: Scalar): Opinion {
  const { premises, resource } = question;
  const words = describe(value);
  const home = premises.home(resource).place;
  if (value.kind === 'reference') {
    const there = locateResource(value.resource, premises, value.attribute);
    return there.verdict === 'inside' ? closed(there.place, there.because) : there;
  }
  const text = textOf(value)?.trim();
  // CDK writes this address for "nothing may leave".
  if (text === '255.255.255.255/32') return closed({ ...home, kind: 'network', value: text }, `${text} reaches nobody`);
  if (text !== undefined && isPrivateRange(text) === true)
    return closed({ ...home, kind: 'network', value: text }, `${text} is a private range`);
  const network = networkOf(resource);
  if (network && waysOut(network, premises).length === 0)
    return closed({ ...home, kind: 'network', value: words }, `no way leads out of ${network.logicalId}`);
  if (text === undefined)
    return unknown(value.kind === 'unknown' ? value.why : `\`${words}\` is known only at deployment`, {
      kind: 'network',
      value: words,
    });
  return unknown(`packets may leave to ${text}, and where that ends cannot be proved`, {
    kind: 'network',
    value: text,
  });
}
