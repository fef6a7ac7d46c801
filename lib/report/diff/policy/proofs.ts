/**
 * The proofs of one difference. A construct used forty times changes forty policies in the same way: what differs only in
 * which resources it names is proved once and told of each.
 */
import type { DocumentKind } from './documents';
import type { Shown } from './proof';
import { provenChange } from './proof';
import type { Clause } from './statement';

/** The name of a resource in a text, as both sides have it. */
const NAME = /\$\{([=+-][^}.]*)(?=[.}])/gu;
const NUMBERED = /\$\{=(\d+)(?=[.}])/gu;

/** A change without the names of its resources, which are numbered in the order met. */
interface Shape {
  readonly key: string;
  readonly names: readonly string[];
}

export class Proofs {
  private readonly known = new Map<string, Shown | undefined>();

  /** @param left proofs that are made; a change that comes later is compared conservatively */
  constructor(private left: number) {}

  /** As `provenChange`. */
  ask(kind: DocumentKind, before: readonly Clause[], now: readonly Clause[]): Shown | undefined {
    const shape = shapeOf(kind, before, now);
    if (!shape) return this.prove(kind, before, now);
    const { key, names } = shape;
    if (!this.known.has(key)) {
      const [, old, then] = JSON.parse(key) as [DocumentKind, readonly Clause[], readonly Clause[]];
      this.known.set(key, this.prove(kind, old, then));
    }
    return named(this.known.get(key), names);
  }

  private prove(kind: DocumentKind, before: readonly Clause[], now: readonly Clause[]): Shown | undefined {
    if (this.left === 0) return undefined;
    this.left -= 1;
    return provenChange(kind, before, now);
  }
}

/** Undefined where a text holds what may be part of a name: then one name is not as good as another. */
function shapeOf(kind: DocumentKind, before: readonly Clause[], now: readonly Clause[]): Shape | undefined {
  const names: string[] = [];
  let mayHidePartOfAName = false;
  const numberOf = (name: string): number => {
    const at = names.indexOf(name);
    return at < 0 ? names.push(name) - 1 : at;
  };
  const key = JSON.stringify([kind, before, now], (_key, value: unknown) => {
    if (typeof value !== 'string') return value;
    if (/[${}]/u.test(value.replace(/\$\{[=+-][^}.]*(?:\.[\w.]*)?\}/gu, ''))) mayHidePartOfAName = true;
    return value.replace(NAME, (_whole, name: string) => `\${=${numberOf(name)}`);
  });
  return mayHidePartOfAName ? undefined : { key, names };
}

function named(shown: Shown | undefined, names: readonly string[]): Shown | undefined {
  if (!shown || shown.nothingNew) return shown;
  return JSON.parse(
    JSON.stringify(shown, (_key, value: unknown) =>
      typeof value === 'string'
        ? value.replace(NUMBERED, (_whole, at: string) => `\${${names[Number(at)] ?? `=${at}`}`)
        : value,
    ),
  ) as Shown;
}
