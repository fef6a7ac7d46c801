/** Cloud assemblies: the folder that `cdk synth` writes, with the assemblies of Stages inside it. */
import * as path from 'node:path';
import type { Seed } from './application';
import { ConstructRecords } from './construct-record';
import { assemblyDocument } from './document';
import { InputError } from './input-error';
import { parseJson } from './json-text';
import { LIMITS } from './limits';
import type { LoadedResource } from './loaded-resource';
import type { InputPath, Json, Problem } from './model';
import { isObject, own } from './scalar';
import { exists, filesIn, namesIn, readText } from './template-file';
import { inside, nestedLocation } from './template-library';
import type { TemplateFile, TemplateLibrary } from './template-library';

/** Newest major version of the cloud assembly schema that this reader was checked against (aws-cdk-lib 2.276.0). */
export const SUPPORTED_SCHEMA = 55;

const TEMPLATE_SUFFIX = '.template.json';

export interface AssemblyContent {
  readonly seeds: readonly Seed[];
  readonly problems: readonly Problem[];
}

/**
 * Reads an assembly and everything in it.
 * @throws InputError when the manifest cannot be read or is newer than supported, or a template it names is missing
 */
export function readAssembly(folder: string, input: InputPath): AssemblyContent {
  const seeds: Seed[] = [];
  const problems: Problem[] = [];
  readInto(folder, input, seeds, problems, 0);
  return { seeds, problems };
}

function readInto(folder: string, input: InputPath, seeds: Seed[], problems: Problem[], depth: number): void {
  const manifestFile = path.join(folder, 'manifest.json');
  if (depth > LIMITS.assemblyDepth) {
    throw new InputError(
      `assemblies nested more than ${LIMITS.assemblyDepth} levels deep`,
      manifestFile,
      'Synthesise the application again.',
    );
  }
  const artifacts = readManifest(manifestFile);
  const files = new AssemblyFiles(folder, artifacts);
  const named = new Set<string>();
  const nestedFolders = new Set<string>();

  for (const [id, artifact] of Object.entries(artifacts)) {
    if (!isObject(artifact)) continue;
    const properties = isObject(artifact['properties']) ? artifact['properties'] : {};
    if (artifact['type'] === 'aws:cloudformation:stack') {
      const name = own(properties, 'templateFile');
      const file = typeof name === 'string' ? inside(folder, name) : undefined;
      if (typeof name !== 'string' || file === undefined) {
        problems.push({
          kind: 'manifest',
          message: `stack ${id} names no template inside the assembly; it is not judged`,
          file: manifestFile,
        });
        continue;
      }
      named.add(file);
      seeds.push(stackSeed(id, artifact, properties, files.template(name, files.recordsOf(artifact)), files, input));
    } else if (artifact['type'] === 'cdk:cloud-assembly') {
      const name = own(properties, 'directoryName');
      const nested = typeof name === 'string' ? inside(folder, name) : undefined;
      if (typeof name !== 'string' || nested === undefined) {
        problems.push({
          kind: 'manifest',
          message: `assembly ${id} names no folder inside the assembly; it is not judged`,
          file: manifestFile,
        });
        continue;
      }
      nestedFolders.add(nested);
      readInto(path.join(folder, name), input, seeds, problems, depth + 1);
    }
  }
  seeds.push(...unowned(folder, named, files));
  // A Stage's folder that the manifest no longer names is left from an earlier synthesis, or hidden: it is judged as well.
  for (const name of namesIn(folder)) {
    const nested = path.join(folder, name);
    if (
      !name.startsWith('assembly-') ||
      nestedFolders.has(path.resolve(nested)) ||
      !exists(path.join(nested, 'manifest.json'))
    )
      continue;
    problems.push({
      kind: 'manifest',
      message: `folder ${nested} is an assembly that the manifest does not name; it is judged as well`,
      file: manifestFile,
    });
    readInto(nested, input, seeds, problems, depth + 1);
  }
}

function readManifest(file: string): { readonly [id: string]: Json } {
  const manifest = parseJson(readText(file, LIMITS.manifestBytes), file);
  const version = isObject(manifest) ? own(manifest, 'version') : undefined;
  const remedy = 'Give the folder that cdk synth writes, or a template.';
  if (!isObject(manifest) || typeof version !== 'string')
    throw new InputError('not the manifest of a cloud assembly: no "version"', file, remedy);
  const major = Number.parseInt(version, 10);
  if (!(major <= SUPPORTED_SCHEMA)) {
    throw new InputError(
      `cloud assembly schema ${JSON.stringify(version)}, newest supported is ${SUPPORTED_SCHEMA}`,
      file,
      'Use a release of this tool made for that schema, or synthesise with aws-cdk-lib 2.276.0 or older.',
    );
  }
  const artifacts = own(manifest, 'artifacts');
  return isObject(artifacts) ? artifacts : {};
}

