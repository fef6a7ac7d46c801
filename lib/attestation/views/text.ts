import type { Attestation, AttestedClaim, Unexpected } from '../model';
import { describePlace } from '../places';
import { byStack, told } from './order';
import { printable } from './printable';
import { scopeLines, verdictLine } from './verdict-line';

/** The attestation for a terminal: grouped by stack, the broken first, one verdict line at the end. */
export function attestationAsText(attestation: Attestation): string {
  const blocks = [
    ...(attestation.unexpected.length > 0 ? [unexpectedBlock(attestation.unexpected)] : []),
    ...byStack(attestation.claims).map(([title, claims]) => stackBlock(title, claims)),
    scopeLines(attestation).map(printable).join('\n'),
    verdictLine(attestation),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function stackBlock(title: string, claims: readonly AttestedClaim[]): string {
  const held = claims.filter(({ verdict }) => verdict === 'holds').length;
  const faults = told(claims.filter(({ verdict }) => verdict !== 'holds'));
  return [
    title,
    ...faults.flatMap(({ first, claims: group }) => [
      `  ${first.verdict.padEnd(6)}  ${subjects(group)}`,
      ...(group.length === 1 ? [`          expected  ${first.expected}`] : []),
      ...(first.verdict === 'broken' ? [`          seen      ${first.seen}`] : []),
      `          why       ${first.why}`,
      `          do        ${first.remedy}`,
    ]),
    ...(held > 0 ? [`  holds   ${held} of ${claims.length} claims`] : []),
  ]
    .map(printable)
    .join('\n');
}

/** One resource by name with its claims; several by number, as they share one reason. */
function subjects(group: readonly AttestedClaim[]): string {
  const names = [...new Set(group.map(({ resource }) => resource.name))];
  return names.length === 1
    ? `${names[0]}  ${group.map(({ claim }) => claim).join(', ')}`
    : `${group.length} claims about ${names.length} resources`;
}

const unexpectedBlock = (items: readonly Unexpected[]): string =>
  [
    'unexpected',
    ...items.flatMap(({ name, type, dataClass, seen, reaches, why, remedy }) => [
      `  ${type}  ${name}`,
      `          seen      ${seen}; data class ${dataClass}`,
      ...(reaches.length > 0 ? [`          reaches   ${reaches.map(describePlace).join(', ')}`] : []),
      `          why       ${why}`,
      `          do        ${remedy}`,
    ]),
  ]
    .map(printable)
    .join('\n');
