/**
 * What an evaluator is asked and what it answers. An evaluator is a pure function of the values at a row's paths; it
 * answers for every value it is shown, so that silence can never pass for an acquittal.
 */
import type { ChannelRow } from '../../catalogue/model';
import type { Leaf, Possible, Resource, Scalar } from '../../template';
import { consistent, textOf } from '../../template';
import type { Opinion } from '../opinion';
import { closed, outside, unknown } from '../opinion';
import { leavesAt } from '../lookup';
import type { Place, PlaceKind } from '../model';
import type { Premises } from '../premises';

export interface Question {
  readonly row: Pick<ChannelRow, 'slug' | 'channel' | 'paths' | 'args' | 'carries'>;
  readonly resource: Resource;
  /** Everything at the row's paths. Empty when the template states nothing there. */
  readonly leaves: readonly Leaf[];
  readonly premises: Premises;
}

export interface Answer extends Opinion {
  /** Concrete path the answer is about; the row's pattern when the property is absent. */
  readonly path: string;
  /** How the value came about, outermost first. */
  readonly origin: readonly string[];
  /** What knows the line, when it is not that of the resource: most answers are dropped, and to find a line means to read the text. */
  readonly leaf?: Pick<Leaf, 'line'> | undefined;
  /** True when the answer is about a property that is not there; several absent paths of a row are one finding. */
  readonly absent?: boolean;
  /** The store whose data moves, when it is another than the one the resource belongs to. */
  readonly leaves?: Resource;
}

export type Evaluator = (question: Question) => readonly Answer[];

/** One scalar (or document) a property may take. */
export interface Stated {
  readonly path: string;
  readonly possible: Possible;
  /** What holds it; asked for its line only when there is something to say. */
  readonly leaf?: Pick<Leaf, 'line'>;
}

/** What is read of a leaf to judge its values. */
type ReadLeaf = Pick<Leaf, 'path' | 'possible' | 'line'>;

/** A stated scalar, the value itself at hand. */
export type StatedScalar = Stated & { readonly value: Scalar };

/** Every member of every list or map at the leaves, one by one. */
export function scalarsOf(leaves: readonly ReadLeaf[]): readonly StatedScalar[] {
  const found: StatedScalar[] = [];
  for (const leaf of leaves) for (const possible of leaf.possible) addMembers(leaf.path, possible, leaf, found);
  return found;
}

function addMembers(path: string, possible: Possible, leaf: ReadLeaf, found: StatedScalar[]): void {
  const { value } = possible;
  if (value.kind === 'list') {
    let index = 0;
    for (const slot of value.items) {
      for (const member of slot.possible) addMembers(`${path}[${index}]`, because(possible, member), leaf, found);
      index += 1;
    }
  } else if (value.kind === 'map') {
    for (const [key, slot] of value.entries)
      for (const member of slot.possible) addMembers(`${path}.${key}`, because(possible, member), leaf, found);
  } else found.push({ path, possible, value, leaf });
}

/** A member's value with the assumptions and origin of what holds it. */
function because(holder: Possible, member: Possible): Possible {
  // Whatever is assumed is told as well.
  if (holder.origin.length === 0) return member;
  return {
    value: member.value,
    origin: [...holder.origin, ...member.origin],
    assuming: new Map([...holder.assuming, ...member.assuming]),
  };
}

/** The opinion as an answer about a stated value. */
export function answerOn(stated: Stated, opinion: Opinion): Answer {
  return answerAt(stated.path, stated.possible.origin, stated.leaf, opinion);
}

/** The opinion as an answer. Spelled out field by field: there is one of them for every value judged. */
export function answerAt(
  path: string,
  origin: readonly string[],
  leaf: Answer['leaf'],
  { place, verdict, because: why, latent, closed: isClosed, inbound }: Opinion,
): Answer {
  return { place, verdict, because: why, latent, closed: isClosed, inbound, path, origin, leaf };
}

/** Asks `judge` about every scalar at the row's paths. */
export function perValue(
  question: Question,
  judge: (value: Scalar, stated: Stated) => Opinion | readonly Opinion[],
): readonly Answer[] {
  const answers: Answer[] = [];
  if (question.leaves.length === 0) return answers;
  for (const stated of scalarsOf(question.leaves)) {
    const said = judge(stated.value, stated);
    if (Array.isArray(said)) for (const opinion of said as readonly Opinion[]) answers.push(answerOn(stated, opinion));
    else answers.push(answerOn(stated, said as Opinion));
  }
  return answers;
}

