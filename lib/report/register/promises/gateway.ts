/** What the security gateway answers, read from the access matrix of the assembly: every case was put to its policies. */
import type { MatrixCell } from '../../diff';
import type { RegisterInput } from '../model';
import { met, notShown } from './finding';
import type { Finding } from './finding';

const NO_MATRIX = 'the assembly carries no access matrix';

const denies = ({ decision }: MatrixCell): boolean => decision === 'deny';
const isOf = (zone: RegExp, cls: RegExp) => {
  const wanted = new RegExp(`^(?:${zone.source}) reads (?:${cls.source}) `, 'u');
  return ({ cell }: MatrixCell): boolean => wanted.test(cell);
};
const ANY = /\S+/u;
const ABROAD = /ADEQUATE|THIRD|BLOCKED/u;
const PERSONAL = /restricted|interoperable/u;

/** The sentence about the first of these cells that is allowed and does not satisfy, or undefined. */
function contradiction(cells: readonly MatrixCell[], satisfies: (cell: MatrixCell) => boolean): Finding | undefined {
  const open = cells.find((cell) => !denies(cell) && !satisfies(cell));
  return open && notShown(`contradicted: the access matrix answers "${open.decision}" to ${open.cell}`);
}

/** @param words what is met, when no cell contradicts it */
function ofCells(
  { matrix }: RegisterInput,
  among: (cell: MatrixCell) => boolean,
  satisfies: (cell: MatrixCell) => boolean,
  words: (cells: readonly MatrixCell[]) => string,
): Finding {
  if (!matrix) return notShown(NO_MATRIX);
  const cells = matrix.filter(among);
  if (cells.length === 0) return notShown('the access matrix of the assembly has no such cases');
  return contradiction(cells, satisfies) ?? met(words(cells));
}

/** Restricted data: no flow of it leaves, and nobody outside the EEA is let at it. */
export function restrictedStays(input: RegisterInput): Finding {
  const ways = input.judgement.flows.filter(
    ({ store, verdict }) => store.class === 'restricted' && verdict !== 'inside',
  );
  if (ways.length > 0)
    return notShown(`contradicted: ${ways.length} flows of restricted data lead outside or nobody can tell`);
  if (!input.matrix) return notShown(`no flow of restricted data leaves, but ${NO_MATRIX}`);
  return ofCells(
    input,
    isOf(ABROAD, /restricted/u),
    denies,
    () => 'no flow of restricted data leaves the EEA, and the access matrix denies it to every other zone',
  );
}

export function groupsOnly(input: RegisterInput): Finding {
  return ofCells(
    input,
    isOf(ANY, /aggregate/u),
    ({ cell }) => /\(aggregated/u.test(cell),
    (cells) =>
      `the access matrix lets aggregate data be read in no other form than counted groups (${cells.length} cases); that small groups are suppressed is tested, not read from a template`,
  );
}

export function approvedOnly(input: RegisterInput): Finding {
  return ofCells(
    input,
    isOf(ANY, PERSONAL),
    ({ decision }) => /; approvals: (?!none)/u.test(decision) && /purpose: /u.test(decision),
    () => 'the access matrix allows data of persons with approvals and a purpose, and never without',
  );
}

export function listedReasonsAbroad(input: RegisterInput): Finding {
  const purposes = ({ decision }: MatrixCell): string => /purpose: ([^;]+)/u.exec(decision)?.[1] ?? '';
  return ofCells(
    input,
    isOf(ABROAD, PERSONAL),
    (cell) => purposes(cell) !== '' && /transfer: (?!none)/u.test(cell.decision),
    (cells) => {
      const named = [...new Set(cells.filter((cell) => !denies(cell)).map(purposes))].join('; ');
      return named === ''
        ? 'outside the EEA the access matrix allows no data of persons at all'
        : `outside the EEA the access matrix allows pseudonymised data over a registered transfer for ${named}; that each decision is recorded first is tested`;
    },
  );
}

export function blockedIsBlocked(input: RegisterInput): Finding {
  return ofCells(
    input,
    isOf(/BLOCKED/u, ANY),
    isOf(/BLOCKED/u, /public/u),
    () => 'of a country that is blocked or unknown the access matrix allows public data and nothing else',
  );
}
