/**
 * Whether resources state the same: the same properties with the same values, up to their labels (names, descriptions, tags)
 * and up to which resources they refer to. Those have to be of the same types, in the same pattern: what one refers to twice,
 * the other has to refer to twice, and a reference to itself answers to a reference to itself.
 *
 * Anything that may mean something else in another template (parameters, conditions, outputs of other stacks, names put
 * together of references) makes resources unlike: a likeness that is missed costs time, one that is none would cost a finding.
 */
import type { Json, Resource } from '../../template';
import { isCustom } from '../destination';
import { placesOf } from '../sweep/property-place';
import type { PropertyPlace } from '../sweep/property-place';

/** Pseudo parameters that say the same wherever stacks stand in the same place. */
const FIXED_BY_PLACE = new Set(['AWS::Region', 'AWS::AccountId', 'AWS::Partition', 'AWS::URLSuffix', 'AWS::NoValue']);

/** Types whose attributes are values of others: a reference to one leads on to what it answers for. */
const ANSWERS_FOR_OTHERS = new Set(['AWS::CloudFormation::Stack', 'AWS::SSM::Parameter']);

/** The CDK gives what serves its own custom resources logical ids that begin so, and the judge knows some by them. */
const KNOWN_BY_ID = 'Custom';

const LOGICAL_ID = /^[A-Za-z0-9]+$/;

/** What stands at one place of the properties, ready to be compared with many. One shape for all kinds, so that comparing is quick. */
interface Form {
  readonly kind: 'scalar' | 'list' | 'map' | 'reference';
  /** Of a scalar. */
  readonly value: Json;
  /** Of a map. */
  readonly keys: readonly string[];
  /** Of a list or map. */
  readonly forms: readonly Form[];
  /** Of a reference: which of the referred to it is, in the order met; and the attribute, unless it is a `Ref`. */
  readonly target: number;
  readonly attribute: string | undefined;
  /** Absent in pieces of a text. */
  readonly place: PropertyPlace | undefined;
}

const NOTHING: Form = {
  kind: 'scalar',
  value: null,
  keys: [],
  forms: [],
  target: 0,
  attribute: undefined,
  place: undefined,
};

export class Likeness {
  /** Types of what it refers to, itself first. */
  private readonly types: readonly string[];
  private readonly form: Form | undefined;

  /** @param one a resource whose properties a walk has shown to be plain */
  constructor(private readonly one: Resource) {
    const ids = [one.logicalId];
    const types = [one.type];
    this.types = types;
    this.form = isKnownById(one)
      ? undefined
      : formOf(one.properties, placesOf(one.type), false, targetsOf(one, ids, types));
  }

  /** True when another resource of the type states the same. */
  holds(other: Resource): boolean {
    if (!this.form || isKnownById(other)) return false;
    return this.fits(this.form, other.properties, other, [other.logicalId]);
  }

  private fits(form: Form, node: Json, other: Resource, ids: string[]): boolean {
    if (form.kind === 'scalar') return node === form.value || isOtherLabel(form, node);
    if (typeof node !== 'object' || node === null) return false;
    const { forms } = form;
    if (form.kind === 'list') {
      if (!Array.isArray(node) || node.length !== forms.length) return false;
      for (let index = 0; index < forms.length; index += 1) {
        const item = node[index]!;
        const next = forms[index]!;
        if (item !== next.value && !this.fits(next, item, other, ids)) return false;
      }
      return true;
    }
    if (Array.isArray(node)) return false;
    if (form.kind === 'reference') return this.refersAlike(form, node, other, ids);
    const { keys } = form;
    let count = 0;
    for (const key in node) {
      if (keys[count] !== key) return false;
      const value = node[key]!;
      const next = forms[count]!;
      if (value !== next.value && !this.fits(next, value, other, ids)) return false;
      count += 1;
    }
    return count === keys.length;
  }

  private refersAlike(form: Form, node: { readonly [key: string]: Json }, other: Resource, ids: string[]): boolean {
    const id = referredId(node, form.attribute);
    if (id === undefined) return false;
    const known = ids[form.target];
    if (known !== undefined) return known === id;
    if (ids.includes(id) || typeOf(other, id) !== this.types[form.target]) return false;
    ids.push(id);
    return true;
  }
}

const isKnownById = ({ logicalId }: Resource): boolean => logicalId.startsWith(KNOWN_BY_ID);

