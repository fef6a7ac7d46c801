/** HTML in which a value can never become markup: whatever is put into the template is escaped, unless it is markup itself. */

export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | number | undefined | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(escaped).join('');
  return String(part).replace(/[&<>"']/gu, (character) => ENTITIES[character]!);
}

/** Markup from a template; strings between are text (or attribute values, which must stand in quotes). */
export const markup = (words: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(words.map((word, index) => word + escaped(parts[index])).join(''));

/** Data for a `<script type="application/json">`: nothing in it can end the element or begin a comment. */
export const scriptData = (data: unknown): Markup =>
  new Markup(
    JSON.stringify(data).replace(
      /[<>\u2028\u2029]/gu,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );
