/**
 * A difference as a pull-request comment: the verdict first, then what widens, then the rest folded away. Rows that are alike
 * are one row, with their subjects folded away below. Never longer than GitHub takes, however large the change; what had no
 * room is counted.
 */
import { cell } from '../markdown';
import { counted } from '../wording';
import { alike } from './alike';
import type { Alike, Shown } from './alike';
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
    writeRows(page, widens, WIDENING, left, 'widenings');
  }
  for (const section of SECTIONS) {
    const own = rest.filter((row) => row.section === section);
    if (own.length > 0) {
      const what = SECTION_TITLES[section];
      folded(page, titleOf(section, own), own.length, left, what, (closing) =>
        writeRows(page, own, OTHER, left, what, closing),
      );
    }
  }
  if (renamings.length > 0) {
    const title = `${counted(renamings.length, 'resource')} renamed or moved, compared as the same`;
    const what = 'renamed resources';
    folded(page, title, renamings.length, left, what, (closing) => {
      left.set(what, renamings.length - table(page, renamings, RENAMING, closing).length);
    });
  }
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

/** A row, or what several rows say, by the number of the list that names their subjects. */
interface Line extends Alike {
  readonly list: number | undefined;
}

const subjectOf = ({ row, count, list }: Line): string =>
  list === undefined ? row.subject : `${count} alike, each named in list ${list}`;

const WIDENING: Columns<Line> = {
  head: ['What', 'Before', 'Now', 'Why', 'Where', 'Covered by', 'Fingerprint'],
  cells: (line) => {
    const { row, shown: requests, where, list } = line;
    const [first, ...others] = requests;
    return [
      [SECTION_TITLES[row.section], row.change, subjectOf(line), row.class ?? '', row.channel ?? '']
        .filter(Boolean)
        .join(' · '),
      row.before ?? '',
      row.after ?? '',
      [row.why, others.length === 0 && first ? allowed(first) : '', row.remedy ?? '']
        .filter(Boolean)
        .join('. ')
        .replace(/\.\. /gu, '. '),
      where ?? `list ${list}`,
      row.covered ?? '**nothing**',
      list === undefined ? row.fingerprint : `list ${list}`,
    ];
  },
};

const OTHER: Columns<Line> = {
  head: ['Effect', 'What', 'Before', 'Now', 'Why'],
  cells: (line) => [
    line.row.effect,
    [line.row.change, subjectOf(line), line.row.class ?? '', line.row.channel ?? ''].filter(Boolean).join(' · '),
    line.row.before ?? '',
    line.row.after ?? '',
    line.row.why,
  ],
};

const allowed = ({ sample }: Shown): string => (sample ? `Now allowed: ${sampleWords(sample)}.` : '');

/** The subjects of rows that are alike. */
const SUBJECTS: Columns<DiffRow> = {
  head: ['What', 'Where', 'Fingerprint'],
  cells: (row) => [row.subject, whereWords(row), row.fingerprint],
};

const RENAMING: Columns<Renaming> = {
  head: ['Type', 'Before', 'Now', 'Shown by'],
  cells: (one) => [one.type, one.before, one.after, one.by],
};

const titleOf = (section: Section, rows: readonly DiffRow[]): string => {
  const narrows = rows.filter(({ effect }) => effect === 'narrows').length;
  return `${SECTION_TITLES[section]}: ${counted(rows.length, 'change')}${narrows > 0 ? `, ${narrows} of them narrowing` : ''}`;
};

const CLOSE = '\n</details>\n';

/** @param count what is left out when not even the title has room */
function folded(
  page: Page,
  title: string,
  count: number,
  left: Map<string, number>,
  name: string,
  fill: (closing: number) => void,
  outer = 0,
): void {
  const closing = outer + CLOSE.length;
  if (!page.add(`\n<details><summary>${title}</summary>\n`, closing)) {
    left.set(name, (left.get(name) ?? 0) + count);
    return;
  }
  fill(closing);
  page.always(CLOSE);
}

/** What rows say in one table, each kind of change once, and below it the subjects of those that are alike. */
function writeRows(
  page: Page,
  rows: readonly DiffRow[],
  columns: Columns<Line>,
  left: Map<string, number>,
  name: string,
  closing = 0,
): void {
  let lists = 0;
  const lines = alike(rows).map((one): Line => ({ ...one, list: one.count === 1 ? undefined : (lists += 1) }));
  const told = table(page, lines, columns, closing);
  left.set(
    name,
    lines.slice(told.length).reduce((sum, { count }) => sum + count, 0),
  );
  for (const { list, count, shown: requests } of told) {
    if (list === undefined) continue;
    folded(
      page,
      `List ${list}: ${count} alike`,
      count,
      left,
      name,
      (inner) => {
        for (const request of requests) {
          const heading = requests.length === 1 ? '' : `\n${shown(allowed(request))}\n`;
          const named = page.add(heading, inner) ? table(page, request.rows, SUBJECTS, inner).length : 0;
          left.set(name, (left.get(name) ?? 0) + request.rows.length - named);
        }
      },
      closing,
    );
  }
}

/** The rows that had room, from the first on. */
function table<T>(page: Page, rows: readonly T[], { head, cells }: Columns<T>, closing: number): readonly T[] {
  const line = (all: readonly string[]): string => `| ${all.join(' | ')} |\n`;
  if (!page.add(`\n${line(head)}${line(head.map(() => '---'))}`, closing)) return [];
  const full = rows.findIndex((row) => !page.add(line(cells(row).map(shown)), closing));
  return full < 0 ? rows : rows.slice(0, full);
}

/** Inside its cell, out of the markup, and calling nobody: `@name` would notify a person of that name. */
function shown(words: string): string {
  if (words === '**nothing**') return words;
  const short = words.length > CELL ? `${words.slice(0, CELL - 1)}…` : words;
  return cell(short).replace(/@/gu, '&#64;');
}
