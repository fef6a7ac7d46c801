/** A proof as people read it: which cases there are, why there are no others, and which statement closes each. */
import type { RequestValue } from './logic/atom';
import type { Constraint } from './logic/constraint';
import type { RequestSpace } from './logic/request-space';
import type { Step } from './logic/search';
import { members } from './logic/subset';
import type { Part, Question } from './question';

/** What a case takes to be so of one variable of the request. */
export interface Taken {
  readonly variable: string;
  readonly values: readonly RequestValue[];
}

export interface TreeNode {
  /** The statement, premise or missing grant that leaves only these cases, or none. */
  readonly because: string;
  readonly cases: readonly { readonly taken: readonly Taken[]; readonly then: TreeNode }[];
}

export function decisionTree({ parts }: Question, certificate: Step, space: RequestSpace): TreeNode {
  return {
    because: reason(parts[certificate.of]!, certificate.ways.length === 0),
    cases: certificate.ways.map(({ taken, then }) => ({
      taken: telling(taken, space),
      then: decisionTree({ parts } as Question, then, space),
    })),
  };
}

function reason({ closing, name }: Part, closed: boolean): string {
  switch (closing) {
    case 'allowed by the invariant':
      return closed ? 'allowed by the invariant' : 'it breaks the invariant';
    case 'cannot happen':
      return closed ? `cannot happen (${name})` : `it can happen (${name})`;
    case 'denied by':
      return closed ? `denied by ${name}` : `not denied by ${name}`;
    case 'granted by nothing':
      return closed ? 'granted by nothing' : 'something grants it';
  }
}

/** The tests of single variables that a case takes to hold; what it says of several at once is taken apart further below. */
function telling(taken: Constraint, space: RequestSpace): readonly Taken[] {
  if (taken.kind === 'in')
    return [
      {
        variable: space.nameOf(taken.variable),
        values: members(taken.set).map((number) => space.valueOf(taken.variable, number)),
      },
    ];
  return taken.kind === 'all' ? taken.parts.flatMap((part) => telling(part, space)) : [];
}

/** What closes at least one case, with the number of cases. */
export function closers({ because, cases }: TreeNode, counts = new Map<string, number>()): ReadonlyMap<string, number> {
  if (cases.length === 0) counts.set(because, (counts.get(because) ?? 0) + 1);
  for (const { then } of cases) closers(then, counts);
  return counts;
}
