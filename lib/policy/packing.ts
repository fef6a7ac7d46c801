/** Statements into as few documents as the quotas allow. */
import { minifiedLength, policyDocument } from './document';
import type { PolicyDocument, Statement } from './document';

/** A statement, or a part of a Deny: a list of denied actions means the same in two statements. */
interface Piece {
  readonly of: Statement;
  readonly statement: Statement;
}

/** Two digits stand in for the number a part gets once it is known how many there are. */
const measured = (statements: readonly Statement[]): number =>
  minifiedLength(policyDocument(statements.map((one) => ({ ...one, Sid: `${one.Sid}00` }))));

const withActions = (statement: Statement, actions: readonly string[]): Statement => ({
  ...statement,
  Action: actions,
});

const actionsOf = ({ Effect, Action }: Statement): readonly string[] =>
  Effect === 'Deny' && Action !== undefined && typeof Action !== 'string' ? Action : [];

/** Halves a Deny by its action list until every part fits a document of its own. */
function fitting(statement: Statement, limit: number): readonly Statement[] {
  if (measured([statement]) <= limit) return [statement];
  const actions = actionsOf(statement);
  if (actions.length < 2)
    throw new Error(`Statement ${statement.Sid} does not fit into ${limit} characters and cannot be split.`);
  const half = Math.ceil(actions.length / 2);
  return [actions.slice(0, half), actions.slice(half)].flatMap((part) => fitting(withActions(statement, part), limit));
}

/**
 * Documents of at most `limit` characters that hold every statement once, longest statements placed first. When no
 * document has room for a whole one, its actions are spread over what room is left.
 *
 * @param atMost number of documents that may be attached; more is an error, never a statement left out
 */
export function packStatements(
  statements: readonly Statement[],
  limit: number,
  atMost: number,
): readonly PolicyDocument[] {
  const bins: Piece[][] = [];
  const fits = (bin: readonly Piece[], statement: Statement): boolean =>
    measured([...bin.map((piece) => piece.statement), statement]) <= limit;
  const place = (of: Statement, statement: Statement): void => {
    const bin = bins.find((held) => fits(held, statement));
    if (bin) bin.push({ of, statement });
    else if (bins.length < atMost) bins.push([{ of, statement }]);
    else spread(of, statement);
  };
  const spread = (of: Statement, statement: Statement): void => {
    let left = actionsOf(statement);
    for (const bin of bins) {
      let taken = left.length;
      while (taken > 0 && !fits(bin, withActions(statement, left.slice(0, taken)))) taken -= 1;
      if (taken === 0) continue;
      bin.push({ of, statement: withActions(statement, left.slice(0, taken)) });
      left = left.slice(taken);
      if (left.length === 0) return;
    }
    throw new Error(
      `${statements.length} statements need more than ${atMost} documents of ${limit} characters; ${atMost} can be attached. ${of.Sid} found no room.`,
    );
  };
  statements
    .flatMap((of) => fitting(of, limit).map((statement) => ({ of, statement })))
    .sort((a, b) => minifiedLength(b.statement) - minifiedLength(a.statement))
    .forEach(({ of, statement }) => place(of, statement));
  const order = new Map(statements.map((statement, index) => [statement, index]));
  return numbered(bins.map((held) => held.sort((a, b) => order.get(a.of)! - order.get(b.of)!))).map(policyDocument);
}

/** The parts of one statement numbered, in the order of the documents; a statement in one piece keeps its name. */
function numbered(bins: readonly (readonly Piece[])[]): readonly (readonly Statement[])[] {
  const pieces = new Map<Statement, Piece[]>();
  for (const piece of bins.flat()) pieces.set(piece.of, [...(pieces.get(piece.of) ?? []), piece]);
  const sid = (piece: Piece): string => {
    const all = pieces.get(piece.of)!;
    return all.length === 1 ? piece.of.Sid : `${piece.of.Sid}${all.indexOf(piece) + 1}`;
  };
  return bins.map((held) => held.map((piece) => ({ ...piece.statement, Sid: sid(piece) })));
}
