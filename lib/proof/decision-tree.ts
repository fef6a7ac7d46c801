/** A refutation as people read it: which question was asked, and which statement closes each case. */
import type { RequestValue } from './logic/atom';
import type { Classes } from './logic/classes';
import { FALSE, given } from './logic/formula';
import type { Formula } from './logic/formula';
import { branches, nextVariable } from './logic/search';
import type { Part, Question } from './question';

export interface TreeBranch {
  readonly values: readonly RequestValue[];
  readonly node: TreeNode;
}

export type TreeNode =
  | {
      readonly kind: 'split';
      readonly number: number;
      readonly variable: string;
      readonly branches: readonly TreeBranch[];
    }
  /** The statement, premise or missing grant that closes the case. */
  | { readonly kind: 'closed'; readonly because: string }
  /** The same question as one asked before. */
  | { readonly kind: 'as-above'; readonly number: number };

/** No statement alone closes the case; what is left of several does. */
const SEVERAL = 'several statements together';

/** Only for questions that no request satisfies. */
export function decisionTree({ formula, parts }: Question, classes: Classes): TreeNode {
  return grow(formula, parts, classes, new Map<number, number>());
}

function grow(formula: Formula, parts: readonly Part[], classes: Classes, numbers: Map<number, number>): TreeNode {
  if (formula === FALSE) return { kind: 'closed', because: closing(parts) };
  const before = numbers.get(formula.id);
  if (before !== undefined) return { kind: 'as-above', number: before };
  const number = numbers.size + 1;
  numbers.set(formula.id, number);
  const variable = nextVariable(formula);
  return {
    kind: 'split',
    number,
    variable,
    branches: branches(formula, variable, classes).map(({ shown, values, formula: next }) => {
      const left = parts.map((part) => ({
        ...part,
        formula: given(part.formula, variable, (atom) => shown.truth.has(atom.id)),
      }));
      return { values, node: grow(next, left, classes, numbers) };
    }),
  };
}

function closing(parts: readonly Part[]): string {
  const closed = parts.find((part) => part.formula === FALSE);
  if (!closed) return SEVERAL;
  if (closed.name === '') return closed.closing;
  return closed.closing === 'cannot happen' ? `cannot happen (${closed.name})` : `${closed.closing} ${closed.name}`;
}

/** What closes at least one case, with the number of cases. */
export function closers(node: TreeNode, counts = new Map<string, number>()): ReadonlyMap<string, number> {
  if (node.kind === 'closed') counts.set(node.because, (counts.get(node.because) ?? 0) + 1);
  if (node.kind === 'split') for (const branch of node.branches) closers(branch.node, counts);
  return counts;
}
