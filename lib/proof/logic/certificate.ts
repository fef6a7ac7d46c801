/** Checks a certificate by going through it: every way in which something required can hold is there, and is closed. */
import { assume, standing } from './constraint';
import type { Box, Constraint } from './constraint';
import type { Formula } from './formula';
import type { RequestSpace } from './request-space';
import { excluding } from './search';
import type { Step } from './search';

/** @param formulas of which the certificate says that no request satisfies all */
export function certifies(certificate: Step, formulas: readonly Formula[], space: RequestSpace): boolean {
  const required = formulas.flatMap((formula) => {
    const constraint = space.constraint(formula);
    return constraint.kind === 'all' ? constraint.parts : [constraint];
  });
  return closes(certificate, space.whole, new Set(required));
}

/** @param required what must hold here; the same again when the check returns true */
function closes({ constraint, ways }: Step, box: Box, required: Set<Constraint>): boolean {
  if (!required.has(constraint)) return false;
  let remaining = box;
  for (const part of constraint.kind === 'any' ? constraint.parts : [constraint]) {
    if (standing(part, remaining) === 'never') continue;
    const way = ways.find(({ taken }) => taken === part);
    if (!way) return false;
    const { box: next, open } = assume(part, remaining);
    const added = open.filter((one) => !required.has(one));
    for (const one of added) required.add(one);
    if (!closes(way.then, next, required)) return false;
    for (const one of added) required.delete(one);
    remaining = excluding(part, remaining);
  }
  return true;
}

/** Number of case distinctions of a certificate, closed cases included. */
export const stepsOf = ({ ways }: Step): number => ways.reduce((sum, { then }) => sum + stepsOf(then), 1);

/** Numbers of the formulas that a certificate makes use of: they alone contradict each other. */
export function usedBy({ of, ways }: Step, used = new Set<number>()): ReadonlySet<number> {
  used.add(of);
  for (const { then } of ways) usedBy(then, used);
  return used;
}
