/** Two versions of small applications, judged and compared. */
import { diff } from '../../lib/report/diff';
import type { DiffOptions, ResidencyDiff, Side } from '../../lib/report/diff';
import { judge } from '../../lib/residency';
import type { JudgeOptions } from '../../lib/residency';
import type { Application } from '../../lib/template';
import { NOW, OPTIONS, application } from '../residency/court';
import type { Stack } from '../residency/court';

type Beside = Partial<JudgeOptions> & Partial<Pick<Side, 'suppressions' | 'matrix'>>;

/** An application as one side of a comparison. */
export function sideOf(app: Application, { suppressions = [], matrix, ...options }: Beside = {}): Side {
  const told = { ...OPTIONS, ...options };
  return {
    application: app,
    judgement: judge(app, told),
    waivers: told.waivers,
    transfers: told.transfers,
    suppressions,
    ...(matrix ? { matrix } : {}),
  };
}

/** Stacks as one side. */
export const side = (stacks: Stack | readonly Stack[], beside: Beside = {}): Side =>
  sideOf(application(...[stacks].flat()), beside);

export const compare = (base: Side, head: Side, options: Partial<DiffOptions> = {}): ResidencyDiff =>
  diff(base, head, { now: NOW, ...options });

/** Each row in one line: `widens flows appeared shop/Orders`, `~widens` where a registered exception covers it. */
export const lines = ({ rows }: ResidencyDiff): readonly string[] =>
  rows.map(
    ({ effect, section, change, subject, covered }) =>
      `${covered === undefined ? '' : '~'}${effect} ${section} ${change} ${subject}`,
  );
