/** How a resource is called in sentences: `bucket Media (stack dub-1-stores)`. */
import type { Resource } from '../template';
import { textOf } from '../template';

const words = new Map<string, string>();

/** `AWS::RDS::DBInstance` → `DB instance`; custom types keep their name. */
export function kindWords(type: string): string {
  const known = words.get(type);
  if (known !== undefined) return known;
  const found = readWords(type);
  words.set(type, found);
  return found;
}

function readWords(type: string): string {
  const last = type.split('::').at(-1) ?? '';
  if (!type.startsWith('AWS::')) return type || 'resource without a type';
  return last
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(' ')
    .map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ');
}

/** The literal physical name a template gives a resource, when there is exactly one. */
export function physicalNameOf(resource: Resource): string | undefined {
  const names = resource.physicalNames();
  return names.length === 1 ? textOf(names[0]!.value) : undefined;
}

/** The construct's path below its stack, else the logical id. */
export function resourceName(resource: Resource): string {
  const path = resource.constructPath;
  if (!path) return resource.logicalId;
  const parts = path.split('/').filter((part) => part !== 'Resource' && part !== 'Default');
  const stack = resource.template.source.constructPath;
  const below = stack && path.startsWith(`${stack}/`) ? parts.slice(stack.split('/').length) : parts.slice(1);
  return below.join('/') || resource.logicalId;
}

/** `bucket Media`. */
export function label(resource: Resource): string {
  return `${kindWords(resource.type)} ${resourceName(resource)}`;
}

/** `bucket Media of stack dub-1-stores`. */
export function fullLabel(resource: Resource): string {
  return `${label(resource)} of stack ${resource.template.source.stackName}`;
}
