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
      const elsewhere = files.deployedFromElsewhere(artifact, name);
      if (elsewhere !== undefined) {
        problems.push({
          kind: 'manifest',
          message: `stack ${id} is deployed from ${elsewhere}, which is not shown to be its template ${name}; what it creates is not judged`,
          file: manifestFile,
        });
      }
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
  const environment = textOr(artifact['environment'], 'aws://unknown-account/unknown-region');
  // One that is written otherwise is read otherwise by the command line: what the caller says of agnostic stacks does not hold for it.
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/u.exec(environment) ?? [];
  const known = (value: string | undefined, agnostic: string, otherwise: string | undefined): string | undefined =>
    value === agnostic ? otherwise : value;
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
      isNameAssumed: true,
      role: 'unowned',
    }));
}

/** Templates and asset records of one assembly folder. */
class AssemblyFiles implements TemplateLibrary {
  private readonly read = new Map<string, TemplateFile>();
  private uploaded: readonly Upload[] | undefined;
  /** Identities of templates kept without the asset manifest they need: the command line deploys no such stack. */
  private readonly kept = new Set<string>();

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
    const { assetPath, bucketAndKey } = nestedLocation(resource);
    // The URL is what is deployed; what the metadata names is not asked where the URL can be.
    const isKept = this.kept.has(parent.id);
    const uploaded = isKept || bucketAndKey === undefined ? [] : this.uploadedTo(bucketAndKey);
    const name = isKept ? assetPath : uploaded[0];
    const file = name === undefined ? undefined : inside(this.folder, name);
    if (name === undefined || file === undefined || !exists(file)) return undefined;
    if (!uploaded.every((other) => this.sameText(other, name))) return undefined;
    const template = this.template(path.relative(path.resolve(this.folder), file), parent.records);
    if (isKept) this.kept.add(template.id);
    return template;
  }

  /**
   * The address a stack is deployed from, when that is not shown to be its template. The command line uploads assets as
   * the asset manifests say and deploys what then lies at the address; the template file it only compares.
   */
  deployedFromElsewhere(artifact: { readonly [key: string]: Json }, templateName: string): string | undefined {
    const properties = isObject(artifact['properties']) ? artifact['properties'] : {};
    if (this.lacksAssetManifest(artifact, properties)) {
      this.kept.add(path.resolve(this.folder, templateName));
      return undefined;
    }
    const address = own(properties, 'stackTemplateAssetObjectUrl');
    if (address === undefined) return undefined;
    if (typeof address !== 'string') return JSON.stringify(address);
    const uploaded = this.uploadedTo(address.replace(/^s3:\/\//u, ''));
    const isTemplate = uploaded.length > 0 && uploaded.every((name) => this.sameText(name, templateName));
    return isTemplate ? undefined : address;
  }

  private lacksAssetManifest(
    artifact: { readonly [key: string]: Json },
    properties: { readonly [key: string]: Json },
  ): boolean {
    return [artifact['dependencies'], own(properties, 'additionalDependencies')]
      .flatMap((ids) => (Array.isArray(ids) ? ids : []))
      .some((id) => {
        const file = typeof id === 'string' ? this.assetManifest(own(this.artifacts, id)) : undefined;
        return file !== undefined && !exists(file);
      });
  }

  /** Path of the file, when the artifact is an asset manifest. */
  private assetManifest(artifact: Json | undefined): string | undefined {
    if (!isObject(artifact) || artifact['type'] !== 'cdk:asset-manifest' || !isObject(artifact['properties']))
      return undefined;
    const name = own(artifact['properties'], 'file');
    return typeof name === 'string' ? inside(this.folder, name) : undefined;
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

  /** Files that the asset manifests upload to `bucket/key`; the empty name stands for what is no file as it lies there. */
  private uploadedTo(bucketAndKey: string): readonly string[] {
    return this.uploads()
      .filter(({ place }) => place === bucketAndKey)
      .map(({ name }) => name);
  }

  private sameText(name: string, other: string): boolean {
    const [one, two] = [inside(this.folder, name), inside(this.folder, other)];
    if (one === undefined || two === undefined) return false;
    return (
      one === two || (exists(one) && exists(two) && readText(one, LIMITS.jsonBytes) === readText(two, LIMITS.jsonBytes))
    );
  }

  private uploads(): readonly Upload[] {
    if (this.uploaded) return this.uploaded;
    const uploads: Upload[] = [];
    for (const artifact of Object.values(this.artifacts)) {
      const file = this.assetManifest(artifact);
      if (file === undefined || !exists(file)) continue;
      const manifest = parseJson(readText(file, LIMITS.manifestBytes), file);
      const entries = isObject(manifest) ? own(manifest, 'files') : undefined;
      for (const entry of Object.values(isObject(entries) ? entries : {})) uploads.push(...uploadsOf(entry));
    }
    return (this.uploaded = uploads);
  }
}

/** A file of the assembly and the place `bucket/key` it is uploaded to. */
interface Upload {
  readonly name: string;
  readonly place: string;
}

function uploadsOf(entry: Json): readonly Upload[] {
  const source = isObject(entry) ? own(entry, 'source') : undefined;
  const destinations = isObject(entry) ? own(entry, 'destinations') : undefined;
  const from = isObject(source) && own(source, 'packaging') !== 'zip' ? own(source, 'path') : undefined;
  return Object.values(isObject(destinations) ? destinations : {}).flatMap((destination) => {
    const bucket = isObject(destination) ? own(destination, 'bucketName') : undefined;
    const key = isObject(destination) ? own(destination, 'objectKey') : undefined;
    if (typeof bucket !== 'string' || typeof key !== 'string') return [];
    return [{ name: typeof from === 'string' ? from : '', place: `${bucket}/${key}` }];
  });
}

const textOr = (value: Json | undefined, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
