/**
 * The classes of every variable of a set of formulas, computed once: what is interchangeable for all of them is for each.
 * For one formula they are then told apart only as far as its own tests do.
 */
import type { Atom } from './atom';
import { testsByVariable, testsOf } from './formula';
import type { Formula } from './formula';
import { valueClasses } from './value-classes';
import type { ValueClass } from './value-classes';
import { isMultiValued } from './variables';

/** Values to prefer in a counter-example, by variable. */
export type Familiar = ReadonlyMap<string, readonly string[]>;

/** Classes that no test of a formula tells apart, shown by the first of them. */
export interface ClassGroup {
  readonly shown: ValueClass;
  readonly classes: readonly ValueClass[];
}

export class Classes {
  private readonly tests = new Map<string, Map<string, Atom>>();
  private readonly computed = new Map<string, readonly ValueClass[]>();

  constructor(
    formulas: Iterable<Formula>,
    private readonly familiar: Familiar = new Map(),
  ) {
    for (const formula of formulas)
      for (const [variable, atoms] of testsByVariable(formula)) {
        const known = this.tests.get(variable) ?? new Map<string, Atom>();
        for (const atom of atoms) known.set(atom.id, atom);
        this.tests.set(variable, known);
      }
  }

  /** Every class of a variable, as far as the formula tells them apart. @throws ProofRefusal */
  of(formula: Formula, variable: string): readonly ClassGroup[] {
    const tests = testsOf(formula, variable);
    const groups = new Map<string, { shown: ValueClass; classes: ValueClass[] }>();
    for (const one of this.classesFor(variable, tests)) {
      let key = '';
      for (const { id } of tests) key += one.truth.has(id) ? '1' : '0';
      const group = groups.get(key);
      if (group) group.classes.push(one);
      else groups.set(key, { shown: one, classes: [one] });
    }
    return [...groups.values()];
  }

  private classesFor(variable: string, tests: readonly Atom[]): readonly ValueClass[] {
    // Sets of elements grow with the power of two: for lists only what is asked now is told apart.
    const isList = isMultiValued(variable) || tests.some(({ quantifier }) => quantifier !== 'one');
    const atoms = isList ? tests : [...(this.tests.get(variable)?.values() ?? tests)];
    const key = isList
      ? `${variable}\n${tests
          .map(({ id }) => id)
          .sort()
          .join('\n')}`
      : variable;
    let classes = this.computed.get(key);
    if (!classes) this.computed.set(key, (classes = valueClasses(variable, atoms, this.familiar.get(variable) ?? [])));
    return classes;
  }
}
