/** Builds and reads properties by the paths of the catalogue: `Rules[].Destination.Bucket`, `Map{}.Arn`. */
import type { Json } from '../../lib/template';

export type Properties = { readonly [key: string]: Json };
type Mutable = { [key: string]: Json };

/** Key under which `{}` is written. */
export const ANY_KEY = 'one';

/** Properties that hold `value` at `path` and nothing else. A path that ends in `[]` makes a list of the one value. */
export function propertiesAt(path: string, value: Json): Properties {
  return build(tokensOf(path), value) as Properties;
}

function tokensOf(path: string): string[] {
  return path
    .replaceAll('[]', '.[]')
    .replaceAll('{}', '.{}')
    .split('.')
    .filter((token) => token !== '');
}

function build([token, ...rest]: readonly string[], value: Json): Json {
  if (token === undefined) return value;
  const inner = build(rest, value);
  if (token === '[]') return [inner];
  return { [token === '{}' ? ANY_KEY : token]: inner };
}

/** Both property trees in one: maps key by key, lists position by position, the second one's scalars over the first's. */
export function merged(base: Properties, over: Properties): Properties {
  return merge(base as Json, over as Json) as Properties;
}

function merge(base: Json | undefined, over: Json): Json {
  if (Array.isArray(base) && Array.isArray(over)) {
    const length = Math.max(base.length, over.length);
    return Array.from({ length }, (_, index) =>
      over[index] === undefined ? base[index]! : merge(base[index], over[index]),
    );
  }
  if (isMap(base) && isMap(over)) {
    const result: Mutable = { ...base };
    for (const [key, value] of Object.entries(over)) result[key] = merge(result[key], value);
    return result;
  }
  return over;
}

function isMap(value: Json | undefined): value is Mutable {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The property a path begins with. */
export function topOf(path: string): string {
  return tokensOf(path)[0]!;
}
