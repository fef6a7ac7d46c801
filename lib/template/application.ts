import { parseArn } from './arn';
import { CrossStack, passedByParent } from './cross-stack';
import { InputError } from './input-error';
import { Budget, LIMITS } from './limits';
import type { LoadedResource } from './loaded-resource';
import { LoadedTemplate } from './loaded-template';
import type { TemplateContext } from './loaded-template';
import type {
  Application,
  Arn,
  PartitionOf,
  Problem,
  Resolved,
  Resource,
  Scalar,
  Template,
  TemplateSource,
} from './model';
import { namingProperties, serviceFits } from './physical-name';
import { isScalar, piecesOf, referencesIn } from './scalar';
import { isNestedStack, nestedLocation } from './template-library';
import type { TemplateFile, TemplateLibrary } from './template-library';

/** A stack to be made of a template file. */
export interface Seed {
  readonly template: TemplateFile;
  readonly library: TemplateLibrary;
  readonly stackName: string;
  /** The name is the file's. */
  readonly isNameAssumed?: boolean;
  readonly region?: string;
  readonly account?: string;
  readonly constructPath?: string;
  /**
   * `stack`: deployed in its own right. `candidate`: a loose template, unless another nests it.
   * `unowned`: lies in an assembly whose manifest does not name it, unless a nested stack uses it.
   */
  readonly role: 'stack' | 'candidate' | 'unowned';
}

export class LoadedApplication implements Application {
  readonly templates: LoadedTemplate[] = [];
  readonly problems: Problem[] = [];
  private readonly budget = new Budget();
  private readonly crossStack = new CrossStack(this.templates);
  private readonly used = new Set<string>();
  private readonly nested = new Set<TemplateFile>();
  private byType: Map<string, LoadedResource[]> | undefined;
  private byName: Map<string, LoadedResource[]> | undefined;

  constructor(
    seeds: readonly Seed[],
    problems: readonly Problem[],
    private readonly partitionOf: PartitionOf,
  ) {
    this.problems.push(...problems);
    const nestedFiles = new Set(
      seeds.filter(({ role }) => role === 'candidate').flatMap((seed) => nestedIn(seed, this.partitionOf)),
    );
    const first = seeds.filter(
      ({ role, template }) => role === 'stack' || (role === 'candidate' && !nestedFiles.has(template.id)),
    );
    for (const seed of first) this.addSeed(seed);
    // What nobody nested after all (two templates that nest each other, files the manifest forgot) is judged by itself.
    const rest = seeds.filter((seed) => !first.includes(seed) && !this.used.has(seed.template.id));
    const nested = new Set(
      rest.some(({ role }) => role === 'unowned')
        ? [...this.nested].map(({ document }) => JSON.stringify(document.body))
        : [],
    );
    for (const seed of rest) {
      if (this.used.has(seed.template.id)) continue;
      // Two nested stacks of the same text are one asset: the manifest names one of the two files.
      if (seed.role === 'unowned' && nested.has(JSON.stringify(seed.template.document.body))) continue;
      this.addSeed(seed);
    }
  }

  *resources(): Iterable<Resource> {
    for (const template of this.templates) yield* template.resources;
  }

  ofType(type: string): readonly Resource[] {
    if (!this.byType) {
      this.byType = new Map();
      for (const template of this.templates)
        for (const resource of template.resources) push(this.byType, resource.type, resource);
    }
    return this.byType.get(type) ?? [];
  }

  stacksNamed(stackName: string): readonly Template[] {
    return this.crossStack.stacksNamed(stackName);
  }

  byPhysicalName(type: string | undefined, name: string): readonly Resource[] {
    const named = this.names().get(name) ?? [];
    return type === undefined ? named : named.filter((resource) => resource.type === type);
  }

