/**
 * A judgement for people at a terminal: a line for each store that keeps its data inside, then a block for each store with
 * a finding or a waiver, then the verdict. What matters stands last, where the reader's eye is.
 */
import { createColors } from 'picocolors';
import type { Flow, Judgement, Verdict } from '../residency';
import { countryName } from '../residency';
import { ANSWER, byStore, counted, figures, isFinding, placeInSource, placeWords, storeWords } from './wording';
import type { StoreFlows } from './wording';

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
  const stores = byStore(judgement.flows);
  const quiet = stores.filter(isQuiet);
  lines.push(...quiet.map(quietLine), ...(quiet.length > 0 ? [''] : []));
  for (const { store, flows } of stores.filter((group) => !isQuiet(group))) {
    lines.push(`${colours.bold(storeWords(store))}  ${colours.dim(`${store.type}  ${classWords(store)}`)}`);
    for (const flow of flows) lines.push(...flowLines(flow));
    lines.push('');
  }
  lines.push(`${colours.bold(paint[verdict](verdict))}: ${ANSWER[verdict]}.`, figures(judgement), '');
  return lines.join('\n');

  function quietLine({ store, flows }: StoreFlows): string {
    const countries = [...new Set(flows.map((flow) => flow.destination.country).filter((code) => code !== undefined))];
    const where = countries.map(countryName).sort().join(', ');
    return `${colours.green('+')} ${storeWords(store)}  ${colours.dim(`${store.type}  ${classWords(store)}  ${counted(flows.length, 'flow')}: ${where}`)}`;
  }

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

/** Nothing to read about: every flow stays inside and none needed an exception. */
const isQuiet = ({ flows }: StoreFlows): boolean =>
  flows.every((flow) => flow.verdict === 'inside' && flow.waiver === undefined);

const classWords = (store: StoreFlows['store']): string =>
  store.classified ? store.class : `${store.class}, not classified`;