const isOtherLabel = ({ value, place }: Form, node: Json): boolean =>
  typeof value === 'string' &&
  typeof node === 'string' &&
  place !== undefined &&
  place.isLabel &&
  !value.includes('{{') &&
  !node.includes('{{');

/** The logical id that `{ Ref: … }` or `{ Fn::GetAtt: [ …, attribute ] }` names. */
function referredId(node: { readonly [key: string]: Json }, attribute: string | undefined): string | undefined {
  const name = attribute === undefined ? 'Ref' : 'Fn::GetAtt';
  for (const key in node) if (key !== name) return undefined;
  const operand = node[name];
  if (attribute === undefined) return typeof operand === 'string' ? operand : undefined;
  const isPair = Array.isArray(operand) && operand.length === 2 && operand[1] === attribute;
  return isPair && typeof operand[0] === 'string' ? operand[0] : undefined;
}

/** Number of what a resource refers to by a logical id, in the order met; undefined when that is no resource of plain attributes. */
type Targets = (logicalId: string) => number | undefined;

function targetsOf(one: Resource, ids: string[], types: string[]): Targets {
  return (logicalId) => {
    const known = ids.indexOf(logicalId);
    if (known >= 0) return known;
    const type = typeOf(one, logicalId);
    if (type === undefined) return undefined;
    types.push(type);
    return ids.push(logicalId) - 1;
  };
}

/** Type of what a resource refers to by a logical id; undefined when nothing can be said of that by its type. */
function typeOf({ template }: Resource, logicalId: string): string | undefined {
  const type = template.resource(logicalId)?.type;
  if (type === undefined || ANSWERS_FOR_OTHERS.has(type) || isCustom(type)) return undefined;
  return LOGICAL_ID.test(logicalId) && !template.parameters.has(logicalId) ? type : undefined;
}

/** @param joined whether it is a piece of a text. Undefined when what stands there is like nothing. */
function formOf(node: Json, place: PropertyPlace, joined: boolean, targets: Targets): Form | undefined {
  if (typeof node !== 'object' || node === null) return { ...NOTHING, value: node, place: joined ? undefined : place };
  if (Array.isArray(node)) {
    const forms = all(node.map((item) => formOf(item, place.item(), joined, targets)));
    return forms && { ...NOTHING, kind: 'list', value: LIST, forms };
  }
  const keys = Object.keys(node);
  const [name] = keys;
  if (keys.length === 1 && (name === 'Ref' || name!.startsWith('Fn::')))
    return callOf(name!, node, place, joined, targets);
  const forms = all(keys.map((key) => formOf(node[key]!, place.key(key), joined, targets)));
  return forms && { ...NOTHING, kind: 'map', value: MAP, keys, forms };
}

/** Values no node equals, so that comparing scalars first never takes one for a structure. */
const LIST: Json = [];
const MAP: Json = {};

function callOf(
  name: string,
  node: { readonly [key: string]: Json },
  place: PropertyPlace,
  joined: boolean,
  targets: Targets,
): Form | undefined {
  const operand = node[name]!;
  if (name === 'Ref') {
    if (typeof operand !== 'string') return undefined;
    if (FIXED_BY_PLACE.has(operand))
      return { ...NOTHING, kind: 'map', value: MAP, keys: [name], forms: [{ ...NOTHING, value: operand }] };
    // A name put together of names may be that of a resource of the application, whichever these are.
    const target = joined ? undefined : targets(operand);
    return target === undefined ? undefined : { ...NOTHING, kind: 'reference', value: MAP, target };
  }
  if (name === 'Fn::Join') {
    const form = formOf(operand, place, true, targets);
    return form && { ...NOTHING, kind: 'map', value: MAP, keys: [name], forms: [form] };
  }
  if (name !== 'Fn::GetAtt' || !Array.isArray(operand) || operand.length !== 2) return undefined;
  const [logicalId, attribute] = operand;
  if (typeof logicalId !== 'string' || typeof attribute !== 'string' || attribute.includes('{{')) return undefined;
  const target = joined && !attribute.endsWith('Arn') ? undefined : targets(logicalId);
  return target === undefined ? undefined : { ...NOTHING, kind: 'reference', value: MAP, target, attribute };
}

const all = (forms: readonly (Form | undefined)[]): readonly Form[] | undefined =>
  forms.every((form) => form !== undefined) ? forms : undefined;
