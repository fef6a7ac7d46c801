/** A table that is all there when the page opens. */
import type { Markup } from './markup';
import { markup } from './markup';

/** Rows a page still shows at once; the document beside it has all. */
const MOST = 400;

export type Cell = string | Markup | readonly Markup[];

/** A table that scrolls by itself when it is wider than the page, with its caption as its name. */
export function staticTable(
  id: string,
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  file?: string,
): Markup {
  if (rows.length === 0) return markup`<p class="none">${caption}: none.</p>`;
  const more = rows.length - MOST;
  return markup`<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}"><table>
<caption id="${id}">${caption}</caption>
<thead><tr>${head.map((words) => markup`<th scope="col">${words}</th>`)}</tr></thead>
<tbody>${rows
    .slice(0, MOST)
    .map(
      ([first, ...cells]) =>
        markup`<tr><th scope="row">${first}</th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>`,
    )}</tbody>
</table></div>${more > 0 ? markup`<p class="none">${more} more rows are not shown here${file ? markup`; <code>${file}</code> has all` : ''}.</p>` : undefined}`;
}
