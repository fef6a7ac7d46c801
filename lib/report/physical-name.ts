import type { Resource } from '../template';
import { textOf } from '../template';

/** The literal name a template gives, when there is exactly one. */
export function physicalNameOf(resource: Resource): string | undefined {
  const names = resource.physicalNames();
  return names.length === 1 ? textOf(names[0]!.value) : undefined;
}
