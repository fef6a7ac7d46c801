/**
 * Bounds that keep hostile or broken input from taking unbounded time or memory. Each is far above what CloudFormation
 * itself accepts (1 MB per template, 500 resources, 200 parameters) or what a person would write.
 */
export const LIMITS = {
  /** Bytes of a JSON template. */
  jsonBytes: 32 * 1024 * 1024,
  /** Bytes of a YAML template; YAML parses some fifty times slower than JSON. */
  yamlBytes: 8 * 1024 * 1024,
  /** Bytes of a manifest or metadata file of an assembly. */
  manifestBytes: 64 * 1024 * 1024,
  /** Nesting of maps and lists in a template. */
  jsonDepth: 256,
  /** Nodes of a template after YAML aliases and `Fn::ForEach` are expanded. */
  nodes: 1_000_000,
  /** Values one expression may take. */
  possibleValues: 128,
  /** How many of them are still told, beside an unknown, when there are more. */
  keptOfTooMany: 32,
  /** Expressions that refer to expressions, through parameters, outputs and exports. */
  evaluationDepth: 150,
  /** Characters of one text put together by intrinsic functions. */
  textCharacters: 4 * 1024 * 1024,
  /** Characters put together over the whole application. */
  totalCharacters: 512 * 1024 * 1024,
  /** Alternatives over the whole application, beyond the first of each expression. */
  totalAlternatives: 1_000_000,
  /** Leaves of one resource. */
  leaves: 100_000,
  /** Files looked through for templates in a folder and below it. */
  files: 50_000,
  /** Templates of one application, nested ones included. */
  templates: 5_000,
  /** Stages inside Stages. */
  assemblyDepth: 32,
  /** Nested stacks inside nested stacks. */
  nestingDepth: 64,
  /** Steps kept of the reasoning behind one value. */
  originSteps: 16,
} as const;

/** What is left of the bounds that hold over a whole application. */
export class Budget {
  private characters: number = LIMITS.totalCharacters;
  private alternatives: number = LIMITS.totalAlternatives;
  /** Current depth of evaluation, over all templates. */
  depth = 0;

  takeCharacters(count: number): boolean {
    this.characters -= count;
    return this.characters >= 0;
  }

  takeAlternatives(count: number): boolean {
    this.alternatives -= count;
    return this.alternatives >= 0;
  }
}
