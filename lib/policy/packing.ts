/** Statements into as few documents as the quotas allow. */
import { minifiedLength, policyDocument } from './document';
import type { PolicyDocument, Statement } from './document';

/** Splits a Deny that is too long by its action list; a list of denied actions means the same in two statements. */
function fitting(statement: Statement, limit: number): readonly Statement[] {
  if (minifiedLength(policyDocument([statement])) <= limit) return [statement];
  const actions = statement.Action;
  if (statement.Effect !== 'Deny' || actions === undefined || typeof actions === 'string' || actions.length < 2)
    throw new Error(`Statement ${statement.Sid} does not fit into ${limit} characters and cannot be split.`);
  const half = Math.ceil(actions.length / 2);
  const part = (n: 1 | 2, list: readonly string[]): Statement => ({
    ...statement,
    Sid: `${statement.Sid}${n}`,
    Action: list,
  });
  return [...fitting(part(1, actions.slice(0, half)), limit), ...fitting(part(2, actions.slice(half)), limit)];
}

/**
 * Documents of at most `limit` characters that hold every statement once, longest statements placed first.
 *
 * @param atMost number of documents that may be attached; more is an error, never a statement left out
 */
export function packStatements(
  statements: readonly Statement[],
  limit: number,
  atMost: number,
): readonly PolicyDocument[] {
  const parts = statements.flatMap((statement) => fitting(statement, limit));
  const bins: Statement[][] = [];
  for (const part of [...parts].sort((a, b) => minifiedLength(b) - minifiedLength(a))) {
    const bin = bins.find((held) => minifiedLength(policyDocument([...held, part])) <= limit);
    if (bin) bin.push(part);
    else bins.push([part]);
  }
  if (bins.length > atMost)
    throw new Error(
      `${statements.length} statements need ${bins.length} documents of ${limit} characters; ${atMost} can be attached.`,
    );
  const order = new Map(parts.map((part, index) => [part, index]));
  return bins.map((held) => policyDocument(held.sort((a, b) => order.get(a)! - order.get(b)!)));
}
