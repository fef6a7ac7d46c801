/** Resolved values as texts that are equal exactly when the values mean the same on both sides of a comparison. */
import type { Possible, Resolved, Resource, Slot } from '../../template';

/** How a resource is called on both sides. */
export type NameOf = (resource: Resource) => string;

/** A value as text; references are written by the name the resource has on both sides, lists and maps without order. */
export function canonical(value: Resolved, nameOf: NameOf): string {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'reference':
      return `\${${nameOf(value.resource)}.${value.attribute}}`;
    case 'unknown':
      return `\${?${value.pseudo ?? value.parameter ?? value.dynamic ?? value.why}}`;
    case 'pieces':
      return value.pieces.map((piece) => canonical(piece, nameOf)).join('');
    case 'list':
      return `[${value.items
        .map((slot) => ofSlot(slot, nameOf))
        .sort()
        .join(',')}${value.tail ? ',…' : ''}]`;
    case 'map':
      return `{${[...value.entries]
        .map(([key, slot]) => `${key}:${ofSlot(slot, nameOf)}`)
        .sort()
        .join(',')}${value.open ? ',…' : ''}}`;
  }
}

function ofSlot({ possible, optional }: Slot, nameOf: NameOf): string {
  return `${ofAll(possible, nameOf).join('|')}${optional ? '?' : ''}`;
}

/** Every value something may take, sorted, each once. */
export function ofAll(possible: readonly Possible[], nameOf: NameOf): readonly string[] {
  return [...new Set(possible.map((one) => canonical(one.value, nameOf)))].sort();
}

/** Resources of the application that a value refers to. */
export function referred(value: Resolved): readonly Resource[] {
  switch (value.kind) {
    case 'reference':
      return [value.resource];
    case 'pieces':
      return value.pieces.flatMap(referred);
    case 'unknown':
      return (value.from ?? []).map((one) => one.resource);
    case 'list':
      return value.items.flatMap((slot) => slot.possible.flatMap((one) => referred(one.value)));
    case 'map':
      return [...value.entries.values()].flatMap((slot) => slot.possible.flatMap((one) => referred(one.value)));
    default:
      return [];
  }
}
