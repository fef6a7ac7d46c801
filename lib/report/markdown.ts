/** A judgement for a pull request or a wiki. */
import type { Flow, Judgement } from '../residency';
import { ANSWER, byStore, figures, isFinding, placeInSource, placeWords, storeWords } from './wording';

/** Keeps a value inside its table cell and out of the markup. */
export function cell(words: string): string {
  return words.replace(/[\r\n]+/g, ' ').replace(/[\\`*_{}[\]<>|#]/g, (character) => `\\${character}`);
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row.map(cell)))].join('\n');
}

/** GitHub-flavoured Markdown, ending in a line break. */
export function markdown(judgement: Judgement): string {
  const { verdict, findings, flows } = judgement;
  const waived = flows.filter((flow) => flow.waiver !== undefined && flow.verdict !== 'inside');
  const sections = [
    `## Residency: ${verdict}`,
    `${ANSWER[verdict][0]!.toUpperCase()}${ANSWER[verdict].slice(1)}. ${figures(judgement)}.`,
  ];
  if (findings.length > 0) sections.push('### Findings', findingsTable(findings));
  if (waived.length > 0)
    sections.push(
      '### Covered by a registered exception',
      table(
        ['Store', 'Channel', 'Destination', 'Exception'],
        waived.map((flow) => [storeWords(flow.store), flow.channel, placeWords(flow.destination), flow.waiver ?? '']),
      ),
    );
  sections.push('### Stores', storesTable(flows));
  return `${sections.join('\n\n')}\n`;
}

function findingsTable(findings: readonly Flow[]): string {
  return table(
    ['Verdict', 'Store', 'Channel', 'Destination', 'Why', 'What to do', 'Where', 'Fingerprint'],
    findings.map((flow) => [
      flow.verdict,
      storeWords(flow.store),
      flow.channel,
      placeWords(flow.destination),
      flow.why,
      flow.remedy,
      placeInSource(flow) ?? '',
      flow.fingerprint,
    ]),
  );
}

function storesTable(flows: readonly Flow[]): string {
  return table(
    ['Store', 'Type', 'Class', 'Stands in', 'Findings'],
    byStore(flows)
      .filter(({ flows: own }) => own.some((flow) => flow.rule === 'store-placement'))
      .map(({ store, flows: own }) => {
        const placement = own.find((flow) => flow.rule === 'store-placement');
        return [
          storeWords(store),
          store.type,
          store.classified ? store.class : `${store.class} (not classified)`,
          placement ? placeWords(placement.destination) : '',
          String(own.filter(isFinding).length),
        ];
      }),
  );
}
