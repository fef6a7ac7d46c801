/**
 * Conditions decided where the templates decide them. What they leave open may hold or not; the choice is noted, so that
 * one value never takes the same condition both ways.
 */
import { alternative, because, combinations, then, under } from './alternatives';
import type { Alternative, Alternatives, Value } from './alternatives';
import { assuming } from './assumptions';
import type { Json } from './model';
import { isObject, isScalar, own, piecesOf } from './scalar';
import type { Scope } from './scope';

export type Truths = readonly Alternative<boolean>[];

/** Above this the reasons why a condition holds are told as one assumption: CDK lists every Region in a condition. */
const DETAIL = 8;
/** Longest test that is recognised when it is written twice. */
const COMPARED = 400;

const bothWays = (key: string, words: string): Truths =>
  [true, false].map((holds) => alternative(holds, [`${words} assumed ${holds}`], assuming(key, String(holds))));

export class Conditions {
  private readonly known = new Map<string, Truths>();
  private readonly underWay = new Set<string>();
  private untold = 0;

  constructor(
    private readonly scope: Scope,
    private readonly declared: { readonly [name: string]: Json },
  ) {}

  /** Truth values of a condition by name. Unknown names and cycles are undecided. */
  named(name: string): Truths {
    const known = this.known.get(name);
    if (known) return known;
    const expression = own(this.declared, name);
    const key = `condition ${name}${this.scope.qualifier}`;
    if (expression === undefined || this.underWay.has(name)) return bothWays(key, `condition ${name}`);
    this.underWay.add(name);
    const truths = this.scope.deeper(
      () => this.simplified(this.test(expression), key, `condition ${name}`),
      () => bothWays(key, `condition ${name}`),
    );
    this.underWay.delete(name);
    this.known.set(name, truths);
    return truths;
  }

  /** Truth values of a condition expression; a plain string is the name of a condition, as in `Fn::If`. */
  test(expression: Json): Truths {
    if (typeof expression === 'boolean') return [alternative(expression)];
    if (expression === 'true' || expression === 'false') return [alternative(expression === 'true')];
    if (typeof expression === 'string') return this.named(expression);
    if (isObject(expression)) {
      const keys = Object.keys(expression);
      const operand = expression[keys[0]!];
      if (keys.length === 1 && operand !== undefined) {
        if (keys[0] === 'Condition' && typeof operand === 'string') return this.named(operand);
        if (keys[0] === 'Fn::Equals' && Array.isArray(operand) && operand.length === 2)
          return this.equals(expression, operand[0]!, operand[1]!);
        if (keys[0] === 'Fn::And' && Array.isArray(operand)) return this.fold(expression, operand, false);
        if (keys[0] === 'Fn::Or' && Array.isArray(operand)) return this.fold(expression, operand, true);
        if (keys[0] === 'Fn::Not') {
          const inner = Array.isArray(operand) ? operand[0] : operand;
          if (inner !== undefined) return this.nested(inner).map((each) => ({ ...each, value: !each.value }));
        }
      }
    }
    return this.undecided(expression);
  }

  /** Branches of `Fn::If` that can hold. */
  choose(condition: Json, ifTrue: () => Alternatives, ifFalse: () => Alternatives): Alternative<Value>[] {
    const words = typeof condition === 'string' ? `condition ${condition}` : 'condition';
    return then(this.test(condition), (holds) => because(`${words} ${holds}`, holds ? ifTrue() : ifFalse()));
  }

  private nested(expression: Json): Truths {
    return this.scope.deeper(
      () => this.test(expression),
      () => this.undecided(expression),
    );
  }