/** The row's paths that may be left out: never stated, or only under a condition. */
export function absentPaths(question: Question): readonly string[] {
  return question.row.paths.filter((path) => {
    const leaves = leavesAt(question.resource, path);
    return leaves.length === 0 || leaves.every((leaf) => leaf.optional);
  });
}

/** The answers for absent properties, by the row's `absent` argument (`silent` when it has none). */
export function onAbsence(question: Question, finding: (path: string) => Opinion): readonly Answer[] {
  const meaning = argument(question, 'absent') ?? 'silent';
  if (meaning === 'silent') return [];
  const home = question.premises.home(question.resource).place;
  return absentPaths(question).map((path) => ({
    ...(meaning === 'finding' ? finding(path) : closed(home, `\`${path}\` is not set, which keeps the channel shut`)),
    path,
    origin: [],
    absent: true,
  }));
}

/** A text argument of the row. */
export function argument(question: Question, name: string): string | undefined {
  const value = question.row.args?.[name];
  return typeof value === 'string' ? value : undefined;
}

export function flagArgument(question: Question, name: string): boolean {
  return question.row.args?.[name] === true;
}

/** A list argument as texts, compared without case. */
export function valuesArgument(question: Question, name: string): readonly string[] | undefined {
  const value = question.row.args?.[name];
  return Array.isArray(value) ? value.map((one) => String(one).toLowerCase()) : undefined;
}

/** True when a value is one of the words the row says to ignore. */
export function isIgnored(question: Question, value: Scalar): boolean {
  const text = textOf(value);
  return text !== undefined && (valuesArgument(question, 'ignore') ?? []).includes(text.trim().toLowerCase());
}

/** True when the row judges a value only beside certain siblings (`when`, `is`) and none of them can stand beside this one. */
export function isBesideThePoint(question: Question, stated: Stated): boolean {
  const pattern = argument(question, 'when');
  const words = valuesArgument(question, 'is');
  if (pattern === undefined || words === undefined) return false;
  const beside = siblings(question, pattern, stated).map(({ value }) => textOf(value)?.trim().toLowerCase());
  return beside.length > 0 && beside.every((word) => word !== undefined && !words.includes(word));
}

const INDEX = /\[\d+\]/g;
const NO_INDICES: readonly string[] = [];

/** The list indices on a path, in their order. */
const indicesOf = (path: string): readonly string[] => path.match(INDEX) ?? NO_INDICES;

/**
 * The values of a sibling property that stand beside a stated value: same list indices, and assumptions that can hold
 * together with it.
 */
export function siblings(question: Question, pattern: string, beside: Stated): readonly Possible[] {
  const found: Possible[] = [];
  const depth = depthOf(pattern);
  for (const leaf of leavesAt(question.resource, pattern)) {
    if (!sharesIndices(leaf.path, beside.path, depth)) continue;
    for (const possible of leaf.possible) if (consistent(possible, beside.possible)) found.push(possible);
  }
  return found;
}

/** Whether the first indices of two paths are the same, as many as a pattern has lists. */
function sharesIndices(path: string, other: string, depth: number): boolean {
  if (depth === 0) return true;
  const some = indicesOf(path);
  const others = indicesOf(other);
  const shared = Math.min(depth, some.length, others.length);
  for (let at = 0; at < shared; at += 1) if (some[at] !== others[at]) return false;
  return true;
}

/** Patterns of the catalogue come again and again. */
const DEPTHS = new Map<string, number>();

/** Lists and maps of any members that a pattern goes through. */
function depthOf(pattern: string): number {
  let depth = DEPTHS.get(pattern);
  if (depth === undefined) DEPTHS.set(pattern, (depth = pattern.split(/\[\]|\{\}/).length - 1));
  return depth;
}

/** The place a row says stands at the other end of an open channel. */
export function farEnd(question: Question): Place {
  const named = argument(question, 'place') as PlaceKind | 'edge' | undefined;
  switch (named) {
    case 'everyone':
      return { kind: 'everyone', value: 'everyone' };
    case 'edge':
      return { kind: 'everyone', value: 'edge locations worldwide' };
    case 'network':
      return { kind: 'network', value: 'networks outside' };
    case 'code':
      return { kind: 'code', value: 'code the template does not show' };
    case 'outpost':
      return { kind: 'outpost', value: 'an Outpost' };
    default:
      return { kind: 'unknown', value: 'unknown' };
  }
}

/** A conviction as the row wants it: `outside` unless it says otherwise, `unknown` when latent. */
export function conviction(question: Question, because: string): Opinion {
  const place = farEnd(question);
  if (flagArgument(question, 'latent')) return { ...unknown(because, place), latent: true };
  return argument(question, 'verdict') === 'unknown' ? unknown(because, place) : outside(place, because);
}
