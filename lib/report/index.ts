/** Views of a judgement: pure functions that return text. */
export { JUDGEMENT_VIEWS } from './judgement';
export type { JudgementView, ViewOptions } from './judgement';
export { summary } from './summary';
export type { SiteLine, SummaryInput } from './summary';
