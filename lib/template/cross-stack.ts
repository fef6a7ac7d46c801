/**
 * Values that one stack takes from another: exports, outputs read by stack name, outputs of nested stacks, and the
 * parameters through which CDK carries a value to another Region. Joined only within the application that is judged.
 */
import type { Alternatives } from './alternatives';
import { ABSENT, alternative, because, bounded, cannotTell, then } from './alternatives';
import type { LoadedTemplate } from './loaded-template';
import type { Json, Resource } from './model';
import { isObject, own } from './scalar';
import { slotAt } from './structure';

type Environment = { readonly region?: string | undefined; readonly account?: string | undefined };
type Match = 'same' | 'perhaps' | 'other';

export const EXPORT_READER = 'Custom::CrossRegionExportReader';
export const EXPORT_WRITER = 'Custom::CrossRegionExportWriter';

/** Same environment, provably another one, or not to be told because one of the two is agnostic. */
function match(a: Environment, b: Environment): Match {
  let result: Match = 'same';
  for (const [left, right] of [
    [a.region, b.region],
    [a.account, b.account],
  ]) {
    if (left === right) continue;
    if (left !== undefined && right !== undefined) return 'other';
    result = 'perhaps';
  }
  return result;
}

export class CrossStack {
  private exports: Map<string, { readonly template: LoadedTemplate; readonly output: string }[]> | undefined;
  private writers:
    | Map<string, { readonly template: LoadedTemplate; readonly value: Json; readonly region: Json | undefined }[]>
    | undefined;
  private stacks: Map<string, LoadedTemplate[]> | undefined;
  private readonly nested = new Map<Resource, LoadedTemplate>();

  constructor(private readonly templates: readonly LoadedTemplate[]) {}

  /** Tells which template a nested-stack resource creates. */
  nest(resource: Resource, template: LoadedTemplate): void {
    this.nested.set(resource, template);
  }

  /** `Fn::ImportValue` of a known name: exports are unique per account and Region. */
  importValue(name: string, importer: LoadedTemplate): Alternatives {
    const missing = `export ${name} is not made by any stack of this application in the same account and Region`;
    return this.from(
      (this.exportsByName().get(name) ?? []).map(({ template, output }) => ({
        fits: match(importer.source, template.source),
        found: () =>
          because(`import of ${name}, output ${output} of stack ${template.source.stackName}`, template.output(output)),
      })),
      missing,
    );
  }

  /** `Fn::GetStackOutput`: the output of a stack, by name and Region. */
  stackOutput(
    stackName: string,
    region: string | undefined,
    account: string | undefined,
    output: string,
  ): Alternatives {
    return this.from(
      this.stacksNamed(stackName)
        .filter((template) => template.hasOutput(output))
        .map((template) => ({
          fits: match({ region, account }, template.source),
          found: () =>
            because(
              `output ${output} of stack ${stackName} in ${template.source.region ?? 'an unknown Region'}`,
              template.output(output),
            ),
        })),
      `output ${output} of stack ${stackName} in ${region ?? 'an unknown Region'} is not part of this application`,
    );
  }

  /** `Outputs.X` of an `AWS::CloudFormation::Stack`. */
  nestedOutput(resource: Resource, output: string): Alternatives {
    const template = this.nested.get(resource);
    if (!template) return cannotTell(`the template of nested stack ${resource.logicalId} is not on disk`);
    if (!template.hasOutput(output)) return cannotTell(`nested stack ${resource.logicalId} has no output ${output}`);
    return because(`output ${output} of nested stack ${resource.logicalId}`, template.output(output));
  }

  /** An attribute of CDK's cross-Region export reader: the value its writer puts into the parameter of that name. */
  readExport(reader: Resource, parameter: string): Alternatives {
    const home = reader.template.source;
    return this.from(
      (this.writersByParameter().get(parameter) ?? []).map(({ template, value, region }) => ({
        fits: match(
          { region: home.region, account: home.account },
          { region: this.writtenTo(template, region), account: template.source.account },
        ),
        found: () =>
          because(
            `cross-Region export ${parameter} of stack ${template.source.stackName}`,
            template.scope.evaluate(value),
          ),
      })),
      `cross-Region export ${parameter} is not written by any stack of this application`,
    );
  }