  denoted(value: Resolved, type?: string): readonly Resource[] {
    if (!isScalar(value)) return [];
    const fits = (resource: Resource): boolean => type === undefined || resource.type === type;
    if (value.kind === 'reference') return [value.resource].filter(fits);
    if (value.kind === 'unknown') return [];
    const arn = parseArn(value);
    if (arn) return this.denotedByArn(arn).filter(fits);
    const whole = spelling(value);
    const named = whole === undefined ? [] : (this.names().get(whole) ?? []).filter(fits);
    if (named.length > 0 || value.kind === 'text') return named;
    // `${Bucket.Arn}/prefix/*`: the ARN of a resource with a path behind it.
    const [head, next] = piecesOf(value);
    const extended = head?.kind === 'reference' && next?.kind === 'text' && /^[/:]/u.test(next.text);
    return extended ? [head.resource].filter(fits) : [];
  }

  private denotedByArn(arn: Arn): readonly Resource[] {
    const service = arn.service.kind === 'text' ? arn.service.text : undefined;
    const fits = (resource: Resource): boolean =>
      (service === undefined || serviceFits(service, resource.type)) &&
      agrees(arn.region, resource.template.source.region) &&
      agrees(arn.account, resource.template.source.account);
    const references = referencesIn(arn.resource).map(({ resource }) => resource);
    if (references.length > 0) return [...new Set(references)].filter(fits);
    const found = namesIn(arn.resource).flatMap((name) => this.names().get(name) ?? []);
    return [...new Set(found)].filter(fits);
  }

  private names(): ReadonlyMap<string, readonly LoadedResource[]> {
    if (this.byName) return this.byName;
    const index = new Map<string, LoadedResource[]>();
    for (const template of this.templates) {
      for (const resource of template.resources) {
        // A type that has no naming property is not evaluated for one.
        if (namingProperties(resource.type).length === 0) continue;
        const names = new Set(resource.physicalNames().flatMap(({ value }) => spelling(value) ?? []));
        for (const name of names) push(index, name, resource);
      }
    }
    return (this.byName = index);
  }

  private addSeed(seed: Seed): void {
    const source: TemplateSource = {
      file: seed.template.file,
      stackName: seed.stackName,
      ...(seed.isNameAssumed ? { isNameAssumed: true } : {}),
      ...(seed.region === undefined ? {} : { region: seed.region }),
      ...(seed.account === undefined ? {} : { account: seed.account }),
      ...(seed.constructPath === undefined ? {} : { constructPath: seed.constructPath }),
      owned: seed.role !== 'unowned',
    };
    const added = this.add(seed.template, source);
    if (seed.role === 'unowned') {
      this.problems.push({
        kind: 'unowned-template',
        message: `template ${source.file} lies in the assembly but its manifest does not name it; it is judged as a stack of its own`,
        file: source.file,
        template: added,
      });
    }
    this.addNested(added, seed, [seed.template]);
  }

  private add(template: TemplateFile, source: TemplateSource, passed?: TemplateContext['passed']): LoadedTemplate {
    if (this.templates.length >= LIMITS.templates) {
      throw new InputError(
        `more than ${LIMITS.templates} stacks, nested ones included`,
        source.file,
        'Judge fewer templates at once.',
      );
    }
    const { records } = template;
    const added = new LoadedTemplate(source, template.document, {
      application: this,
      crossStack: this.crossStack,
      budget: this.budget,
      partitionOf: this.partitionOf,
      position: this.templates.length,
      ...(passed ? { passed } : {}),
      ...(records ? { construct: (logicalId: string) => records.find(baseName(template.file), logicalId) } : {}),
    });
    this.templates.push(added);
    this.used.add(template.id);
    for (const problem of template.document.problems) this.problems.push({ ...problem, template: added });
    return added;
  }

