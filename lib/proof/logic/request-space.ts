/**
 * All requests that a set of formulas can tell apart: for each variable its classes of interchangeable values. Formulas
 * over tests are read into constraints over classes.
 */
import type { Atom, RequestValue } from './atom';
import { ALWAYS, NEVER, inOneOf, joined, opposite } from './constraint';
import type { Box, Constraint } from './constraint';
import { testsByVariable } from './formula';
import type { Formula } from './formula';
import { everything, subsetOf } from './subset';
import type { Subset } from './subset';
import { valueClasses } from './value-classes';
import type { ValueClass } from './value-classes';

/** Values to prefer in a counter-example, by variable. */
export type Familiar = ReadonlyMap<string, readonly string[]>;

interface Variable {
  readonly name: string;
  readonly number: number;
  readonly classes: readonly ValueClass[];
}

export class RequestSpace {
  /** Every request. */
  readonly whole: Box;
  /** For each variable with familiar values: that it is absent, or has one of them, in order of preference. */
  readonly preferred: readonly (readonly { readonly variable: number; readonly set: Subset }[])[];
  private readonly variables: readonly Variable[];
  private readonly numbers: ReadonlyMap<string, Variable>;
  private readonly read = new Map<number, Constraint>();

  /** @throws ProofRefusal when a variable cannot be taken apart */
  constructor(formulas: Iterable<Formula>, familiar: Familiar = new Map()) {
    this.variables = [...testsByVariable(formulas)].map(([name, atoms], number) => ({
      name,
      number,
      classes: valueClasses(name, atoms, familiar.get(name) ?? []),
    }));
    this.numbers = new Map(this.variables.map((variable) => [variable.name, variable]));
    this.whole = this.variables.map(({ classes }) => everything(classes.length));
    this.preferred = [...familiar].map(([name, values]) => {
      const variable = this.numbers.get(name);
      return (variable?.classes ?? []).flatMap(({ value }, index) =>
        variable && (value === undefined || (typeof value === 'string' && values.includes(value)))
          ? [{ variable: variable.number, set: subsetOf(variable.classes.length, [index]) }]
          : [],
      );
    });
  }

  /** What a formula, one of those of the space or part of one, says of classes. */
  constraint(formula: Formula): Constraint {
    const before = this.read.get(formula.id);
    if (before) return before;
    const constraint = this.translated(formula);
    this.read.set(formula.id, constraint);
    return constraint;
  }

  nameOf(variable: number): string {
    return this.variables[variable]!.name;
  }

  /** The value that shows a class. */
  valueOf(variable: number, number: number): RequestValue {
    return this.variables[variable]!.classes[number]!.value;
  }

  private translated(formula: Formula): Constraint {
    switch (formula.kind) {
      case 'constant':
        return formula.value ? ALWAYS : NEVER;
      case 'atom':
        return this.test(formula.atom);
      case 'not':
        return opposite(this.constraint(formula.part), this.whole);
      default:
        return joined(
          formula.kind === 'and' ? 'all' : 'any',
          formula.parts.map((part) => this.constraint(part)),
          this.whole,
        );
    }
  }

  private test({ id, variable }: Atom): Constraint {
    const { number, classes } = this.numbers.get(variable)!;
    const holding = classes.flatMap(({ truth }, index) => (truth.has(id) ? [index] : []));
    return inOneOf(number, subsetOf(classes.length, holding), this.whole[number]!);
  }
}
