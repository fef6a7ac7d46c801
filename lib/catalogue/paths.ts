/**
 * Property paths as the catalogue writes them, and matching a template's concrete path against them.
 *
 * `[]` stands for any list index and `{}` for any map key. A pattern that ends in `.**` covers everything beneath.
 */

/** `Rules[0].Filter[12].X` as `Rules[].Filter[].X`; map keys are left alone, they are matched against `{}`. */
export function normalisePath(path: string): string {
  return path.replace(/\[\d+\]/g, '[]').replace(/\.(\d+)(?=\.|$)/g, '[]');
}

interface Segment {
  readonly name: string;
  /** List and map wrappers after the name, in order. */
  readonly wraps: readonly string[];
}

function segmentsOf(path: string): Segment[] {
  return path.split('.').map((part) => {
    const name = /^[^[{]*/.exec(part)![0];
    return { name, wraps: part.slice(name.length).match(/\[\]|\{\}/g) ?? [] };
  });
}

/** Pattern as flat tokens: names, `[]`, `{}`. */
function readTokens(path: string): readonly string[] {
  return segmentsOf(path).flatMap((segment) => [...(segment.name ? [segment.name] : []), ...segment.wraps]);
}

const tokens = new Map<string, readonly string[]>();
/** Paths of templates hold keys of the user's own; beyond this number none is kept. */
const KEPT_PATHS = 50_000;

function tokensOf(path: string): readonly string[] {
  const known = tokens.get(path);
  if (known) return known;
  const read = readTokens(path);
  if (tokens.size < KEPT_PATHS) tokens.set(path, read);
  return read;
}

const given = new Map<string, readonly string[]>();

/** Tokens of a path as a template writes it; it is held against every pattern of its type. */
function tokensOfGiven(path: string): readonly string[] {
  const known = given.get(path);
  if (known) return known;
  const read = tokensOf(normalisePath(path));
  if (given.size < KEPT_PATHS) given.set(path, read);
  return read;
}

export type Match = 'exact' | 'beneath' | 'above';

/**
 * How a concrete path lies to a pattern: `exact`, `beneath` it (inside a document, list or map the pattern covers), or
 * `above` it (a container on the way down). Undefined when neither.
 */
export function matchPath(pattern: string, path: string): Match | undefined {
  // Nearly every pattern of a type begins with another name, and need not even be taken apart.
  if (path !== '' && pattern[0] !== path[0] && !BEGINS_OPEN.test(pattern)) return undefined;
  const subtree = pattern.endsWith('.**');
  const wanted = tokensOf(subtree ? pattern.slice(0, -'.**'.length) : pattern);
  const found = tokensOfGiven(path);
  const shared = Math.min(wanted.length, found.length);
  for (let i = 0; i < shared; i++) if (!agree(wanted[i]!, found[i]!)) return undefined;
  if (found.length < wanted.length) return 'above';
  return found.length === wanted.length ? 'exact' : 'beneath';
}

/** A pattern that may fit whatever a path begins with. */
const BEGINS_OPEN = /^(?:\{|\.|$)/;

/** A map key is any name, but never a list index. */
function agree(wanted: string, given: string): boolean {
  return wanted === given || (wanted === '{}' && given !== '[]');
}
