/** What a parameter may be at deployment. */
import type { Alternatives } from './alternatives';
import { alternative, because, bounded, cannotTell } from './alternatives';
import { assuming } from './assumptions';
import type { Json, Resolved } from './model';
import { isObject, own, text, unknown, written } from './scalar';
import type { Scope } from './scope';
import { listOf } from './structure';

export class Parameters {
  private readonly known = new Map<string, Alternatives>();

  constructor(
    private readonly scope: Scope,
    private readonly declared: { readonly [name: string]: Json },
    /** For a nested stack: what its parent passes, by name. Undefined for a name means not passed. */
    private readonly given?: (name: string) => Alternatives | undefined,
  ) {}

  names(): readonly string[] {
    return Object.keys(this.declared);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.declared, name);
  }

  typeOf(name: string): string {
    const declaration = own(this.declared, name);
    const type = isObject(declaration) ? own(declaration, 'Type') : undefined;
    return typeof type === 'string' ? type : 'String';
  }

  possible(name: string): Alternatives {
    const known = this.known.get(name);
    if (known) return known;
    const open = cannotTell(`parameter ${name} is open at deployment`, {
      parameter: name,
      template: this.scope.template,
    });
    this.known.set(name, open); // A parameter that a nested stack feeds with its own output ends here.
    const found = this.scope.deeper(
      () => bounded(this.find(name, open)),
      () => open,
    );
    this.known.set(name, found);
    return found;
  }

  private find(name: string, open: Alternatives): Alternatives {
    const declaration = own(this.declared, name);
    if (!isObject(declaration)) return open;
    const type = this.typeOf(name);
    const list = type === 'CommaDelimitedList' || type.startsWith('List<');
    const fallback = declaration['Default'];

    if (type.startsWith('AWS::SSM::Parameter::')) {
      const at = typeof fallback === 'string' ? ` "${fallback}"` : '';
      return cannotTell(`parameter ${name} is read from Systems Manager parameter${at} at deployment`, {
        parameter: name,
        template: this.scope.template,
      });
    }
    if (this.given) {
      const passed = this.given(name);
      if (passed) {
        const words = `parameter ${name} as passed by the parent stack`;
        return because(
          words,
          passed.map((each) => (list ? { ...each, value: asList(each.value) } : each)),
        );
      }
      if (isLiteral(fallback))
        return because(`parameter ${name} (default; the parent stack passes none)`, [
          alternative(this.value(fallback, list)),
        ]);
      return open;
    }

    const allowed = own(declaration, 'AllowedValues');
    const key = `parameter ${name}${this.scope.qualifier}`;
    if (Array.isArray(allowed) && allowed.length > 0 && allowed.every(isLiteral) && !list) {
      const texts = [...new Set(allowed.map(String))];
      return texts.map((each) =>
        alternative(
          this.value(each, false),
          [`parameter ${name} (allowed value ${each})`],
          texts.length > 1 ? assuming(key, each) : undefined,
        ),
      );
    }
    if (!isLiteral(fallback)) return open;
    return [
      alternative(
        this.value(fallback, list),
        [`parameter ${name} (default; open at deployment)`],
        assuming(key, '(default)'),
      ),
      alternative(open[0]!.value, [`parameter ${name} (open at deployment)`], assuming(key, '(open)')),
    ];
  }

  private value(literal: string | number | boolean, list: boolean): Resolved {
    return list ? splitList(String(literal)) : typeof literal === 'string' ? written(literal) : text(literal);
  }
}

const isLiteral = (value: Json | undefined): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const splitList = (joined: string): Resolved =>
  listOf(joined === '' ? [] : joined.split(',').map((item) => written(item.trim())));

/** A parent passes a list as a list or as joined text. */
function asList(value: Alternatives[number]['value']): Alternatives[number]['value'] {
  if (value.kind === 'text') return splitList(value.text);
  if (value.kind === 'list' || value.kind === 'absent' || value.kind === 'unknown' || value.kind === 'map')
    return value;
  if (value.kind === 'reference') return listOf([], unknown('a list passed as one value', { from: [value] }));
  // Joined pieces: commas in the texts separate items, what stands between is one item each.
  const items: Resolved[] = [];
  let current: Exclude<typeof value.pieces, undefined>[number][] = [];
  const flush = (): void => {
    if (current.length === 1) items.push(current[0]!);
    else if (current.length > 1) items.push({ kind: 'pieces', pieces: current });
    current = [];
  };
  for (const piece of value.pieces) {
    if (piece.kind !== 'text') {
      current.push(piece);
      continue;
    }
    piece.text.split(',').forEach((part, index) => {
      if (index > 0) flush();
      if (part.trim() !== '') current.push(text(part.trim()));
    });
  }
  flush();
  return listOf(items);
}
