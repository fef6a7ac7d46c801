/** Where what a row is about is written. */
import type { Resource } from '../../template';
import type { DiffRow } from './model';

/** Where a resource is written: in the template, and in the program when the assembly records it. */
export function placeOf(resource: Resource): Pick<DiffRow, 'source' | 'program'> {
  return {
    source: {
      file: resource.template.source.file,
      get line() {
        return resource.line;
      },
    },
    ...(resource.sourceLocation ? { program: resource.sourceLocation } : {}),
  };
}

/** The names that texts have for a resource. */
export function namedAs({ template, logicalId }: Resource): Pick<DiffRow, 'resource'> {
  return { resource: { stack: template.source.stackName, logicalId } };
}
