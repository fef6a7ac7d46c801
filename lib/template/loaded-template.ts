import type { Alternatives } from './alternatives';
import { because, cannotTell, slotOf, then } from './alternatives';
import type { ConstructRecord } from './construct-record';
import type { CrossStack } from './cross-stack';
import type { TemplateDocument } from './document';
import { Evaluator } from './evaluator';
import type { Budget } from './limits';
import { LoadedResource } from './loaded-resource';
import type {
  Application,
  Condition,
  Json,
  Output,
  Parameter,
  PartitionOf,
  Possible,
  Template,
  TemplateSource,
} from './model';
import { Parameters } from './parameters';
import { parsePattern } from './pattern';
import { isObject, own } from './scalar';
import type { Scope } from './scope';

const section = (body: { readonly [key: string]: Json }, name: string): { readonly [key: string]: Json } => {
  const found = own(body, name);
  return isObject(found) ? found : {};
};

export interface TemplateContext {
  readonly application: Application;
  readonly crossStack: CrossStack;
  readonly budget: Budget;
  readonly partitionOf: PartitionOf;
  /** Position in the application, which tells stacks of one name apart. */
  readonly position: number;
  /** What the parent of a nested stack passes. */
  readonly passed?: (parameter: string) => Alternatives | undefined;
  /** What the assembly records of the construct behind a logical id. */
  readonly construct?: (logicalId: string) => ConstructRecord | undefined;
}

export class LoadedTemplate implements Template {
  readonly resources: readonly LoadedResource[];
  readonly transforms: readonly string[];
  readonly scope: Scope;
  private readonly byId = new Map<string, LoadedResource>();
  private readonly outputsSection: { readonly [key: string]: Json };
  private lazyParameters: ReadonlyMap<string, Parameter> | undefined;
  private lazyOutputs: ReadonlyMap<string, Output> | undefined;
  private lazyConditions: ReadonlyMap<string, Condition> | undefined;

  constructor(
    readonly source: TemplateSource,
    private readonly document: TemplateDocument,
    private readonly context: TemplateContext,
  ) {
    const { body } = document;
    this.transforms = transformNames(own(body, 'Transform'));
    this.outputsSection = section(body, 'Outputs');
    this.scope = new Evaluator(
      this,
      section(body, 'Conditions'),
      section(body, 'Mappings'),
      ` of stack ${source.stackName}#${context.position}`,
      context.budget,
      context.partitionOf,
      context.crossStack,
      (scope) => new Parameters(scope, section(body, 'Parameters'), context.passed),
    );
    const resources: LoadedResource[] = [];
    const declared = section(body, 'Resources');
    for (const logicalId of Object.keys(declared)) {
      const raw = declared[logicalId];
      if (!isObject(raw) || logicalId.startsWith('Fn::')) continue;
      const resource = new LoadedResource(this, logicalId, raw);
      this.byId.set(logicalId, resource);
      resources.push(resource);
    }
    this.resources = resources;
  }

  get application(): Application {
    return this.context.application;
  }

  get raw(): { readonly [key: string]: Json } {
    return this.document.body;
  }

  get text(): string | undefined {
    return this.document.text;
  }

  get mappings(): Json {
    return this.scope.mappings;
  }

  get parameters(): ReadonlyMap<string, Parameter> {
    return (this.lazyParameters ??= this.readParameters());
  }

  private readParameters(): ReadonlyMap<string, Parameter> {
    const { parameters } = this.scope;
    // To find a line means to read the text, and most who ask for a parameter ask whether it is there.
    const lineOf = (name: string): number | undefined => this.lineOf(['Parameters', name]);
    return new Map(
      parameters.names().map((name) => [
        name,
        {
          name,
          type: parameters.typeOf(name),
          possible: possible(parameters.possible(name)),
          get line() {
            return lineOf(name);
          },
        },
      ]),
    );
  }

  get outputs(): ReadonlyMap<string, Output> {
    return (this.lazyOutputs ??= new Map(
      this.outputNames().map((name) => {
        const declared = this.outputsSection[name];
        const condition = isObject(declared) ? own(declared, 'Condition') : undefined;
        return [
          name,
          {
            name,
            possible: possible(this.output(name)),
            exportNames: possible(this.exportNames(name)),
            condition: typeof condition === 'string' ? condition : undefined,
            line: this.lineOf(['Outputs', name]),
          },
        ];
      }),
    ));
  }

