/**
 * A difference as a pull-request comment: the verdict first, then what widens, then the rest folded away. Never longer than
 * GitHub takes, however large the change; what had no room is counted.
 */
import { cell } from '../markdown';
import { counted } from '../wording';
import type { DiffRow, Renaming, ResidencyDiff, Section } from './model';
import { SECTIONS } from './model';
import { MEANING, SECTION_TITLES, sampleWords, tally, whereWords } from './wording';

/** GitHub refuses a comment of 65,536 characters or more. */
const GITHUB_LIMIT = 65_536;
/** Room for what is always said at the end, and for characters that count twice. */
const RESERVE = 2_536;
/** Longest text in a cell. */
const CELL = 400;

/** Lets a workflow find its own comment again. */
export const COMMENT_MARK = '<!-- enclave-diff -->';

class Page {
  private readonly parts: string[] = [];
  private length = 0;

  /** True when the text had room, also for what has to close it. */
  add(text: string, closing = 0): boolean {
    if (this.length + text.length + closing > GITHUB_LIMIT - RESERVE) return false;
    this.always(text);
    return true;
  }

  always(text: string): void {
    this.parts.push(text);
    this.length += text.length;
  }

  toString(): string {
    return this.parts.join('');
  }
}

/** GitHub-flavoured Markdown, ending in a line break, shorter than 65,536 characters. */
export function diffAsMarkdown(difference: ResidencyDiff): string {
  const { verdict, rows, renamings, base, head } = difference;
  const page = new Page();
  page.always(`${COMMENT_MARK}\n## ${verdict}\n\n`);
  page.always(`${MEANING[verdict][0]!.toUpperCase()}${MEANING[verdict].slice(1)}. ${tally(difference)}.\n`);
  page.always(
    `\nJudged alone, the base is **${base.verdict}** and the head is **${head.verdict}**; ${counted(head.counts.stores, 'store')} in ${counted(head.counts.stacks, 'stack')}.\n`,
  );
  const widens = rows.filter(({ effect }) => effect === 'widens');
  const rest = rows.filter(({ effect }) => effect !== 'widens');
  const left = new Map<string, number>();
  if (widens.length > 0) {
    page.add('\n### What widens\n');
    write(page, widens, WIDENING, left, 'widenings');
  }
  for (const section of SECTIONS) {
    const own = rest.filter((row) => row.section === section);
    if (own.length > 0) folded(page, titleOf(section, own), own, OTHER, left, SECTION_TITLES[section]);
  }
  if (renamings.length > 0)
    folded(
      page,
      `${counted(renamings.length, 'resource')} renamed or moved, compared as the same`,
      renamings,
      RENAMING,
      left,
      'renamed resources',
    );
  const missing = [...left].filter(([, count]) => count > 0).map(([what, count]) => `${count} of ${what}`);
  if (missing.length > 0)
    page.always(
      `\n**Left out for want of room:** ${missing.join(', ')}. The JSON form of \`enclave diff\` has every row.\n`,
    );
  return page.toString();
}

interface Columns<T> {
  readonly head: readonly string[];
  readonly cells: (row: T) => readonly string[];
}

const WIDENING: Columns<DiffRow> = {
  head: ['What', 'Before', 'Now', 'Why', 'Where', 'Covered by', 'Fingerprint'],
  cells: (row) => [
    [SECTION_TITLES[row.section], row.change, row.subject, row.class ?? '', row.channel ?? '']
      .filter(Boolean)
      .join(' · '),
    row.before ?? '',
    row.after ?? '',
    [row.why, row.sample ? `Now allowed: ${sampleWords(row.sample)}.` : '', row.remedy ?? '']
      .filter(Boolean)
      .join('. ')
      .replace(/\.\. /gu, '. '),
    whereWords(row),
    row.covered ?? '**nothing**',
    row.fingerprint,
  ],
};

const OTHER: Columns<DiffRow> = {
  head: ['Effect', 'What', 'Before', 'Now', 'Why'],
  cells: (row) => [
    row.effect,
    [row.change, row.subject, row.class ?? '', row.channel ?? ''].filter(Boolean).join(' · '),
    row.before ?? '',
    row.after ?? '',
    row.why,
  ],
};

const RENAMING: Columns<Renaming> = {
  head: ['Type', 'Before', 'Now', 'Shown by'],
  cells: (one) => [one.type, one.before, one.after, one.by],
};

const titleOf = (section: Section, rows: readonly DiffRow[]): string => {
  const narrows = rows.filter(({ effect }) => effect === 'narrows').length;
  return `${SECTION_TITLES[section]}: ${counted(rows.length, 'change')}${narrows > 0 ? `, ${narrows} of them narrowing` : ''}`;
};

function folded<T>(
  page: Page,
  title: string,
  rows: readonly T[],
  columns: Columns<T>,
  left: Map<string, number>,
  name: string,
): void {
  const close = '\n</details>\n';
  if (!page.add(`\n<details><summary>${title}</summary>\n`, close.length)) {
    left.set(name, rows.length);
    return;
  }
  write(page, rows, columns, left, name, close.length);
  page.always(close);
}

function write<T>(
  page: Page,
  rows: readonly T[],
  { head, cells }: Columns<T>,
  left: Map<string, number>,
  name: string,
  closing = 0,
): void {
  const line = (all: readonly string[]): string => `| ${all.join(' | ')} |\n`;
  let missing = page.add(`\n${line(head)}${line(head.map(() => '---'))}`, closing) ? 0 : rows.length;
  for (const row of missing > 0 ? [] : rows)
    if (missing > 0 || !page.add(line(cells(row).map(shown)), closing)) missing += 1;
  left.set(name, missing);
}

/** Inside its cell, out of the markup, and calling nobody: `@name` would notify a person of that name. */
function shown(words: string): string {
  if (words === '**nothing**') return words;
  const short = words.length > CELL ? `${words.slice(0, CELL - 1)}…` : words;
  return cell(short).replace(/@/gu, '&#64;');
}
