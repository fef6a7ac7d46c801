/** What the catalogue knows of a type, as text for people. */
import type { ActionRef, ChannelRow, Defences, NotPossible } from './model';
import { evaluatorContract } from './evaluators';
import { roleOf, rowsOf, storeFacts, structuralPaths, verdictOf } from './catalogue';
import { STRUCTURAL_REASONS } from './structural';
import type { StructuralReason } from './structural';

const MEANING = {
  assessed: 'every declared property has a row or a structural reason',
  inert: 'holds no data and opens no channel, whatever its properties',
  denied: 'not allowed near restricted data: any use is a finding',
  retired: 'gone from the specification, still a finding',
} as const;

/** What a limited scope means, for people. */
export const SCOPE_WORDS = { enclave: 'judged only where sites are promised' } as const;

function isNotPossible(defence: object): defence is NotPossible {
  return 'none' in defence;
}

function actionText({ action, authorisedIn, destinationKey }: ActionRef): string {
  return `${action} (${authorisedIn}${destinationKey ? `, ${destinationKey}` : ''})`;
}

/** The defences of a row beside the rule at synth, as labelled sentences. */
export function defenceLines(defences: Defences): readonly (readonly [label: string, text: string])[] {
  const { permission, detection, attestation } = defences;
  return [
    [
      'By permission',
      isNotPossible(permission) ? `none: ${permission.none}` : permission.actions.map(actionText).join('; '),
    ],
    [
      'As it happens',
      isNotPossible(detection)
        ? `none: ${detection.none}`
        : `${detection.eventSource}: ${detection.eventNames.join(', ')}`,
    ],
    ['After the fact', isNotPossible(attestation) ? `none: ${attestation.none}` : probeText(attestation)],
  ];
}

function probeText(probe: { readonly service: string; readonly operation: string; readonly field?: string }): string {
  return `${probe.service}:${probe.operation}${probe.field ? ` → ${probe.field}` : ''}`;
}

function rowText(row: ChannelRow): string {
  const reads = evaluatorContract(row.evaluator)?.reads ?? '';
  const args = row.args ? ` ${JSON.stringify(row.args)}` : '';
  return [
    `  ${row.slug}  (${row.channel}, carries ${row.carries})`,
    ...row.paths.map((path) => `    at ${path}`),
    `    why        ${row.rationale}`,
    `    judged by  ${row.evaluator}${args}: ${reads}`,
    `    remedy     ${row.remedy}`,
    `    blind spot ${row.blindSpot}`,
    `    at synth   rule ${row.slug}${row.scope ? `, ${SCOPE_WORDS[row.scope]}` : ''}`,
    ...defenceLines(row.defences).map(([label, text]) => `    ${label.toLowerCase().padEnd(10)} ${text}`),
    `    controls   ${row.controls.join(', ')}`,
    ...row.references.map((url) => `    see        ${url}`),
  ].join('\n');
}

/**
 * Verdict, rows, structural reasons and defences of one CloudFormation type, as plain text ending in a newline. A type the
 * catalogue has never heard of is said to be unknown, and a finding.
 */
export function renderType(type: string): string {
  const verdict = verdictOf(type);
  if (!verdict) return `${type}\n  unknown: the catalogue has never heard of it; any use is a finding\n`;
  const lines = [type, `  ${verdict.verdict}: ${MEANING[verdict.verdict]}`, `  ${verdict.reason}`];
  const store = storeFacts(type);
  if (store) {
    const what = store.keyMaterial ? 'holds key material' : 'holds data at rest';
    lines.push(
      `  ${what}; ${store.tags ? `data class read from ${store.tags}` : 'cannot be tagged: treated as restricted'}`,
    );
  }
  const role = roleOf(type);
  if (role) lines.push(`  part of: ${role}`);
  const rows = rowsOf(type);
  lines.push('', rows.length > 0 ? `Channels (${rows.length})` : 'Channels: none');
  lines.push(...rows.map(rowText));
  const structural = Object.entries(structuralPaths(type)) as [StructuralReason, readonly string[]][];
  if (structural.length > 0) {
    lines.push('', 'No channel, because');
    for (const [reason, paths] of structural)
      lines.push(`  ${STRUCTURAL_REASONS[reason]}`, `    ${reason}: ${paths.join(', ')}`);
  }
  return `${lines.join('\n')}\n`;
}
