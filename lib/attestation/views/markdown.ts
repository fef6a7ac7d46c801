import type { Attestation } from '../model';
import { describePlace } from '../places';
import { byStack } from './order';
import { printable } from './printable';
import { scopeLines, verdictLine } from './verdict-line';

/** The attestation as a document: verdict first, then faults, then every claim by stack. */
export function attestationAsMarkdown(attestation: Attestation): string {
  const { claims, unexpected } = attestation;
  const blocks = [
    '# Attestation: deployed against declared',
    `**${verdictLine(attestation)}**`,
    ...scopeLines(attestation).map(escaped),
    ...(unexpected.length > 0
      ? [
          '## Unexpected',
          table(
            ['Type', 'What', 'Data class', 'Seen', 'Reaches', 'Why', 'To do'],
            unexpected.map((each) => [
              each.type,
              each.name,
              each.dataClass,
              each.seen,
              each.reaches.map(describePlace).join(', ') || 'no other Region',
              each.why,
              each.remedy,
            ]),
          ),
        ]
      : []),
    ...byStack(claims).flatMap(([title, group]) => [
      `## ${escaped(title)}`,
      table(
        ['Verdict', 'Resource', 'Claim', 'Expected', 'Seen', 'Why', 'To do'],
        group.map((each) => [
          each.verdict,
          each.resource.name,
          each.claim,
          each.expected,
          each.seen,
          each.why,
          each.remedy,
        ]),
      ),
    ]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map(escaped))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

/** Answers are other people's text: nothing in them may become markup. */
const escaped = (text: string): string =>
  printable(text)
    .replace(/[\\`*_[\]<>|]/gu, '\\$&')
    .replace(/\s+/gu, ' ');
