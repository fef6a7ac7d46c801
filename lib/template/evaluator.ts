/** Evaluates the expressions of one template to the sets of values they may take; each expression once. */
import type { Alternatives } from './alternatives';
import { bounded, cannotTell, certain } from './alternatives';
import { Conditions } from './conditions';
import type { CrossStack } from './cross-stack';
import { cidr, getAZs, length, select } from './intrinsics/lists';
import { findInMap } from './intrinsics/mappings';
import { answersForOthers, getAtt, getStackOutput, importValue, ref } from './intrinsics/references';
import { base64, join, split, sub, toJsonString } from './intrinsics/strings';
import type { Budget } from './limits';
import { LIMITS } from './limits';
import type { Json, PartitionOf, Resource, Template } from './model';
import type { Parameters } from './parameters';
import { isObject, text, written } from './scalar';
import type { Scope } from './scope';
import { LiteralList, LiteralMap } from './structure';

type Intrinsic = (operand: Json, scope: Scope) => Alternatives;

const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', ref],
  ['Fn::GetAtt', getAtt],
  ['Fn::ImportValue', importValue],
  ['Fn::GetStackOutput', getStackOutput],
  ['Fn::Join', join],
  ['Fn::Sub', sub],
  ['Fn::Split', split],
  ['Fn::Base64', base64],
  ['Fn::ToJsonString', toJsonString],
  ['Fn::Select', select],
  ['Fn::Length', length],
  ['Fn::Cidr', cidr],
  ['Fn::GetAZs', getAZs],
  ['Fn::FindInMap', findInMap],
  ['Fn::If', branches],
  ['Fn::Transform', (operand) => cannotTell(`the result of macro ${macroName(operand)} is not in the template`)],
]);

function branches(operand: Json, scope: Scope): Alternatives {
  if (!Array.isArray(operand) || operand.length !== 3) return cannotTell('Fn::If without a condition and two branches');
  const [condition, ifTrue, ifFalse] = operand as [Json, Json, Json];
  return scope.conditions.choose(
    condition,
    () => scope.evaluate(ifTrue),
    () => scope.evaluate(ifFalse),
  );
}

const macroName = (operand: Json): string =>
  isObject(operand) && typeof operand['Name'] === 'string' ? operand['Name'] : 'without a name';

/** The function an object calls: `{ "Ref": … }` or `{ "Fn::…": … }`, alone in its object. */
export function intrinsicOf(node: { readonly [key: string]: Json }): string | undefined {
  let only: string | undefined;
  for (const key in node) {
    if (only !== undefined) return undefined;
    only = key;
  }
  return only === 'Ref' || (only?.startsWith('Fn::') && !only.startsWith('Fn::ForEach')) ? only : undefined;
}

export class Evaluator implements Scope {
  readonly conditions: Conditions;
  private readonly known = new Map<object, Alternatives>();
  private readonly evaluateChild = (node: Json): Alternatives => this.evaluate(node);

  constructor(
    readonly template: Template,
    declaredConditions: { readonly [name: string]: Json },
    readonly mappings: Json,
    readonly qualifier: string,
    readonly budget: Budget,
    readonly partitionOf: PartitionOf,
    readonly crossStack: CrossStack,
    makeParameters: (scope: Scope) => Parameters,
  ) {
    this.conditions = new Conditions(this, declaredConditions);
    this.parameters = makeParameters(this);
  }

  readonly parameters: Parameters;

  resource(logicalId: string): Resource | undefined {
    return this.template.resource(logicalId);
  }

  deeper<T>(inside: () => T, tooDeep: () => T): T {
    if (this.budget.depth >= LIMITS.evaluationDepth) return tooDeep();
    this.budget.depth += 1;
    try {
      return inside();
    } finally {
      this.budget.depth -= 1;
    }
  }

  evaluate(node: Json): Alternatives {
    switch (typeof node) {
      case 'string':
        return certain(written(node));
      case 'number':
      case 'boolean':
        return certain(text(node));
    }
    if (node === null || node === undefined) return cannotTell('null, which CloudFormation does not accept');
    // Lists and maps evaluate what is in them when it is asked for; their depth is that of the text.
    if (Array.isArray(node)) return certain(new LiteralList(this.evaluateChild, node));
    const name = intrinsicOf(node);
    if (name === undefined) return certain(new LiteralMap(this.evaluateChild, node));
    return this.plainReference(name, node[name]!) ?? this.call(name, node);
  }

  /**
   * `Ref` or `Fn::GetAtt` of a resource of this very template. Most calls are such, and there is nothing in them to choose,
   * to bound or to remember.
   */
  private plainReference(name: string, operand: Json): Alternatives | undefined {
    if (name === 'Ref') {
      if (typeof operand !== 'string' || operand.startsWith('AWS::') || this.parameters.has(operand)) return undefined;
      const resource = this.resource(operand);
      return resource && certain({ kind: 'reference', resource, attribute: 'Ref' });
    }
    if (name !== 'Fn::GetAtt' || !Array.isArray(operand) || operand.length !== 2) return undefined;
    const [logicalId, attribute] = operand;
    if (typeof logicalId !== 'string' || typeof attribute !== 'string' || attribute.includes('{{')) return undefined;
    const resource = this.resource(logicalId);
    return resource && !answersForOthers(resource) ? certain({ kind: 'reference', resource, attribute }) : undefined;
  }

  private call(name: string, node: { readonly [key: string]: Json }): Alternatives {
    const known = this.known.get(node);
    if (known) return known;
    this.known.set(node, REFERS_TO_ITSELF); // What an expression finds when it meets itself on the way.
    const found = this.deeper(
      () => INTRINSICS.get(name)?.(node[name]!, this) ?? cannotTell(`function ${name} is not known`),
      () => undefined,
    );
    if (!found) {
      this.known.delete(node);
      return cannotTell(`a value behind more than ${LIMITS.evaluationDepth} references`);
    }
    const kept = bounded(found.length > 0 ? found : cannotTell('conditions that exclude each other'));
    const result = this.budget.takeAlternatives(kept.length - 1)
      ? kept
      : cannotTell(`more than ${LIMITS.totalAlternatives} possible values in the application`);
    this.known.set(node, result);
    return result;
  }
}

const REFERS_TO_ITSELF = cannotTell('a value that refers to itself');
