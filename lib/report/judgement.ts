/** The forms in which one judgement can be shown. Each is a pure function; entry points write what it returns. */
import type { Judgement } from '../residency';
import { json } from './json';
import { markdown } from './markdown';
import { judgementPage } from './page';
import { sarif } from './sarif';
import { text } from './text';

export interface ViewOptions {
  readonly colour: boolean;
  /** Version of the tool, where the form records it. */
  readonly version: string;
}

export const JUDGEMENT_VIEWS = {
  text: (judgement, options) => text(judgement, options),
  json: (judgement) => json(judgement),
  sarif: (judgement, options) => sarif(judgement, options.version),
  markdown: (judgement) => markdown(judgement),
  html: (judgement, options) => judgementPage(judgement, options.version),
} as const satisfies Readonly<Record<string, (judgement: Judgement, options: ViewOptions) => string>>;

export type JudgementView = keyof typeof JUDGEMENT_VIEWS;
