import * as path from 'node:path';
import { LoadedApplication } from './application';
import type { Seed } from './application';
import { readAssembly } from './assembly';
import { documentOf, parseText, templateDocument } from './document';
import { InputError } from './input-error';
import { LIMITS } from './limits';
import type { LoadedResource } from './loaded-resource';
import type { Application, InputPath, InputTemplate, Json, Problem, ReadOptions } from './model';
import { isObject } from './scalar';
import { exists, filesBelow, filesIn, isFolder, readText } from './template-file';
import { inside, nestedLocation } from './template-library';
import type { TemplateFile, TemplateLibrary } from './template-library';

const TEMPLATE_NAME = /\.(?:json|ya?ml|template)$/iu;

/**
 * Reads assemblies, folders and templates from disk as one application.
 * @throws InputError when a path cannot be read or is not CloudFormation
 */
export function readApplication(inputs: readonly InputPath[], options: ReadOptions): Application {
  const seeds: Seed[] = [];
  const problems: Problem[] = [];
  const library = new LooseTemplates(true);
  for (const input of inputs) {
    const isManifest = path.basename(input.path) === 'manifest.json' && !isFolder(input.path);
    const folder = isManifest ? path.dirname(input.path) : input.path;
    if (isManifest || (isFolder(folder) && exists(path.join(folder, 'manifest.json')))) {
      const assembly = readAssembly(folder, input);
      seeds.push(...assembly.seeds);
      problems.push(...assembly.problems);
    } else {
      const files = isFolder(input.path) ? templatesIn(input.path, library) : [library.read(input.path)];
      seeds.push(...files.map((template) => looseSeed(template, library, input)));
    }
  }
  return new LoadedApplication(seeds, problems, options.partitionOf);
}

/** Builds an application from templates in memory (parsed, or JSON/YAML text). @throws InputError */
export function applicationOf(inputs: readonly InputTemplate[], options: ReadOptions): Application {
  const library = new LooseTemplates(false);
  const seeds = inputs.map((input, index) => {
    const file = input.file ?? `${input.stackName ?? `template-${index + 1}`}.json`;
    const document =
      typeof input.template === 'string'
        ? templateDocument(input.template, file)
        : documentOf(shallow(input.template, file), file);
    // Two stacks may be made of templates of one name.
    const template = library.add({ id: `${file}#${index}`, file, document });
    return looseSeed(template, library, input);
  });
  return new LoadedApplication(seeds, [], options.partitionOf);
}

function looseSeed(template: TemplateFile, library: TemplateLibrary, input: InputPath | InputTemplate): Seed {
  const given = 'stackName' in input ? input.stackName : undefined;
  return {
    template,
    library,
    stackName: given ?? path.basename(template.file).replace(/(?:\.template)?\.(?:json|ya?ml|template)$/iu, ''),
    ...(given === undefined ? { isNameAssumed: true } : {}),
    ...(input.region === undefined ? {} : { region: input.region }),
    ...(input.account === undefined ? {} : { account: input.account }),
    role: 'candidate',
  };
}

/** Templates of a folder that is no assembly, and of its sub-folders. Other JSON and YAML in it is passed over. */
function templatesIn(folder: string, library: LooseTemplates): readonly TemplateFile[] {
  const assembly = path.join(folder, 'cdk.out');
  const isProject = exists(path.join(assembly, 'manifest.json'));
  const read = (names: readonly string[]): readonly TemplateFile[] =>
    names.flatMap((name) => library.readIfTemplate(path.join(folder, name)) ?? []);
  const areTemplates = (names: readonly string[]): readonly string[] =>
    names.filter((name) => TEMPLATE_NAME.test(name));
  if (isProject && read(areTemplates(filesIn(folder))).length === 0)
    throw new InputError('a folder without templates', folder, `Did you mean ${assembly}?`);
  const names = areTemplates(filesBelow(folder, (name) => isNoAssembly(path.join(folder, name))));
  const found = read(names);
  if (found.length > 0) return found;
  throw new InputError(
    names.length === 0 ? 'a folder without templates' : 'a folder in which no file is a CloudFormation template',
    folder,
    'Give a cdk.out folder, a folder of templates, or a template.',
  );
}

/** @throws InputError when it is one: an assembly is read by its manifest, not file by file */
function isNoAssembly(folder: string): boolean {
  if (exists(path.join(folder, 'manifest.json')) && exists(path.join(folder, 'cdk.out')))
    throw new InputError(
      'an assembly below a folder of templates',
      folder,
      'Give the assembly and the folder with the templates as paths of their own.',
    );
  return true;
}

/** Templates given one by one; nested stacks are looked for among them and beside their parent. */
class LooseTemplates implements TemplateLibrary {
  private readonly byId = new Map<string, TemplateFile>();

  /** @param onDisk whether a nested template may be read from beside its parent */
  constructor(private readonly onDisk: boolean) {}

  add(template: TemplateFile): TemplateFile {
    this.byId.set(template.id, template);
    return template;
  }

  read(file: string): TemplateFile {
    const id = path.resolve(file);
    return (
      this.byId.get(id) ?? this.add({ id, file, document: templateDocument(readText(file, LIMITS.jsonBytes), file) })
    );
  }

  readIfTemplate(file: string): TemplateFile | undefined {
    const { value, lineOf } = parseText(readText(file, LIMITS.jsonBytes), file);
    if (!isObject(value) || !(Object.hasOwn(value, 'Resources') || Object.hasOwn(value, 'AWSTemplateFormatVersion')))
      return undefined;
    return this.add({ id: path.resolve(file), file, document: documentOf(value, file, lineOf) });
  }

  nested(parent: TemplateFile, resource: LoadedResource): TemplateFile | undefined {
    const { localPath, fileName } = nestedLocation(resource);
    const folder = path.dirname(parent.file);
    const local = localPath === undefined || !this.onDisk ? undefined : inside(folder, localPath);
    if (local !== undefined) {
      const known = this.byId.get(local);
      if (known) return known;
      if (exists(local) && !isFolder(local))
        return this.read(path.join(folder, path.relative(path.resolve(folder), local)));
    }
    const named = [...this.byId.values()].filter(({ file }) => path.basename(file) === fileName);
    return named.length === 1 ? named[0] : undefined;
  }
}

/** A parsed template that nests no deeper than text may. */
function shallow(template: Json, file: string): Json {
  const stack: { readonly node: Json; readonly depth: number }[] = [{ node: template, depth: 0 }];
  while (stack.length > 0) {
    const { node, depth } = stack.pop()!;
    if (typeof node !== 'object' || node === null) continue;
    if (depth >= LIMITS.jsonDepth) {
      throw new InputError(
        `nested more than ${LIMITS.jsonDepth} levels deep`,
        file,
        'CloudFormation does not accept it either; flatten the template.',
      );
    }
    for (const child of Object.values(node)) stack.push({ node: child, depth: depth + 1 });
  }
  return template;
}
