/**
 * Judges the `Policies` of a function or workflow of the SAM transform: documents, names and ARNs of managed policies, and
 * policy templates with their parameters, one of them or many in one list.
 */
import type { MapValue, Possible, Scalar, Slot } from '../../template';
import { describe, parseArn, textOf } from '../../template';
import { locate, locateResource } from '../destination';
import type { Opinion } from '../opinion';
import { closed, unknown } from '../opinion';
import { HARMLESS_MANAGED_POLICIES, SERVICE_MANAGED_POLICIES } from '../policy/managed-policies';
import { POLICY_TEMPLATES } from '../policy/policy-templates';
import type { Answer, Question } from './question';
import { scalarsOf } from './question';

/** How the two kinds that other resources have as well are judged. */
export interface Judges {
  document(path: string, possible: Possible): readonly Answer[];
  managed(value: Scalar): Opinion;
}

export function attachedPolicies(question: Question, judges: Judges): readonly Answer[] {
  return question.leaves.flatMap((leaf) =>
    leaf.possible
      .flatMap((possible) => policiesIn(question, leaf.path, possible, judges))
      .map((answer) => ({ ...answer, leaf })),
  );
}

function policiesIn(question: Question, path: string, possible: Possible, judges: Judges): readonly Answer[] {
  const { value, origin } = possible;
  if (value.kind === 'list')
    return value.items.flatMap((slot, index) =>
      slot.possible.flatMap((one) => policiesIn(question, `${path}[${index}]`, one, judges)),
    );
  if (value.kind === 'map') {
    if (value.entries.has('Statement')) return judges.document(path, possible);
    return templatesIn(question, value).map((opinion) => ({ ...opinion, path, origin }));
  }
  return [{ ...named(question, value, judges), path, origin }];
}

/** The transform takes the bare name of a managed policy of AWS where others ask for its ARN. */
function named(question: Question, value: Scalar, judges: Judges): Opinion {
  const name = textOf(value)?.trim();
  if (name === undefined || name === '' || name.includes(':')) return judges.managed(value);
  const paths = [name, `service-role/${name}`];
  const service = question.premises.options.sites ? {} : SERVICE_MANAGED_POLICIES;
  const known = paths.map((one) => HARMLESS_MANAGED_POLICIES[one] ?? service[one]).find((words) => words !== undefined);
  return known === undefined
    ? unknown(`what the managed policy ${name} allows is not in any template`, { kind: 'account', value: name })
    : closed(question.premises.home(question.resource).place, `${name}: ${known}`);
}

function templatesIn(question: Question, map: MapValue): readonly Opinion[] {
  if (map.open || map.entries.size === 0)
    return [unknown('a policy stands there that cannot be read', { value: 'unreadable policy' })];
  return [...map.entries].flatMap(([name, slot]) => templateOpinions(question, name, slot));
}

function templateOpinions(question: Question, name: string, slot: Slot): readonly Opinion[] {
  const home = question.premises.home(question.resource).place;
  const reach = Object.hasOwn(POLICY_TEMPLATES, name) ? POLICY_TEMPLATES[name] : undefined;
  if (reach === undefined)
    return [
      unknown(`the policy template ${name} can move data to a place of the caller's choice, or is not known`, {
        kind: 'account',
        value: name,
      }),
    ];
  if (reach !== 'uses') return [closed(home, `${name} only reads, or works in the Region of the stack`)];
  const parameters = scalarsOf([{ path: name, possible: slot.possible, line: undefined }]);
  const away = parameters
    .map(({ value, path }) => reached(question, value, path))
    .filter((one) => one.verdict !== 'inside')
    .map((one) => ({ ...one, because: `${name} allows writing to ${one.because}` }));
  return away.length > 0 ? away : [closed(home, `${name} reaches nothing outside`)];
}

/** The transform puts a name into an ARN of the stack's own Region and account; only a bucket is found anywhere by its name. */
function reached({ premises, resource }: Question, value: Scalar, path: string): Opinion {
  if (value.kind === 'reference') return locateResource(value.resource, premises, value.attribute);
  const isBucket = path.endsWith('.BucketName');
  if (isBucket || parseArn(value))
    return locate(value, premises, {
      from: resource,
      bareName: 'anywhere',
      ...(isBucket ? { type: 'AWS::S3::Bucket' } : {}),
    });
  return closed(premises.home(resource).place, `\`${describe(value)}\` of the Region of the stack`);
}
