/**
 * A difference for people at a terminal: the verdict and what widens come first, then the rest; the verdict stands at the end
 * once more, where the eye is when a long text has run through.
 */
import { createColors } from 'picocolors';
import { counted } from '../wording';
import { alike } from './alike';
import type { Alike } from './alike';
import type { DiffRow, Effect, ResidencyDiff } from './model';
import { SECTIONS } from './model';
import { MEANING, SECTION_TITLES, changeWords, sampleWords, tally, whereWords } from './wording';

const MARKS: Readonly<Record<Effect, string>> = { widens: '!', narrows: '-', neutral: ' ' };

/** Subjects of one group that are written out; the rest are counted. */
const MOST_SUBJECTS = 10;

/** What a reviewer reads first, and what last. */
const PARTS: readonly { readonly title: string; readonly takes: (row: DiffRow) => boolean }[] = [
  { title: 'What widens', takes: ({ effect, covered }) => effect === 'widens' && covered === undefined },
  {
    title: 'What widens, covered by a registered exception',
    takes: ({ effect, covered }) => effect === 'widens' && covered !== undefined,
  },
  { title: 'What else changed', takes: ({ effect }) => effect !== 'widens' },
];

/** Plain or coloured text, ending in a line break. @param options colour: true on a terminal */
export function diffAsText(difference: ResidencyDiff, options: { readonly colour: boolean }): string {
  const colours = createColors(options.colour);
  const paint: Readonly<Record<Effect, (words: string) => string>> = {
    widens: colours.red,
    narrows: colours.green,
    neutral: colours.dim,
  };
  const { rows, renamings, verdict } = difference;
  const effect: Effect =
    verdict === 'residencyWidened' ? 'widens' : verdict === 'residencyNarrowed' ? 'narrows' : 'neutral';
  const answer = `${colours.bold(paint[effect](verdict))}: ${MEANING[verdict]}.`;
  const told = PARTS.flatMap(({ title, takes }) => {
    const lines = sectionLines(rows.filter(takes));
    return lines.length === 0 ? [] : [colours.underline(title), '', ...lines];
  });
  const moved =
    renamings.length === 0
      ? []
      : [colours.dim(`${counted(renamings.length, 'resource')} renamed or moved, compared as the same`), ''];
  const body = [...told, ...moved];
  // A short text needs no verdict at both ends.
  return [...(body.length === 0 ? [] : [answer, tally(difference), '', ...body]), tally(difference), answer, ''].join(
    '\n',
  );

  function sectionLines(own: readonly DiffRow[]): readonly string[] {
    return SECTIONS.flatMap((section) => {
      const groups = alike(own.filter((row) => row.section === section));
      return groups.length === 0 ? [] : [colours.bold(SECTION_TITLES[section]), ...groups.flatMap(groupLines), ''];
    });
  }

  function groupLines({ row, where, count, shown }: Alike): readonly string[] {
    const kind = [row.type, row.class, row.channel].filter(Boolean).join('  ');
    const mark = row.covered === undefined ? MARKS[row.effect] : '~';
    const subject = count === 1 ? row.subject : `${count} alike, each named below`;
    const head = `  ${paint[row.effect](`${mark} ${row.change.padEnd(8)}`)} ${subject}  ${colours.dim(kind)}`;
    const change = changeWords(row);
    const widens = row.effect === 'widens';
    const cover = row.covered === undefined ? '' : `covered: ${row.covered}`;
    return [
      head,
      ...(change === '' ? [] : [`      ${change}`]),
      line('why', row.why),
      ...(count > 1 ? [] : shown.flatMap(sampleLine)),
      ...(widens && row.remedy ? [line('do', row.remedy)] : []),
      ...(widens && where ? [line('at', where)] : []),
      ...(widens && count === 1 ? [line('id', [row.fingerprint, cover].filter(Boolean).join('  '))] : []),
      ...(count === 1 || cover === '' ? [] : [line('', cover)]),
      ...(count === 1 ? [] : shown.flatMap((one) => [...sampleLine(one), ...subjectLines(one.rows, where)])),
    ];
  }

  function line(label: string, words: string): string {
    return `      ${colours.dim(label.padEnd(3))}  ${words}`;
  }

  function sampleLine({ sample }: Alike['shown'][number]): readonly string[] {
    return sample ? [line('now', sampleWords(sample))] : [];
  }

  /** Subjects of which the same was said, those that widen with the fingerprint by which they are accepted. */
  function subjectLines(members: readonly DiffRow[], where: string | undefined): readonly string[] {
    const left = members.length - MOST_SUBJECTS;
    const told = members
      .slice(0, MOST_SUBJECTS)
      .map((row) =>
        (row.effect === 'widens'
          ? [row.fingerprint, row.subject, where === undefined ? whereWords(row) : '']
          : [row.subject]
        )
          .filter(Boolean)
          .join('  '),
      );
    const rest = left > 0 ? [`and ${left} more; --format json lists every one with its fingerprint`] : [];
    return [...told, ...rest].map((words, index) => line(index === 0 ? 'of' : '', words));
  }
}
