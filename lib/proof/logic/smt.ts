/**
 * A question as SMT-LIB 2.6 with the theory of strings, so that a solver nobody here wrote can answer it: `unsat` confirms
 * a proof. No partition into classes is used; patterns become regular expressions.
 */
import type { Atom, Predicate } from './atom';
import { testsByVariable } from './formula';
import type { Formula } from './formula';
import { takes } from './glob';
import type { Glob, Token } from './glob';
import { isAlwaysPresent } from './variables';

const quoted = (text: string): string => {
  const escaped = [...text].map((character) => {
    if (character === '"') return '""';
    const code = character.codePointAt(0)!;
    return code < 32 || code > 126 || character === '\\' ? `\\u{${code.toString(16)}}` : character;
  });
  return `"${escaped.join('')}"`;
};

const symbol = (name: string): string => `|${name.replace(/[|\\]/g, '_')}|`;
const there = (variable: string): string => symbol(`there ${variable}`);
/** Every character but a colon, as the two ranges beside it. */
const NO_COLON = '(re.union (re.range "\\u{0}" "9") (re.range ";" "\\u{2ffff}"))';

function tokenExpression(token: Token): string {
  if (token.kind === 'letter') {
    const each = [...token.letters].map((c) => `(str.to_re ${quoted(c)})`);
    return each.length === 1 ? each[0]! : `(re.union ${each.join(' ')})`;
  }
  const one = token.colon ? 're.allchar' : NO_COLON;
  return token.kind === 'any' ? one : token.colon ? 're.all' : `(re.* ${one})`;
}

/** The text a pattern without wildcards stands for. */
function textOf(glob: Glob): string | undefined {
  const fixed = glob.every((t) => t.kind === 'letter' && [...t.letters].length === 1);
  return fixed ? glob.map((t) => (t.kind === 'letter' ? t.letters : '')).join('') : undefined;
}

function globTest(glob: Glob, subject: string): string {
  const text = textOf(glob);
  if (text !== undefined) return `(= ${subject} ${quoted(text)})`;
  const last = glob.at(-1);
  const start = last?.kind === 'star' && last.colon ? textOf(glob.slice(0, -1)) : undefined;
  if (start !== undefined) return `(str.prefixof ${quoted(start)} ${subject})`;
  const parts: string[] = [];
  let run = '';
  const flush = (): void => {
    if (run !== '') parts.push(`(str.to_re ${quoted(run)})`);
    run = '';
  };
  for (const token of glob) {
    if (token.kind === 'letter' && [...token.letters].length === 1) run += token.letters;
    else {
      flush();
      parts.push(tokenExpression(token));
    }
  }
  flush();
  return `(str.in_re ${subject} ${parts.length === 1 ? parts[0]! : `(re.++ ${parts.join(' ')})`})`;
}

const either = (tests: readonly string[]): string =>
  tests.length === 0 ? 'false' : tests.length === 1 ? tests[0]! : `(or ${tests.join(' ')})`;

const decimal = (value: number): string => {
  const text = Math.abs(value).toString();
  const real = text.includes('.') ? text : `${text}.0`;
  return value < 0 ? `(- ${real})` : real;
};

function predicateTest(predicate: Predicate, subject: string): string {
  switch (predicate.kind) {
    case 'present':
      return 'true';
    case 'text':
      return either(predicate.any.map((glob) => globTest(glob, subject)));
    case 'number':
      return either(predicate.any.map(({ than, bound }) => `(${than} ${subject} ${decimal(bound)})`));
    case 'address': {
      const six = symbol(`six ${subject.slice(1, -1)}`);
      return either(
        predicate.any.map(
          (range) =>
            `(and ${range.six ? six : `(not ${six})`} (<= ${range.first.toString()} ${subject}) (<= ${subject} ${range.last.toString()}))`,
        ),
      );
    }
  }
}

/**
 * The six sections of a pattern of ARNs, when no wildcard of it crosses one of the first five colons. A text matches the
 * pattern exactly when it has six sections and each matches; solvers tell sections apart at once, and whole ARNs hardly.
 */
function sectionsOf(glob: Glob): readonly Glob[] | undefined {
  const sections: Token[][] = [[]];
  for (const token of glob) {
    const current = sections.at(-1)!;
    if (sections.length === SECTIONS) current.push(token);
    else if (token.kind === 'letter' && token.letters === ':') sections.push([]);
    else if (takes(token, ':')) return undefined;
    else current.push(token);
  }
  return sections.length === SECTIONS ? sections : undefined;
}

const SECTIONS = 6;

const allArns = (atoms: readonly Atom[]): boolean =>
  atoms.some(({ predicate }) => predicate.kind === 'text') &&
  atoms.every(
    ({ predicate }) =>
      predicate.kind === 'present' ||
      (predicate.kind === 'text' && predicate.any.every((glob) => sectionsOf(glob) !== undefined)),
  );

