/**
 * Everything CloudFormation can express, as this project's dependencies know it: every resource type and every declared
 * property of the pinned aws-cdk-lib L1 bundle, united with @aws-cdk/aws-service-spec.
 *
 * Neither source is complete alone: the published specification lags the bundle by dozens of types. The unit counted is
 * the declared property (type definition + property name); paths are expanded only where a reader needs them.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { describeServerless } from './serverless-model';

/** One declared property. `wrap` says how the definition it refers to is wrapped: `[]` list, `{}` map. */
export interface PropertyShape {
  readonly kinds: readonly string[];
  readonly refs: readonly string[];
  readonly wrap: string;
}

/** Definitions of one type; the empty name is the resource itself. */
export type TypeShape = Map<string, Map<string, PropertyShape>>;

const ROOT = '';

/** Index of the bracket that closes the one at `start`, skipping string literals. */
function closing(source: string, start: number): number {
  let depth = 0;
  for (let i = start; i < source.length; i++) {
    const c = source[i]!;
    if (c === '"' || c === "'" || c === '`') {
      i = endOfString(source, i);
    } else if ('{(['.includes(c)) {
      depth++;
    } else if ('})]'.includes(c) && --depth === 0) {
      return i;
    }
  }
  throw new Error(`Unbalanced brackets from offset ${start}`);
}

function endOfString(source: string, start: number): number {
  for (let i = start + 1; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === source[start]) return i;
  }
  throw new Error(`Unterminated string at offset ${start}`);
}

/** `{A:expr,B:expr}` without its braces, as pairs. */
function entries(body: string): [string, string][] {
  const found: [string, string][] = [];
  let i = 0;
  while (i < body.length) {
    const key = /^(?:"([^"]+)"|([A-Za-z_$][\w$]*)):/.exec(body.slice(i, i + 200));
    if (!key) break;
    const start = i + key[0].length;
    let j = start;
    for (; j < body.length && body[j] !== ','; j++) {
      const c = body[j]!;
      if (c === '"' || c === "'") j = endOfString(body, j);
      else if ('{(['.includes(c)) j = closing(body, j);
    }
    found.push([(key[1] ?? key[2])!, body.slice(start, j)]);
    i = j + 1;
  }
  return found;
}

/** Definition name inside its type: `CfnBucketDestinationProperty` of `CfnBucket` is `Destination`. */
function definitionName(converter: string, className: string): string {
  const bare = converter.slice(className.length);
  return bare === 'Props' ? ROOT : bare.replace(/Property$/, '');
}

/** L1 types of the installed aws-cdk-lib, read from the converters in its generated sources. Takes about a second. */
export function typesOfL1Bundle(
  root = path.dirname(require.resolve('aws-cdk-lib/package.json')),
): Map<string, TypeShape> {
  const types = new Map<string, TypeShape>();
  for (const folder of readdirSync(root)) {
    const lib = path.join(root, folder, 'lib');
    if (!existsSync(lib)) continue;
    for (const file of readdirSync(lib).filter((name) => name.endsWith('.generated.js'))) {
      readGenerated(readFileSync(path.join(lib, file), 'utf8'), types);
    }
  }
  return types;
}

