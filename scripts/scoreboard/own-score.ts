/** The stricter score of our own judge: not only another answer, but the right verdict on the right resource. */
import type { Case } from '../../test/leaks/cases';
import type { Findings } from '../../test/leaks/court';
import { isDenial, leavingSentence, stayingSentence, wording } from '../../test/leaks/court';

export interface OwnScore {
  readonly cases: number;
  /** Leaving twins with a leak, and those that got the verdict they must get on the resource that leaks. */
  readonly leaks: number;
  readonly convicted: number;
  /** Twins that must be silent (staying ones, and leaks that were removed again), and those that are not. */
  readonly innocent: number;
  readonly falseAlarms: number;
  /** Twins where the table of borderline cases wants `unknown`, and those that got it. */
  readonly borderline: number;
  readonly borderlineRight: number;
  /** Staying twins of types that are denied everywhere: the denial is a finding by design. */
  readonly denied: number;
  readonly misses: readonly string[];
  readonly alarms: readonly string[];
}

export function ownScore(cases: readonly Case[], leaving: Findings, staying: Findings): OwnScore {
  const left = cases.map((one) => leavingSentence(one, leaving.get(one)!));
  const stayed = cases.map((one) => stayingSentence(one, staying.get(one)!));
  const leaks = left.filter(({ expected }) => expected !== 'silent');
  const innocent = [...left, ...stayed].filter(({ expected }) => expected === 'silent');
  const borderline = stayed.filter(({ expected }) => expected !== 'silent');
  const wrong = <T extends { expected: string; got: string }>(those: readonly T[]): readonly T[] =>
    those.filter(({ expected, got }) => expected !== got);
  return {
    cases: cases.length,
    leaks: leaks.length,
    convicted: leaks.length - wrong(leaks).length,
    innocent: innocent.length,
    falseAlarms: wrong(innocent).length,
    borderline: borderline.length,
    borderlineRight: borderline.length - wrong(borderline).length,
    denied: cases.filter((one) => staying.get(one)!.some(isDenial)).length,
    misses: [...wrong(leaks), ...wrong(borderline)].map(wording),
    alarms: wrong(innocent).map(wording),
  };
}
