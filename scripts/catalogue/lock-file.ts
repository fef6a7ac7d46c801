/**
 * The lock: every resource type with the number and hash of its declared properties and their names, and the versions of
 * the packages they came from. A new CDK release therefore fails a test before it can hide an unclassified channel.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { allTypes, declaredProperties, shapeHash } from './enumerate';
import type { TypeShape } from './enumerate';

export interface LockedType {
  /** Number of declared properties. */
  readonly count: number;
  readonly hash: string;
  /** `Definition.Property`, sorted, separated by blanks. */
  readonly properties: string;
}

export interface Lock {
  readonly versions: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, LockedType>>;
}

const SOURCES = ['aws-cdk-lib', '@aws-cdk/aws-service-spec'];

/** Path of the lock in the repository. */
export function lockFile(): string {
  return path.join(__dirname, '../../lib/catalogue/data/lock.json');
}

export function readLock(): Lock {
  return JSON.parse(readFileSync(lockFile(), 'utf8')) as Lock;
}

/** The lock as the installed packages would write it. */
export function currentLock(types: ReadonlyMap<string, TypeShape> = allTypes()): Lock {
  const versions = Object.fromEntries(SOURCES.map((name) => [name, installedVersion(name)]));
  const locked: Record<string, LockedType> = {};
  for (const type of [...types.keys()].sort()) {
    const shape = types.get(type)!;
    const ids = declaredProperties(shape).map((id) => id.slice(0, id.lastIndexOf(':')));
    locked[type] = { count: ids.length, hash: shapeHash(shape), properties: ids.join(' ') };
  }
  return { versions, types: locked };
}

function installedVersion(name: string): string {
  return (JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')) as { version: string }).version;
}

/** What came and what went between two locks, one line each; empty when they agree. */
export function differences(before: Lock, after: Lock): string[] {
  const lines: string[] = [];
  for (const name of SOURCES) {
    if (before.versions[name] !== after.versions[name]) {
      lines.push(`${name} ${before.versions[name]} in the lock, ${after.versions[name]} installed`);
    }
  }
  for (const [type, now] of Object.entries(after.types)) {
    const then = before.types[type];
    if (!then) lines.push(`new type ${type} (${now.count} properties): give it a verdict`);
    else if (then.hash !== now.hash) lines.push(...propertyChanges(type, then, now));
  }
  for (const type of Object.keys(before.types)) {
    if (!after.types[type]) lines.push(`${type} is gone: move it to "retired", where it stays enforced`);
  }
  return lines;
}

function propertyChanges(type: string, then: LockedType, now: LockedType): string[] {
  const known = new Set(then.properties.split(' '));
  const present = new Set(now.properties.split(' '));
  const came = [...present]
    .filter((id) => !known.has(id))
    .map((id) => `new property ${type} ${id}: give it a row or a reason`);
  const went = [...known].filter((id) => !present.has(id)).map((id) => `property ${type} ${id} is gone`);
  return came.length + went.length > 0 ? [...came, ...went] : [`a property of ${type} changed its kind`];
}