function stackSeed(
  id: string,
  artifact: { readonly [key: string]: Json },
  properties: { readonly [key: string]: Json },
  template: TemplateFile,
  library: TemplateLibrary,
  input: InputPath,
): Seed {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/u.exec(textOr(artifact['environment'], '')) ?? [];
  const known = (value: string | undefined, agnostic: string, otherwise: string | undefined): string | undefined =>
    value === undefined || value === agnostic ? otherwise : value;
  const stackRegion = known(region, 'unknown-region', input.region);
  const stackAccount = known(account, 'unknown-account', input.account);
  // `Stage/Stack (physical-name)` when the two differ.
  const constructPath = textOr(artifact['displayName'], '').replace(/ \(.*\)$/u, '');
  return {
    template,
    library,
    stackName: textOr(properties['stackName'], id),
    ...(stackRegion === undefined ? {} : { region: stackRegion }),
    ...(stackAccount === undefined ? {} : { account: stackAccount }),
    ...(constructPath === '' ? {} : { constructPath }),
    role: 'stack',
  };
}

function unowned(folder: string, named: ReadonlySet<string>, files: AssemblyFiles): readonly Seed[] {
  return filesIn(folder)
    .filter((name) => name.endsWith(TEMPLATE_SUFFIX) && !named.has(path.resolve(folder, name)))
    .map((name) => ({
      template: files.template(name),
      library: files,
      stackName: name.slice(0, -TEMPLATE_SUFFIX.length),
      role: 'unowned',
    }));
}

/** Templates and asset records of one assembly folder. */
class AssemblyFiles implements TemplateLibrary {
  private readonly read = new Map<string, TemplateFile>();
  private byHash: Map<string, string> | undefined;

  constructor(
    private readonly folder: string,
    private readonly artifacts: { readonly [id: string]: Json },
  ) {}

  template(name: string, records?: ConstructRecords): TemplateFile {
    const id = path.resolve(this.folder, name);
    const known = this.read.get(id);
    if (known && (known.records || !records)) return known;
    const file = path.join(this.folder, name);
    const template: TemplateFile = {
      id,
      file,
      document: known?.document ?? assemblyDocument(readText(file, LIMITS.jsonBytes), file),
      ...(records ? { records } : {}),
    };
    this.read.set(id, template);
    return template;
  }

  nested(parent: TemplateFile, resource: LoadedResource): TemplateFile | undefined {
    const { assetPath, assetHash } = nestedLocation(resource);
    const name = assetPath ?? (assetHash === undefined ? undefined : this.assets().get(assetHash));
    const file = name === undefined ? undefined : inside(this.folder, name);
    if (name === undefined || file === undefined || !exists(file)) return undefined;
    return this.template(path.relative(path.resolve(this.folder), file), parent.records);
  }

  /** Metadata of the constructs, beside the manifest or inside it. */
  recordsOf(artifact: { readonly [key: string]: Json }): ConstructRecords {
    const beside = artifact['additionalMetadataFile'];
    const file = typeof beside === 'string' ? inside(this.folder, beside) : undefined;
    return new ConstructRecords(() => {
      const within = artifact['metadata'];
      if (file === undefined || !exists(file)) return within;
      const more = parseJson(readText(file, LIMITS.manifestBytes), file);
      return isObject(more) && isObject(within) ? { ...within, ...more } : more;
    });
  }

  /** Content hash → source path, from the asset manifests. */
  private assets(): ReadonlyMap<string, string> {
    if (this.byHash) return this.byHash;
    this.byHash = new Map();
    for (const artifact of Object.values(this.artifacts)) {
      if (!isObject(artifact) || artifact['type'] !== 'cdk:asset-manifest' || !isObject(artifact['properties']))
        continue;
      const name = own(artifact['properties'], 'file');
      const file = typeof name === 'string' ? inside(this.folder, name) : undefined;
      if (file === undefined || !exists(file)) continue;
      const manifest = parseJson(readText(file, LIMITS.manifestBytes), file);
      const entries = isObject(manifest) ? own(manifest, 'files') : undefined;
      for (const [hash, entry] of Object.entries(isObject(entries) ? entries : {})) {
        const source = isObject(entry) ? own(entry, 'source') : undefined;
        const from = isObject(source) ? own(source, 'path') : undefined;
        if (typeof from === 'string') this.byHash.set(hash, from);
      }
    }
    return this.byHash;
  }
}

const textOr = (value: Json | undefined, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