function readGenerated(source: string, types: Map<string, TypeShape>): void {
  const converters = new Map<string, [string, string][]>();
  const head = /function convert(Cfn\w+?)ToCloudFormation\(properties\)\{/g;
  for (let match = head.exec(source); match; match = head.exec(source)) {
    const marker = source.indexOf('.assertSuccess(),{', match.index);
    if (marker < 0 || marker - match.index > 400) continue;
    const open = marker + '.assertSuccess(),'.length;
    converters.set(match[1]!, entries(source.slice(open + 1, closing(source, open))));
  }
  for (const found of source.matchAll(
    /class (Cfn\w+) extends [^{]*CfnResource\{.{0,6000}?CFN_RESOURCE_TYPE_NAME="([^"]+)"/gs,
  )) {
    types.set(found[2]!, shapeFromConverters(found[1]!, converters));
  }
}

function shapeFromConverters(className: string, converters: Map<string, [string, string][]>): TypeShape {
  const shape: TypeShape = new Map();
  const queue = [`${className}Props`];
  while (queue.length > 0) {
    const converter = queue.shift()!;
    const name = definitionName(converter, className);
    if (shape.has(name)) continue;
    const properties = new Map<string, PropertyShape>();
    for (const [property, expression] of converters.get(converter) ?? []) {
      const nested = [...expression.matchAll(/convert(Cfn\w+?)ToCloudFormation/g)].map((m) => m[1]!);
      const kinds = new Set(
        [...expression.matchAll(/(string|number|boolean|object|date|cfnTag)ToCloudFormation/g)].map((m) =>
          kindOf(m[1]!),
        ),
      );
      if (nested.length > 0) kinds.add('ref');
      properties.set(property, {
        kinds: [...kinds].sort(),
        refs: nested.map((n) => definitionName(n, className)),
        wrap: [...expression.matchAll(/(list|hash)Mapper/g)].map((m) => (m[1] === 'list' ? '[]' : '{}')).join(''),
      });
      queue.push(...nested);
    }
    shape.set(name, properties);
  }
  return shape;
}

function kindOf(l1Name: string): string {
  return l1Name === 'object' ? 'json' : l1Name === 'cfnTag' ? 'tag' : l1Name;
}

type SpecDatabase = ReturnType<typeof loadAwsServiceSpecSync>;

interface SpecProperty {
  readonly type: string;
  readonly element?: SpecProperty;
  readonly types?: readonly SpecProperty[];
  readonly reference?: { readonly $ref: string };
}

/** Types of the published specification. */
export function typesOfSpecification(database: SpecDatabase = loadAwsServiceSpecSync()): Map<string, TypeShape> {
  const types = new Map<string, TypeShape>();
  for (const resource of database.all('resource')) {
    const shape: TypeShape = new Map();
    const queue: [string, Record<string, { readonly type: unknown }>][] = [[ROOT, resource.properties]];
    while (queue.length > 0) {
      const [name, properties] = queue.shift()!;
      if (shape.has(name)) continue;
      const definitions = new Map<string, PropertyShape>();
      for (const [property, declared] of Object.entries(properties)) {
        const leaves = flatten(declared.type as SpecProperty);
        const targets = leaves.flatMap((leaf) =>
          leaf.reference ? [database.get('typeDefinition', leaf.reference.$ref)] : [],
        );
        definitions.set(property, {
          kinds: [...new Set(leaves.map((leaf) => leaf.type))].sort(),
          refs: targets.map((target) => target.name),
          wrap: wrapOf(declared.type as SpecProperty),
        });
        for (const target of targets) queue.push([target.name, target.properties]);
      }
      shape.set(name, definitions);
    }
    types.set(resource.cloudFormationType, shape);
  }
  return types;
}

function flatten(type: SpecProperty): SpecProperty[] {
  if (type.element) return flatten(type.element);
  return type.types ? type.types.flatMap(flatten) : [type];
}

function wrapOf(type: SpecProperty): string {
  if (type.element) return (type.type === 'map' ? '{}' : '[]') + wrapOf(type.element);
  const nested = type.types?.find((candidate) => candidate.reference || candidate.element);
  return nested ? wrapOf(nested) : '';
}

/**
 * The union of both sources. Some properties are plain JSON in one source and a described structure in the other: the
 * structure is kept, so that its fields get a verdict of their own. Types of the SAM transform are as the transform has them.
 */
export function allTypes(): Map<string, TypeShape> {
  const union = typesOfL1Bundle();
  for (const [type, shape] of typesOfSpecification()) {
    const known = union.get(type);
    if (known) mergeInto(known, shape);
    else union.set(type, shape);
  }
  describeServerless(union);
  return union;
}

function mergeInto(known: TypeShape, other: TypeShape): void {
  for (const [definition, properties] of other) {
    const target = known.get(definition) ?? new Map<string, PropertyShape>();
    for (const [property, declared] of properties) {
      const present = target.get(property);
      target.set(property, present ? merged(present, declared) : declared);
    }
    known.set(definition, target);
  }
}

function merged(l1: PropertyShape, specified: PropertyShape): PropertyShape {
  if (l1.refs.length > 0 || specified.refs.length === 0) return l1;
  return { kinds: specified.kinds, refs: specified.refs, wrap: specified.wrap };
}

/** Declared properties of a type as `Definition.Property:kinds`, sorted: the content of its lock entry. */
export function declaredProperties(shape: TypeShape): string[] {
  const ids: string[] = [];
  for (const [definition, properties] of shape) {
    for (const [property, declared] of properties) {
      ids.push(`${definition === ROOT ? '' : `${definition}.`}${property}:${declared.kinds.join('|')}`);
    }
  }
  return ids.sort();
}

/** First 16 characters of the SHA-256 of the declared properties. */
export function shapeHash(shape: TypeShape): string {
  return createHash('sha256').update(declaredProperties(shape).join('\n')).digest('base64url').slice(0, 16);
}

/** A path a template can write; `container` when the property only holds further definitions. */
export interface PropertyPath {
  readonly path: string;
  readonly container: boolean;
}

/**
 * Every path of a type, each definition entered once per branch so that recursive shapes (WAF statements) end.
 */
export function pathsOf(shape: TypeShape): PropertyPath[] {
  const found = new Map<string, PropertyPath>();
  const walk = (definition: string, prefix: string, entered: ReadonlySet<string>): void => {
    for (const [property, declared] of shape.get(definition) ?? []) {
      const here = prefix + property;
      const container = declared.kinds.length === 1 && declared.kinds[0] === 'ref';
      const known = found.get(here);
      found.set(here, { path: here, container: container && (known?.container ?? true) });
      for (const target of declared.refs) {
        if (!entered.has(target)) walk(target, `${here}${declared.wrap}.`, new Set([...entered, target]));
      }
    }
  };
  walk(ROOT, '', new Set([ROOT]));
  return [...found.values()];
}
