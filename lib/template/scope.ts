import type { Alternatives } from './alternatives';
import type { Conditions } from './conditions';
import type { CrossStack } from './cross-stack';
import type { Budget } from './limits';
import type { Json, PartitionOf, Resource, Template } from './model';
import type { Parameters } from './parameters';

/** What an intrinsic function sees: one template, and the application through it. */
export interface Scope {
  readonly template: Template;
  readonly budget: Budget;
  readonly partitionOf: PartitionOf;
  readonly parameters: Parameters;
  readonly conditions: Conditions;
  readonly crossStack: CrossStack;
  readonly mappings: Json;
  /** ` of stack X`, so that assumptions of different stacks are told apart. */
  readonly qualifier: string;
  evaluate(node: Json): Alternatives;
  resource(logicalId: string): Resource | undefined;
  /** Runs one level deeper; takes the other way out when the input nests or refers to itself without end. */
  deeper<T>(inside: () => T, tooDeep: () => T): T;
}