/** A variable all of whose tests are patterns of ARNs, as its sections and whether it is an ARN at all. */
function arnInSections(subject: string): { readonly declarations: readonly string[]; readonly ask: Asked } {
  const name = subject.slice(1, -1);
  const isArn = symbol(`arn ${name}`);
  const parts = Array.from({ length: SECTIONS }, (_, i) => symbol(`${name} section ${i}`));
  return {
    declarations: [
      `(declare-const ${isArn} Bool)`,
      ...parts.map((part) => `(declare-const ${part} String)`),
      ...parts.slice(0, -1).map((part) => `(assert (str.in_re ${part} (re.* ${NO_COLON})))`),
    ],
    ask: (predicate) =>
      predicate.kind !== 'text'
        ? predicateTest(predicate, subject)
        : either(
            predicate.any.map((glob) => {
              const tests = sectionsOf(glob)!.flatMap((section, i) =>
                section.length === 1 && section[0]!.kind === 'star' ? [] : [globTest(section, parts[i]!)],
              );
              return `(and ${[isArn, ...tests].join(' ')})`;
            }),
          ),
  };
}

type Asked = (predicate: Predicate) => string;

/** A text, number or address as it is declared and asked. */
function valueOf(
  subject: string,
  atoms: readonly Atom[],
): { readonly declarations: readonly string[]; readonly ask: Asked } {
  if (allArns(atoms)) return arnInSections(subject);
  const kind = atoms.map((a) => a.predicate.kind).find((k) => k !== 'present') ?? 'present';
  return {
    declarations: [
      `(declare-const ${subject} ${SORTS[kind]})`,
      ...(kind === 'address' ? [`(declare-const ${symbol(`six ${subject.slice(1, -1)}`)} Bool)`] : []),
    ],
    ask: (predicate) => predicateTest(predicate, subject),
  };
}

const SORTS: Readonly<Record<Predicate['kind'], string>> = {
  present: 'String',
  text: 'String',
  number: 'Real',
  address: 'Int',
};

/** How the tests of one variable are declared and asked. */
interface Encoded {
  readonly declarations: readonly string[];
  readonly ask: (atom: Atom) => string;
}

function single(variable: string, atoms: readonly Atom[]): Encoded {
  const value = valueOf(symbol(variable), atoms);
  return {
    declarations: [
      `(declare-const ${there(variable)} Bool)`,
      ...(isAlwaysPresent(variable) ? [`(assert ${there(variable)})`] : []),
      ...value.declarations,
    ],
    ask: ({ predicate }) =>
      predicate.kind === 'present' ? there(variable) : `(and ${there(variable)} ${value.ask(predicate)})`,
  };
}

/**
 * A list needs no more elements than it has tests: one to show each "some" that holds and each "every" that does not. Its
 * elements are strings of which each may be in the list or not; a list that is there has at least one.
 */
function listed(variable: string, atoms: readonly Atom[]): Encoded {
  const count = Math.max(1, atoms.filter((a) => a.predicate.kind !== 'present').length);
  const elements = Array.from({ length: count }, (_, i) => ({
    value: valueOf(symbol(`${variable} ${i}`), atoms),
    within: symbol(`in ${variable} ${i}`),
  }));
  return {
    declarations: elements.flatMap(({ value, within }) => [...value.declarations, `(declare-const ${within} Bool)`]),
    ask: ({ quantifier, predicate }) => {
      if (predicate.kind === 'present') return either(elements.map(({ within }) => within));
      const each = elements.map(({ value, within }) =>
        quantifier === 'every' ? `(=> ${within} ${value.ask(predicate)})` : `(and ${within} ${value.ask(predicate)})`,
      );
      return quantifier === 'every' ? `(and true ${each.join(' ')})` : either(each);
    },
  };
}

/** @param title comment at the top */
export function smtLib(formula: Formula, title: string): string {
  const lines = [`; ${title.replace(/\s+/g, ' ')}`, '(set-logic ALL)'];
  const asks = new Map<string, (atom: Atom) => string>();
  for (const [variable, atoms] of testsByVariable([formula])) {
    const isList = atoms.some((a) => a.quantifier !== 'one');
    const { declarations, ask } = isList ? listed(variable, atoms) : single(variable, atoms);
    lines.push(...declarations);
    asks.set(variable, ask);
  }
  const names = new Map<number, string>();
  const define = (part: Formula): string => {
    if (part.kind === 'constant') return String(part.value);
    const known = names.get(part.id);
    if (known !== undefined) return known;
    const body =
      part.kind === 'atom'
        ? asks.get(part.atom.variable)!(part.atom)
        : part.kind === 'not'
          ? `(not ${define(part.part)})`
          : `(${part.kind} ${part.parts.map(define).join(' ')})`;
    const name = `f${names.size}`;
    lines.push(`(define-fun ${name} () Bool ${body})`);
    names.set(part.id, name);
    return name;
  };
  const conjuncts = formula.kind === 'and' ? formula.parts : [formula];
  for (const part of conjuncts) lines.push(`(assert ${define(part)})`);
  return `${[...lines, '(check-sat)'].join('\n')}\n`;
}