  /** Nested stacks below a template, each a template of its own: one file may be used with different parameters. */
  private addNested(parent: LoadedTemplate, seed: Seed, chain: readonly TemplateFile[]): void {
    for (const resource of parent.resources) {
      if (!isNestedStack(resource)) continue;
      const file = seed.library.nested(chain.at(-1)!, resource);
      if (!file || chain.some(({ id }) => id === file.id)) {
        this.reportNested(resource, file);
        continue;
      }
      if (chain.length > LIMITS.nestingDepth) {
        throw new InputError(
          `nested stacks more than ${LIMITS.nestingDepth} levels deep`,
          parent.source.file,
          'Flatten the stacks.',
          resource.line,
        );
      }
      this.nested.add(file);
      const { region, account, owned } = parent.source;
      // CDK: `App/Nest.NestedStack/Nest.NestedStackResource` creates the construct `App/Nest`.
      const constructPath = resource.metadata('aws:cdk:path')?.replace(/\.NestedStack\/[^/]*$/u, '');
      const nested = this.add(
        file,
        {
          file: file.file,
          stackName: `${parent.source.stackName}/${resource.logicalId}`,
          ...(region === undefined ? {} : { region }),
          ...(account === undefined ? {} : { account }),
          ...(constructPath === undefined ? {} : { constructPath }),
          nestedIn: resource,
          owned,
        },
        (parameter) => passedByParent(parent, resource, parameter),
      );
      this.crossStack.nest(resource, nested);
      this.addNested(nested, seed, [...chain, file]);
    }
  }

  private reportNested(resource: LoadedResource, cycle: TemplateFile | undefined): void {
    const { file } = resource.template.source;
    const { line } = resource;
    const { fileName } = nestedLocation(resource);
    this.problems.push({
      kind: cycle ? 'nested-template-cycle' : 'nested-template-missing',
      message: cycle
        ? `nested stack ${resource.logicalId} is made of ${cycle.file}, the template it stands in or below`
        : `nested stack ${resource.logicalId}: its template${fileName === undefined ? '' : ` ${fileName}`} is not in the input, so what it creates is not judged`,
      file,
      ...(line === undefined ? {} : { line }),
      template: resource.template,
      logicalId: resource.logicalId,
    });
  }
}

/** Identities of the templates that a loose template nests. */
function nestedIn(seed: Seed, partitionOf: PartitionOf): readonly string[] {
  const probe = new LoadedTemplate({ file: seed.template.file, stackName: '', owned: true }, seed.template.document, {
    application: undefined as never,
    crossStack: new CrossStack([]),
    budget: new Budget(),
    partitionOf,
    position: 0,
  });
  return probe.resources.filter(isNestedStack).flatMap((resource) => {
    const found = seed.library.nested(seed.template, resource);
    return found && found.id !== seed.template.id ? [found.id] : [];
  });
}

/** An ARN section against what is known of a stack; an empty or unknown section excludes nothing. */
function agrees(section: Scalar, known: string | undefined): boolean {
  return section.kind !== 'text' || section.text === '' || known === undefined || section.text === known;
}

/** A text to look a name up by; a name with the account or Region in it is told apart by stack. */
function spelling(value: Resolved): string | undefined {
  if (value.kind === 'text') return value.text === '' ? undefined : value.text;
  if (value.kind !== 'pieces') return undefined;
  const parts: string[] = [];
  for (const piece of value.pieces) {
    if (piece.kind === 'text') parts.push(piece.text);
    else if (piece.kind === 'unknown' && piece.pseudo !== undefined && piece.template) {
      parts.push(`\u0000${piece.pseudo}@${piece.template.source.stackName}\u0000`);
    } else return undefined;
  }
  return parts.join('');
}

/** Names an ARN's resource part may hold: all of it, its segments, and what follows a segment (`role/path/name`, `log-group:/a/b:*`). */
function namesIn(resource: Scalar): readonly string[] {
  const whole = spelling(resource);
  if (whole === undefined) return [];
  const names = new Set([whole]);
  for (const part of whole.split(':')) names.add(part);
  for (const part of whole.split(/[:/]/u)) names.add(part);
  const rest = /^[^:/]+[:/](.+?)(?::\*|\/\*)?$/u.exec(whole)?.[1];
  if (rest !== undefined) names.add(rest);
  names.delete('');
  names.delete('*');
  return [...names];
}

const baseName = (file: string): string => file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);

function push<T>(index: Map<string, T[]>, key: string, value: T): void {
  const known = index.get(key);
  if (known) known.push(value);
  else index.set(key, [value]);
}
