/**
 * Reads the catalogue: what CloudFormation can express, and which of it moves data.
 *
 * Pure data access. One JSON file per service stands in `data/` and is loaded when a type of that service is first asked
 * for, so a caller pays only for what its templates use.
 */
import { dataFile } from './data-file';
import type { ChannelRow, TypeVerdict } from './model';
import { rowIndex } from './row-index';
import type { StoreFacts, TypeRole, WrittenService, WrittenType } from './shape';
import type { StructuralReason } from './structural';
import { completeRow } from './shape';
import { matchPath } from './paths';

interface TypeList {
  /** Services with a file of their own, in file-name form. */
  readonly services: readonly string[];
  /** Stores among the types that have no tags written in a service file. */
  readonly stores: Readonly<Record<string, StoreFacts>>;
  /** Types without rows: verdict → reason → types. */
  readonly verdicts: Readonly<Record<Exclude<TypeVerdict, 'assessed'>, Readonly<Record<string, readonly string[]>>>>;
}

const services = new Map<string, WrittenService | undefined>();
const rows = new Map<string, readonly ChannelRow[]>();
/** Types of templates, found and not found: the judge asks for the same few thousands of times. */
const writtenTypes = new Map<string, WrittenType | undefined>();
const storeTypes = new Map<string, StoreFacts | undefined>();
const patternsOf = new Map<string, readonly string[]>();
let typeList: TypeList | undefined;
let verdicts: Map<string, { verdict: TypeVerdict; reason: string }> | undefined;

function listOfTypes(): TypeList {
  return (typeList ??= dataFile<TypeList>('types.json'));
}

/** File-name form of the service a type belongs to: `AWS::S3::Bucket` is in `s3`, every custom resource in `custom`. */
export function serviceOf(type: string): string {
  const [vendor = '', service = ''] = type.split('::');
  return (vendor === 'AWS' || vendor === 'Alexa' ? service : vendor).toLowerCase();
}

function serviceFile(name: string): WrittenService | undefined {
  if (!services.has(name)) {
    const known = listOfTypes().services.includes(name);
    services.set(name, known ? dataFile<WrittenService>(`${name}.json`) : undefined);
  }
  return services.get(name);
}

/** What is written of a type. A custom resource without an entry of its own is `Custom::*`. */
function written(type: string): WrittenType | undefined {
  if (writtenTypes.has(type)) return writtenTypes.get(type);
  const found = findWritten(type);
  writtenTypes.set(type, found);
  return found;
}

function findWritten(type: string): WrittenType | undefined {
  const types = serviceFile(serviceOf(type))?.types;
  if (!types) return undefined;
  if (Object.hasOwn(types, type)) return types[type];
  return type.startsWith('Custom::') ? types['Custom::*'] : undefined;
}

/** Verdict and reason of a CloudFormation type; undefined when the catalogue has never heard of it, which is a finding. */
export function verdictOf(type: string): { readonly verdict: TypeVerdict; readonly reason: string } | undefined {
  const own = written(type);
  if (own) return { verdict: own.verdict ?? 'assessed', reason: own.reason };
  if (!verdicts) {
    verdicts = new Map();
    for (const [verdict, reasons] of Object.entries(listOfTypes().verdicts)) {
      for (const [reason, types] of Object.entries(reasons)) {
        for (const name of types) verdicts.set(name, { verdict: verdict as TypeVerdict, reason });
      }
    }
  }
  return verdicts.get(type);
}

/** Channels a type can open, in the order they are written. Empty for inert and unknown types. */
export function rowsOf(type: string): readonly ChannelRow[] {
  const known = rows.get(type);
  if (known) return known;
  const own = written(type);
  const complete = own?.rows?.map((row) => completeRow(type, row, own)) ?? [];
  rows.set(type, complete);
  return complete;
}

/** Structural reasons of a type with the paths each covers, as written. */
export function structuralPaths(type: string): Readonly<Partial<Record<StructuralReason, readonly string[]>>> {
  return written(type)?.structural ?? {};
}

/** Why the property at `path` of an assessed type opens no channel; undefined when it has no such reason. */
export function structuralReason(type: string, path: string): StructuralReason | undefined {
  for (const [reason, patterns] of Object.entries(structuralPaths(type))) {
    if (patterns.some((pattern) => ['exact', 'beneath'].includes(matchPath(pattern, path) ?? ''))) {
      return reason as StructuralReason;
    }
  }
  return undefined;
}

/**
 * True when the catalogue knows what the property at `path` can do: it has a row, a structural reason, stands inside one
 * (a document or a map), or is a container on the way to one. Anything else is unknown, which is a finding.
 */
export function propertyIsKnown(type: string, path: string): boolean {
  let patterns = patternsOf.get(type);
  if (!patterns) {
    patterns = [...rowsOf(type).flatMap((row) => row.paths), ...Object.values(structuralPaths(type)).flat()];
    patternsOf.set(type, patterns);
  }
  return patterns.some((pattern) => matchPath(pattern, path) !== undefined);
}

/** True when resources of the type hold data at rest, keys included. */
export function isStore(type: string): boolean {
  return storeFacts(type) !== undefined;
}

/** How a store carries its data class; undefined when the type is no store. */
export function storeFacts(type: string): StoreFacts | undefined {
  const known = storeTypes.get(type);
  if (known !== undefined || storeTypes.has(type)) return known;
  const { stores } = listOfTypes();
  const found = written(type)?.store ?? (Object.hasOwn(stores, type) ? stores[type] : undefined);
  storeTypes.set(type, found);
  return found;
}

/** Whether the type is part of the network, runs code, or is a policy; undefined for everything else. */
export function roleOf(type: string): TypeRole | undefined {
  return written(type)?.role;
}

/** Every type with an entry in a service file, sorted. */
export function describedTypes(): readonly string[] {
  return listOfTypes()
    .services.flatMap((name) => Object.keys(serviceFile(name)?.types ?? {}))
    .sort();
}

/** Every type the catalogue has a verdict on, sorted. */
export function knownTypes(): readonly string[] {
  const listed = Object.values(listOfTypes().verdicts).flatMap((reasons) => Object.values(reasons).flat());
  return [...new Set([...describedTypes(), ...listed])].sort();
}

/** All rows of all services: loads every file. */
export function allRows(): readonly ChannelRow[] {
  return describedTypes().flatMap(rowsOf);
}

/** The row of that slug, or undefined. Reads the file of its service alone. */
export function row(slug: string): ChannelRow | undefined {
  const { slugs } = rowIndex();
  const type = Object.hasOwn(slugs, slug) ? slugs[slug] : undefined;
  return type === undefined ? undefined : rowsOf(type).find((candidate) => candidate.slug === slug);
}
