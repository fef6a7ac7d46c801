/** A judgement for people at a terminal: one block per store, findings in full, the rest in a line. */
import { createColors } from 'picocolors';
import type { Flow, Judgement, Verdict } from '../residency';
import { ANSWER, byStore, figures, isFinding, placeInSource, placeWords, storeWords } from './wording';

export interface TextOptions {
  /** True on a terminal. */
  readonly colour: boolean;
}

/** Plain or coloured text, ending in a line break. */
export function text(judgement: Judgement, options: TextOptions): string {
  const colours = createColors(options.colour);
  const paint: Readonly<Record<Verdict | 'none', (words: string) => string>> = {
    inside: colours.green,
    outside: colours.red,
    unknown: colours.yellow,
    none: colours.dim,
  };
  const { verdict } = judgement;
  const lines: string[] = [];
  for (const { store, flows } of byStore(judgement.flows)) {
    const cls = store.classified ? store.class : `${store.class}, not classified`;
    lines.push(`${colours.bold(storeWords(store))}  ${colours.dim(`${store.type}  ${cls}`)}`);
    for (const flow of flows) lines.push(...flowLines(flow));
    lines.push('');
  }
  lines.push(`${colours.bold(paint[verdict](verdict))}: ${ANSWER[verdict]}.`, figures(judgement), '');
  return lines.join('\n');

  function flowLines(flow: Flow): readonly string[] {
    const mark = flow.waiver ? '~' : { inside: '+', outside: '!', unknown: '?' }[flow.verdict];
    const head = `  ${paint[flow.verdict](`${mark} ${flow.verdict.padEnd(7)}`)} ${flow.channel} -> ${placeWords(flow.destination)}`;
    if (!isFinding(flow)) return [flow.waiver ? `${head}  ${colours.dim(flow.waiver)}` : head];
    const place = placeInSource(flow);
    return [
      head,
      `      ${flow.why}.`,
      `      ${colours.dim('do')}  ${flow.remedy}`,
      `      ${colours.dim('at')}  ${[place, flow.path].filter(Boolean).join('  ')}`,
      `      ${colours.dim('id')}  ${flow.fingerprint}  ${flow.rule}`,
    ];
  }
}
