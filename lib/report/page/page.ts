/** The page about a judgement: head, map, the long tables, and the sections that are read rather than searched. */
import type { Judgement } from '../../residency';
import { ANSWER, counted } from '../wording';
import { BROWSER } from './browser-assets';
import { factList } from './facts';
import type { Fact } from './facts';
import { filters, legend } from './filters';
import { frame } from './frame';
import type { Drawing } from './links';
import { mapPictures } from './map';
import type { Markup } from './markup';
import { markup, scriptData } from './markup';
import { flowColumns, storeColumns } from './rows';
import type { StoreRow } from './rows';
import { placesTable } from './sections';
import type { Section } from './sections';
import { SIGNS, stateOf } from './state';

export interface PageInput {
  /** What the page is about, above its title. */
  readonly kind: string;
  readonly judgement: Judgement;
  readonly drawing: Drawing;
  readonly stores: readonly StoreRow[];
  /** In the head of the page. */
  readonly facts: readonly Fact[];
  /** At its end. */
  readonly madeFrom: readonly Fact[];
  readonly sections: readonly Section[];
  readonly sourceOf: Parameters<typeof flowColumns>[1];
}

/** A table the script fills with the rows in view. */
const longTable = (id: string, title: string, columns: readonly string[]): Markup =>
  markup`<p class="status" id="${id}-status" role="status"></p>
<div class="long ${id}-table" id="${id}-view" role="region" tabindex="0" aria-labelledby="${id}-title"><div role="table" aria-labelledby="${id}-title" id="${id}-table" data-title="${title}">
<div role="rowgroup" class="head"><div role="row" aria-rowindex="1">${columns.map((words) => markup`<span role="columnheader">${words}</span>`)}</div></div>
<div role="rowgroup" class="body" id="${id}-body"></div>
</div></div>
<noscript><p class="none">This table needs its script, which this browser does not run; the same is in flows.json and residency-manifest.json of the register.</p></noscript>`;

function header({ kind, judgement, facts }: PageInput): Markup {
  const { verdict, counts, findings } = judgement;
  const covered = judgement.flows.filter((flow) => stateOf(flow) === 'covered').length;
  const figures: readonly (readonly [number, string])[] = [
    [counts.stores, counts.stores === 1 ? 'store' : 'stores'],
    [counts.inside, 'flows inside'],
    [counts.outside, 'outside'],
    [counts.unknown, 'unknown'],
    [covered, 'covered'],
    [findings.length, findings.length === 1 ? 'finding' : 'findings'],
  ];
  return markup`<header class="top"><div class="verdict ${verdict}"><p class="kicker">${kind}</p><h1>Can data in a restricted store leave the EEA?</h1>
<p class="answer"><span class="word"><span class="sign" aria-hidden="true">${verdict === 'none' ? '–' : SIGNS[verdict]}</span>${verdict}</span><span class="meaning">${ANSWER[verdict]}</span></p></div>
<ul class="figures" aria-label="Figures">${figures.map(([number, words]) => markup`<li><strong>${number}</strong> ${words}</li>`)}</ul>
${factList([{ name: 'Application', value: `${counted(counts.stacks, 'stack')}, ${counted(counts.resources, 'resource')}` }, ...facts])}</header>`;
}

/** The page as HTML. Pure: the same input, the same bytes. */
export function page(input: PageInput): string {
  const { drawing, judgement, stores, sections, kind } = input;
  const links = [
    ['map', 'Map'],
    ['flows', 'Flows'],
    ['stores', 'Stores'],
    ...sections.map(({ id, title }) => [id, title] as const),
  ] as const;
  const data = {
    flows: flowColumns(drawing, input.sourceOf),
    stores: storeColumns(stores),
    places: drawing.places.map(({ name }) => name),
  };
  const body = markup`${header(input)}
<nav aria-label="Parts of this page"><ul>${links.map(([id, title]) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main>
${filters(judgement)}
<section id="map" aria-labelledby="map-title"><h2 id="map-title">Map</h2>
<figure><div class="pictures">${mapPictures(drawing)}</div><figcaption>${legend(judgement)}<p>Solid lines stay inside; dashed lines leave, dotted ones cannot be followed. A line, chosen, shows its flows alone. Positions are those of cities: nobody outside AWS knows where a data centre stands.</p></figcaption></figure>
${placesTable(drawing)}</section>
<section id="flows" aria-labelledby="flows-title"><h2 id="flows-title">Flows</h2><p class="chosen" id="chosen" hidden><span id="chosen-words"></span> <button type="button" id="chosen-clear">Show all connections</button></p>${longTable('flows', 'Flows', ['Verdict', 'Store', 'Channel', 'Leads to', 'Why'])}</section>
<section id="stores" aria-labelledby="stores-title"><h2 id="stores-title">Stores</h2>${longTable('stores', 'Stores', ['Store', 'Class', 'Stands in', 'Account', 'Encrypted with', 'Findings'])}</section>
${sections.map(({ id, title, content }) => markup`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${content}</section>`)}
<footer><h2>Made from</h2>${factList(input.madeFrom)}</footer>
</main>
<script type="application/json" id="data">${scriptData(data)}</script>
`;
  return frame({
    title: `${kind}: ${judgement.verdict}`,
    skip: { to: 'flows', words: 'Skip to the flows' },
    body,
    script: BROWSER.script,
  });
}