  get conditions(): ReadonlyMap<string, Condition> {
    return (this.lazyConditions ??= new Map(
      Object.keys(section(this.document.body, 'Conditions')).map((name) => [
        name,
        {
          name,
          possible: this.scope.conditions
            .named(name)
            .map(({ value, origin, assuming }) => ({ holds: value, origin, assuming })),
        },
      ]),
    ));
  }

  resource(logicalId: string): LoadedResource | undefined {
    return this.byId.get(logicalId);
  }

  lineOf(path: readonly (string | number)[]): number | undefined {
    return this.document.lineOf(path);
  }

  resolve(expression: Json): readonly Possible[] {
    return possible(this.scope.evaluate(expression));
  }

  constructOf(logicalId: string): ConstructRecord | undefined {
    return this.context.construct?.(logicalId);
  }

  /** Line of a resolved property path: `Fn::If` leaves no trace in it, so the first branch that holds the path is taken. */
  lineOfProperty(resource: LoadedResource, path: string): number | undefined {
    const rawPath: (string | number)[] = ['Resources', resource.logicalId, 'Properties'];
    let node: Json | undefined = resource.properties;
    for (const step of path === '' ? [] : parsePattern(path)) {
      const key = step.kind === 'name' ? step.name : step.kind === 'index' ? step.index : undefined;
      const entered: readonly [Json, (string | number)[]] | undefined =
        key === undefined ? undefined : enter(node, key);
      if (!entered) break;
      node = entered[0];
      rawPath.push(...entered[1]);
    }
    return this.lineOf(rawPath);
  }

  outputNames(): readonly string[] {
    return Object.keys(this.outputsSection).filter((name) => !name.startsWith('Fn::'));
  }

  hasOutput(name: string): boolean {
    return Object.hasOwn(this.outputsSection, name);
  }

  output(name: string): Alternatives {
    const declared = own(this.outputsSection, name);
    const value = isObject(declared) ? own(declared, 'Value') : undefined;
    if (!isObject(declared) || value === undefined)
      return cannotTell(`output ${name} of stack ${this.source.stackName} has no value`);
    const condition = own(declared, 'Condition');
    if (typeof condition !== 'string') return this.scope.evaluate(value);
    const existing = this.scope.conditions.named(condition).filter((each) => each.value);
    if (existing.length === 0)
      return cannotTell(
        `output ${name} of stack ${this.source.stackName} is never made: condition ${condition} is false`,
      );
    return then(existing, () => because(`condition ${condition} true`, this.scope.evaluate(value)));
  }

  exportNames(output: string): Alternatives {
    const declared = own(this.outputsSection, output);
    const exported = isObject(declared) ? own(declared, 'Export') : undefined;
    const name = isObject(exported) ? own(exported, 'Name') : undefined;
    const condition = isObject(declared) ? own(declared, 'Condition') : undefined;
    const made = typeof condition !== 'string' || this.scope.conditions.named(condition).some((each) => each.value);
    return name === undefined || !made ? [] : this.scope.evaluate(name);
  }
}

const possible = (alternatives: Alternatives): readonly Possible[] => slotOf(alternatives).possible;

function transformNames(declared: Json | undefined): readonly string[] {
  const each = Array.isArray(declared) ? declared : declared === undefined ? [] : [declared];
  return each.map((transform) => {
    const name = isObject(transform) ? own(transform, 'Name') : transform;
    return typeof name === 'string' ? name : 'a transform without a name';
  });
}

/** The child at a key, through the branches of `Fn::If` on the way. */
function enter(node: Json | undefined, key: string | number): readonly [Json, (string | number)[]] | undefined {
  if (Array.isArray(node)) return typeof key === 'number' && node[key] !== undefined ? [node[key], [key]] : undefined;
  if (!isObject(node)) return undefined;
  if (typeof key === 'string' && Object.hasOwn(node, key)) return [node[key]!, [key]];
  const branches = own(node, 'Fn::If');
  if (!Array.isArray(branches)) return undefined;
  for (const branch of [1, 2]) {
    const found = enter(branches[branch], key);
    if (found) return [found[0], ['Fn::If', branch, ...found[1]]];
  }
  return undefined;
}
