/** Cells of the security gateway's access matrix that answer otherwise than before. */
import { rowFingerprint } from './fingerprint';
import type { DiffRow, Effect, MatrixCell, Side } from './model';

const DENY = 'deny';

/** The rows of the section `matrix`. A matrix that only one side carries cannot be compared, and that is said. */
export function matrixRows(base: Side, head: Side): readonly DiffRow[] {
  if (!base.matrix && !head.matrix) return [];
  if (!base.matrix || !head.matrix) {
    const missing = base.matrix ? 'head' : 'base';
    const why = `the ${missing} carries no access matrix, so no cell can be compared`;
    // A matrix that went takes with it the proof of what is denied.
    return [row('access matrix', base.matrix ? 'gone' : 'appeared', base.matrix ? 'widens' : 'neutral', why)];
  }
  const before = decisions(base.matrix);
  const now = decisions(head.matrix);
  const cells = [...new Set([...before.keys(), ...now.keys()])].sort();
  return cells.flatMap((cell) => {
    // What the matrix does not list, the gateway denies.
    const was = before.get(cell) ?? DENY;
    const is = now.get(cell) ?? DENY;
    if (was === is) return [];
    const effect: Effect = is === DENY ? 'narrows' : 'widens';
    const why =
      is === DENY
        ? 'the gateway now denies it'
        : was === DENY
          ? 'the gateway allows what it denied'
          : 'the gateway allows it under other obligations, and that they bind as much cannot be shown';
    return [row(cell, 'changed', effect, why, was, is)];
  });
}

const decisions = (cells: readonly MatrixCell[]): ReadonlyMap<string, string> =>
  new Map(cells.map(({ cell, decision }) => [cell, decision]));

function row(
  subject: string,
  change: DiffRow['change'],
  effect: Effect,
  why: string,
  before?: string,
  after?: string,
): DiffRow {
  return {
    fingerprint: rowFingerprint('matrix', subject, before ?? '', after ?? ''),
    section: 'matrix',
    change,
    effect,
    subject,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    why,
    ...(effect === 'widens'
      ? { remedy: 'Read the changed policy text; a wider grant needs data protection to accept it.' }
      : {}),
  };
}
