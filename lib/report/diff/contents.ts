/** What a resource says, apart from how it is called: equal for a resource that was only renamed or moved. */
import { createHash } from 'node:crypto';
import { DATA_CLASSES } from '../../residency';
import type { Resource } from '../../template';
import type { NameOf } from './canonical';
import { ofAll, referred } from './canonical';

const CLASSES: ReadonlySet<string> = new Set(DATA_CLASSES);
const TAG = /^\w*[Tt]ags\b/u;

/** Every scalar with its path. Read once per resource; lists keep no order. */
export class Contents {
  private readonly leaves: readonly { readonly path: string; readonly write: (nameOf: NameOf) => string }[];
  readonly refersTo: readonly Resource[];

  constructor(resource: Resource) {
    const own = ownPath(resource);
    const leaves = [...resource.leaves()];
    this.leaves = leaves.flatMap((leaf) => {
      const path = leaf.path.replace(/\[\d+\]/gu, '[]');
      const write = (nameOf: NameOf): string => {
        const text = ofAll(leaf.possible, nameOf).join('|');
        return own === undefined ? text : text.replaceAll(own, '<path>');
      };
      // Tags repeat the construct's path and say who pays; of them only the data class belongs to the contents.
      if (TAG.test(path) && !leaf.possible.some(({ value }) => value.kind === 'text' && CLASSES.has(value.text)))
        return [];
      return [{ path, write }];
    });
    this.refersTo = [...new Set(leaves.flatMap((leaf) => leaf.possible.flatMap((one) => referred(one.value))))].filter(
      (one) => one !== resource,
    );
  }

  /** Hash over all scalars, with references written as `nameOf` says. */
  hash(nameOf: NameOf): string {
    const lines = this.leaves.map(({ path, write }) => `${path}=${write(nameOf)}`).sort();
    return createHash('sha256').update(lines.join('\n')).digest('base64');
  }
}

/** The construct's path without what CDK calls the resource itself; it turns up in names and descriptions. */
function ownPath({ constructPath }: Resource): string | undefined {
  return constructPath?.replace(/\/(?:Resource|Default)$/u, '');
}