  private equals(whole: Json, left: Json, right: Json): Truths {
    // Other templates find this one by the name of its file; what the stack will be called nobody has said.
    if (this.scope.template.source.isNameAssumed && namesTheStack(whole)) return this.undecided(whole);
    const { rows, complete } = combinations([this.scope.evaluate(left), this.scope.evaluate(right)]);
    const truths = rows.flatMap((row): Truths => {
      const decided = same(row.value[0]!, row.value[1]!);
      const outcome = decided === undefined ? this.undecided(whole) : [alternative(decided)];
      return outcome.flatMap((each) => under(row, each) ?? []);
    });
    return complete && truths.length > 0 ? truths : this.undecided(whole);
  }

  /** `Fn::Or` ends at the first true operand (`stop`), `Fn::And` at the first false one. */
  private fold(whole: Json, operands: readonly Json[], stop: boolean): Truths {
    const decided: Alternative<boolean>[] = [];
    let going: Alternative<boolean>[] = [alternative(!stop)];
    for (const operand of operands) {
      const next = then(going, () => this.nested(operand));
      decided.push(...next.filter((each) => each.value === stop));
      going = next.filter((each) => each.value !== stop);
      if (going.length === 0) break;
      // Undecided operands multiply; an over-wide answer (either way) is still a right one.
      if (decided.length + going.length > 64) return this.undecided(whole);
    }
    return [...decided, ...going];
  }

  private simplified(truths: Truths, key: string, words: string): Truths {
    const holds = new Set(truths.map((each) => each.value));
    // Every way leads to the same answer, so it needs no assumption.
    if (holds.size === 1 && truths.length > 1) return [alternative(truths[0]!.value)];
    return truths.length <= DETAIL ? truths : bothWays(key, words);
  }

  /** Both ways, and the same way wherever the same test is written again. */
  private undecided(expression: Json): Truths {
    const spelled = shortSpelling(expression) ?? `#${(this.untold += 1)}`;
    return bothWays(`test ${spelled}${this.scope.qualifier}`, `test ${spelled}`);
  }
}

/** Whether an expression reads the stack's own name. Too large a one might. */
function namesTheStack(expression: Json): boolean {
  const stack: Json[] = [expression];
  for (let seen = 0; stack.length > 0; seen += 1) {
    const node = stack.pop()!;
    if (seen > COMPARED || (typeof node === 'string' && node.includes('AWS::StackName'))) return true;
    if (Array.isArray(node)) stack.push(...node);
    else if (isObject(node)) stack.push(...Object.values(node));
  }
  return false;
}

function shortSpelling(expression: Json): string | undefined {
  // Only small tests are spelled: JSON.stringify of a deep or huge expression would cost as much as the template.
  const stack: Json[] = [expression];
  for (let seen = 0; stack.length > 0; seen += 1) {
    if (seen > 40) return undefined;
    const node = stack.pop()!;
    if (typeof node === 'string' && node.length > COMPARED) return undefined;
    if (Array.isArray(node)) {
      if (node.length > 40) return undefined;
      stack.push(...node);
    } else if (isObject(node)) stack.push(...Object.values(node).slice(0, 41));
  }
  const spelled = JSON.stringify(expression);
  return spelled.length > COMPARED ? undefined : spelled;
}

/** Whether two values are equal at deployment; undefined when only deployment can tell. */
function same(left: Value, right: Value): boolean | undefined {
  if (left.kind === 'absent' || right.kind === 'absent' || !isScalar(left) || !isScalar(right)) return undefined;
  const [a, b] = [piecesOf(left), piecesOf(right)];
  if (left.kind === 'text' && right.kind === 'text') return left.text === right.text;
  const equal =
    a.length === b.length &&
    a.every((piece, index) => {
      const other = b[index]!;
      if (piece.kind === 'text') return other.kind === 'text' && other.text === piece.text;
      if (piece.kind === 'reference') {
        return other.kind === 'reference' && other.resource === piece.resource && other.attribute === piece.attribute;
      }
      return (
        piece.pseudo !== undefined &&
        other.kind === 'unknown' &&
        other.pseudo === piece.pseudo &&
        other.template === piece.template
      );
    });
  return equal ? true : undefined;
}