  stacksNamed(stackName: string): readonly LoadedTemplate[] {
    if (!this.stacks) {
      this.stacks = new Map();
      for (const template of this.templates) push(this.stacks, template.source.stackName, template);
    }
    return this.stacks.get(stackName) ?? [];
  }

  /** Certain candidates go before possible ones; a possible one never stands without an unknown beside it. */
  private from(
    candidates: readonly { readonly fits: Match; readonly found: () => Alternatives }[],
    missing: string,
  ): Alternatives {
    const sure = candidates.filter(({ fits }) => fits === 'same');
    if (sure.length > 0) return bounded(sure.flatMap(({ found }) => found()));
    const perhaps = candidates.filter(({ fits }) => fits === 'perhaps');
    return bounded([...perhaps.flatMap(({ found }) => found()), ...cannotTell(missing)]);
  }

  private writtenTo(template: LoadedTemplate, region: Json | undefined): string | undefined {
    const values = region === undefined ? [] : template.scope.evaluate(region);
    const value = values.length === 1 ? values[0]!.value : undefined;
    return value?.kind === 'text' ? value.text : undefined;
  }

  private exportsByName(): NonNullable<CrossStack['exports']> {
    if (this.exports) return this.exports;
    const index: NonNullable<CrossStack['exports']> = new Map();
    // Published before it is complete: an export whose name is itself imported finds what is known so far, not itself.
    this.exports = index;
    for (const template of this.templates) {
      for (const output of template.outputNames()) {
        const names = new Set(
          template.exportNames(output).flatMap(({ value }) => (value.kind === 'text' ? [value.text] : [])),
        );
        for (const name of names) push(index, name, { template, output });
      }
    }
    return index;
  }

  private writersByParameter(): NonNullable<CrossStack['writers']> {
    if (this.writers) return this.writers;
    const index: NonNullable<CrossStack['writers']> = new Map();
    this.writers = index;
    for (const template of this.templates) {
      for (const resource of template.resources) {
        if (resource.type !== EXPORT_WRITER || !isObject(resource.properties)) continue;
        const writer = own(resource.properties, 'WriterProps');
        const written = isObject(writer) ? own(writer, 'exports') : undefined;
        if (!isObject(writer) || !isObject(written)) continue;
        for (const [parameter, value] of Object.entries(written)) {
          push(index, parameter, { template, value, region: own(writer, 'region') });
        }
      }
    }
    return index;
  }
}

/** What a parent passes to a nested stack's parameter; undefined when it passes none. */
export function passedByParent(parent: LoadedTemplate, resource: Resource, name: string): Alternatives | undefined {
  const properties = isObject(resource.properties) ? resource.properties : {};
  const given = own(properties, 'Parameters');
  if (given === undefined) return undefined;
  const passed = then(parent.scope.evaluate(given), (value): Alternatives => {
    if (value.kind === 'map') {
      const slot = slotAt(value, name);
      const rest = value.open ? cannotTell(`a macro may pass parameter ${name}`) : [];
      return slot ? [...slot.possible, ...(slot.optional ? [NOT_PASSED] : []), ...rest] : [NOT_PASSED, ...rest];
    }
    return value.kind === 'absent'
      ? [NOT_PASSED]
      : cannotTell(`the parameters passed to nested stack ${resource.logicalId} cannot be seen`);
  });
  const seen = passed.filter((each) => each.value.kind !== 'absent');
  if (seen.length === 0) return undefined;
  return seen.length === passed.length
    ? seen
    : [...seen, ...cannotTell(`nested stack ${resource.logicalId} is sometimes passed no ${name}`)];
}

const NOT_PASSED = alternative(ABSENT);

function push<T>(index: Map<string, T[]>, key: string, value: T): void {
  const known = index.get(key);
  if (known) known.push(value);
  else index.set(key, [value]);
}
