/**
 * One file that opens from disk: markup, style, script and data together, and a policy by which the browser loads and
 * runs nothing else.
 */
import { createHash } from 'node:crypto';
import { BROWSER } from './browser-assets';
import { Markup, markup } from './markup';

export interface FrameInput {
  readonly title: string;
  /** Where the first link leads, for those who go by key. */
  readonly skip: { readonly to: string; readonly words: string };
  readonly body: Markup;
  /** The script of the page; a page without it runs nothing. */
  readonly script?: string;
}

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const policyOf = (script: string | undefined): string =>
  [
    "default-src 'none'",
    `style-src ${hash(BROWSER.style)}`,
    ...(script === undefined ? [] : [`script-src ${hash(script)}`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

/** The page as HTML. Pure: the same input, the same bytes. */
export const frame = ({ title, skip, body, script }: FrameInput): string =>
  markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${policyOf(script)}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/><meta name="color-scheme" content="light dark"/><meta name="referrer" content="no-referrer"/>
<title>${title}</title>
<style>${new Markup(BROWSER.style)}</style></head>
<body><a class="skip" href="#${skip.to}">${skip.words}</a>
${body}${script === undefined ? undefined : markup`<script>${new Markup(script)}</script>\n`}</body></html>
`.text;
