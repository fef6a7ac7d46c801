/**
 * Resources that are alike are judged once. An application of thousands of resources is made of a few constructs over and
 * over, and nearly all that is asked of a resource finds nothing to say. What was silent about the first of its kind is
 * silent about the next; what spoke is asked of each, so that every flow has its own words, store and line.
 */
import type { ChannelRow, EvaluatorSlug } from '../../catalogue';
import type { Resource, Template } from '../../template';
import type { PlannedRow } from '../row-plan';
import { Likeness } from './alike';

/**
 * Evaluators that know of a resource what `areAlike` compares, and of what it refers to the type and the place. One that is
 * not listed (it follows a reference to the network behind it, or asks who refers to a resource) is asked of each.
 */
export const KNOWS_BY_LIKENESS: ReadonlySet<string> = new Set<EvaluatorSlug>([
  'accountRegister',
  'arnRegion',
  'flagDeny',
  'flagRequire',
  'hostAllowlist',
  'jsonScan',
  'policyScan',
  'regionLiteral',
  's3Name',
  'sameSite',
]);

/** Of these the same is true of the places they convict of; what they doubt depends on the network behind a reference. */
export const CONVICTS_BY_LIKENESS: ReadonlySet<string> = new Set<EvaluatorSlug>(['subnetPosture']);

/**
 * Whether a row that was silent about a resource is silent about all that are like it.
 * @param onlyOutside whether its doubts are not heard
 */
export function isSilentAlike(
  { evaluator, args }: Pick<ChannelRow, 'evaluator' | 'args'>,
  onlyOutside: boolean,
): boolean {
  // Which nested template is whose is told by identity.
  if (args?.nested === true) return false;
  return KNOWS_BY_LIKENESS.has(evaluator) || (onlyOutside && CONVICTS_BY_LIKENESS.has(evaluator));
}

export interface Model {
  readonly resource: Resource;
  /** The rows to be asked of everything like it. */
  readonly rows: readonly PlannedRow[];
}

/** Kinds of one type in one place that are kept: comparing must stay cheaper than judging where nothing is alike. */
const KEPT = 6;

class Kind {
  follower: Kind | undefined;
  private likeness: Likeness | undefined;

  constructor(readonly model: Model) {}

  /** Whether a resource is of this kind. Of many kinds there is only one, so what it takes to compare is made when first asked. */
  holds(resource: Resource): boolean {
    return (this.likeness ??= new Likeness(this.model.resource)).holds(resource);
  }
}

/** The kinds of one type in one place. Constructs come in the same order again and again, so what followed a kind follows it again. */
class Kinds {
  private readonly kept: Kind[] = [];
  private last: Kind | undefined;

  like(resource: Resource): Model | undefined {
    const expected = this.last?.follower;
    const found = expected?.holds(resource)
      ? expected
      : this.kept.find((kind) => kind !== expected && kind.holds(resource));
    if (found) this.follow(found);
    return found?.model;
  }

  keep(model: Model): void {
    const kind = new Kind(model);
    this.follow(kind);
    this.kept.push(kind);
    if (this.kept.length > KEPT) this.kept.shift();
  }

  private follow(kind: Kind): void {
    if (this.last) this.last.follower = kind;
    this.last = kind;
  }
}

export class Models {
  private readonly byPlace = new Map<string, Map<string, Kinds>>();
  private readonly placeOf = new Map<Template, Map<string, Kinds>>();

  /** The model a resource is like; undefined when it has to be judged by itself. */
  like(resource: Resource): Model | undefined {
    return this.ofPlace(resource.template).get(resource.type)?.like(resource);
  }

  /** Keeps a resource that was judged by itself, all of which was silent but some rows. */
  keep(model: Model): void {
    const { template, type } = model.resource;
    const ofPlace = this.ofPlace(template);
    let kinds = ofPlace.get(type);
    if (!kinds) ofPlace.set(type, (kinds = new Kinds()));
    kinds.keep(model);
  }

  /** Stacks of one Region and account are one place. A stack that says neither is a place of its own. */
  private ofPlace(template: Template): Map<string, Kinds> {
    const known = this.placeOf.get(template);
    if (known) return known;
    const { region, account, owned } = template.source;
    const isFixed = region !== undefined && account !== undefined;
    const key = isFixed ? `${account} ${region} ${owned}` : `${this.placeOf.size}`;
    let ofPlace = this.byPlace.get(key);
    if (!ofPlace) this.byPlace.set(key, (ofPlace = new Map<string, Kinds>()));
    this.placeOf.set(template, ofPlace);
    return ofPlace;
  }
}
