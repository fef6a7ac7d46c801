import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { OwnEmulator } from './find';

/** What the emulator understands of a value: a scalar, an opaque document, a list of one shape, or named properties. */
export type Shape =
  'string' | 'integer' | 'number' | 'boolean' | 'json' | readonly [Shape] | { readonly [name: string]: Shape };

export interface KnownType {
  readonly properties: Shape;
  /** Where the truth lives: a service API of moto, partly this layer, or only this layer's memory. */
  readonly standing: 'moto' | 'partly stored' | 'stored';
}

/** A template as far as it is read here. */
export interface Template {
  readonly Resources?: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>>;
}

/** Every CloudFormation type the emulator knows, with the complete shape of the properties it understands. */
export async function knownTypes(found: OwnEmulator): Promise<Map<string, KnownType>> {
  const { stdout } = await promisify(execFile)(found.python, [join(__dirname, 'server.py'), '--list-types']);
  return new Map(Object.entries(JSON.parse(stdout) as Record<string, KnownType>));
}

/**
 * Types and property paths of a template that the emulator would refuse, as `LogicalId: what`, sorted. Both branches
 * of Fn::If are read; other functions stand for values and are not looked into.
 */
export function unknownIn(template: Template, known: ReadonlyMap<string, KnownType>): string[] {
  const found: string[] = [];
  for (const [logicalId, { Type, Properties }] of Object.entries(template.Resources ?? {})) {
    const type = known.get(Type.startsWith('Custom::') ? 'AWS::CloudFormation::CustomResource' : Type);
    if (type === undefined) found.push(`${logicalId}: type ${Type}`);
    else if (Properties !== undefined) {
      found.push(...unknownPaths(Properties, type.properties, '').map((path) => `${logicalId}: ${Type} ${path}`));
    }
  }
  return found.sort();
}

function unknownPaths(value: unknown, shape: Shape, path: string): string[] {
  if (shape === 'json') return [];
  const branches = intrinsicBranches(value);
  if (branches !== undefined) return branches.flatMap((branch) => unknownPaths(branch, shape, path));
  if (Array.isArray(value)) {
    return isList(shape) ? value.flatMap((item, i) => unknownPaths(item, shape[0], `${path}[${i}]`)) : [path];
  }
  if (typeof value === 'object' && value !== null) {
    if (typeof shape === 'string' || isList(shape)) return [path];
    return Object.entries(value).flatMap(([name, item]) => {
      const inner = shape[name];
      const at = path === '' ? name : `${path}.${name}`;
      return inner === undefined ? [at] : unknownPaths(item, inner, at);
    });
  }
  return typeof shape === 'string' ? [] : [path];
}

/** The values an intrinsic function call can stand for: both branches of Fn::If, none that can be read for others. */
function intrinsicBranches(value: unknown): unknown[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const [name, ...more] = Object.keys(value);
  if (name === undefined || more.length > 0 || !(name === 'Ref' || name.startsWith('Fn::'))) return undefined;
  return name === 'Fn::If' ? (value as { 'Fn::If': unknown[] })['Fn::If'].slice(1) : [];
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}
