/** What changed about where data can go: two judged applications → rows → one verdict, in four forms. */
import type { ViewOptions } from '../judgement';
import { diffAsMarkdown } from './markdown';
import type { ResidencyDiff } from './model';
import { diffAsSarif } from './sarif';
import { diffAsText } from './text';

export { diff } from './diff';
export type { DiffOptions } from './diff';
export type { DiffRow, DiffVerdict, MatrixCell, ResidencyDiff, Side, Suppression } from './model';
export { COMMENT_MARK } from './markdown';

export const DIFF_VIEWS = {
  text: (difference, options) => diffAsText(difference, options),
  markdown: (difference) => diffAsMarkdown(difference),
  json: (difference) => `${JSON.stringify(difference, null, 2)}\n`,
  sarif: (difference, options) => diffAsSarif(difference, options.version),
} as const satisfies Readonly<Record<string, (difference: ResidencyDiff, options: ViewOptions) => string>>;

export type DiffView = keyof typeof DIFF_VIEWS;
