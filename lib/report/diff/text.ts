/** A difference for people at a terminal; the verdict stands last, where the reader's eye is. */
import { createColors } from 'picocolors';
import { counted } from '../wording';
import type { DiffRow, Effect, ResidencyDiff } from './model';
import { SECTIONS } from './model';
import { MEANING, SECTION_TITLES, changeWords, sampleWords, tally, whereWords } from './wording';

const MARKS: Readonly<Record<Effect, string>> = { widens: '!', narrows: '-', neutral: ' ' };

/** Plain or coloured text, ending in a line break. @param options colour: true on a terminal */
export function diffAsText(difference: ResidencyDiff, options: { readonly colour: boolean }): string {
  const colours = createColors(options.colour);
  const paint: Readonly<Record<Effect, (words: string) => string>> = {
    widens: colours.red,
    narrows: colours.green,
    neutral: colours.dim,
  };
  const { rows, renamings, verdict } = difference;
  const lines: string[] = [];
  for (const section of SECTIONS) {
    const own = rows.filter((row) => row.section === section);
    if (own.length === 0) continue;
    lines.push(colours.bold(SECTION_TITLES[section]));
    for (const row of own) lines.push(...rowLines(row));
    lines.push('');
  }
  if (renamings.length > 0) {
    lines.push(colours.dim(`${counted(renamings.length, 'resource')} renamed or moved, compared as the same`), '');
  }
  const effect: Effect =
    verdict === 'residencyWidened' ? 'widens' : verdict === 'residencyNarrowed' ? 'narrows' : 'neutral';
  lines.push(`${tally(difference)}`, `${colours.bold(paint[effect](verdict))}: ${MEANING[verdict]}.`, '');
  return lines.join('\n');

  function rowLines(row: DiffRow): readonly string[] {
    const kind = [row.type, row.class, row.channel].filter(Boolean).join('  ');
    const mark = row.covered === undefined ? MARKS[row.effect] : '~';
    const head = `  ${paint[row.effect](`${mark} ${row.change.padEnd(8)}`)} ${row.subject}  ${colours.dim(kind)}`;
    const change = changeWords(row);
    const detail = [
      ...(change === '' ? [] : [`      ${change}`]),
      `      ${colours.dim('why')}  ${row.why}`,
      ...(row.sample ? [`      ${colours.dim('now')}  ${sampleWords(row.sample)}`] : []),
    ];
    if (row.effect !== 'widens') return [head, ...detail];
    const where = whereWords(row);
    return [
      head,
      ...detail,
      ...(row.remedy ? [`      ${colours.dim('do')}   ${row.remedy}`] : []),
      ...(where ? [`      ${colours.dim('at')}   ${where}`] : []),
      `      ${colours.dim('id')}   ${row.fingerprint}${row.covered === undefined ? '' : `  covered: ${row.covered}`}`,
    ];
  }
}
