/** The part of `docs/access-matrix.md` about what leaves under registered transfers, worded from what the policies answered. */
import { exportRows } from '../../lib/gateway/decision/export-matrix';
import type { ExportRow } from '../../lib/gateway/decision/export-matrix';
import type { CedarEngine } from '../../lib/gateway/policies/cedar-engine';
import { dataClass } from '../../lib/gateway/settings';
import { ZONES } from '../../lib/gateway/zones/requester-zone';
import { table } from './markdown-table';

/** A table of class × zone of the recipient, and how many cases stand behind it. */
export function exportsSection(engine: CedarEngine): string {
  const rows = [...exportRows(engine)];
  const cells = dataClass.options.map((of) => [
    `**${of}**`,
    ...ZONES.map((zone) => wording(rows.filter((row) => row.class === of && row.zone === zone && row.allowed))),
  ]);
  return `## What leaves under registered transfers

By zone of the recipient, which is the worse of its country and of where its bucket stands.

${table(['class', ...ZONES], cells)}

Every cell also needs: the kill switch readable and on; a row of the transfer register for this dataset, class and zone
that has not ended. ${rows.length} cases were put to the policies, ${rows.filter(({ allowed }) => allowed).length} were allowed.`;
}

function wording(allowed: readonly ExportRow[]): string {
  const forms = [...new Set(allowed.map(({ form }) => form))];
  if (forms.length === 0) return 'stays';
  const assessed = allowed.every(({ row }) => row === 'assessed') ? ', with an assessment' : '';
  return `${forms[0]!.startsWith('table') ? `${forms[0]!}, groups of 10 or more` : forms[0]!}${assessed}`;
}
