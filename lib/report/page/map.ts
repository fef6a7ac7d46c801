/** The picture: countries by what they are to the EEA, places as numbered marks, flows as lines from place to place. */
import { findCountry } from '../../geo';
import { counted } from '../wording';
import { fixed } from './curves';
import { flowLines } from './flow-lines';
import { GEOGRAPHY } from './geography';
import type { Card, Mark } from './cards';
import { CARD_WIDTH, nameOfMark } from './cards';
import type { Layout } from './layout';
import { narrowLayout, wideLayout } from './layout';
import type { Drawing } from './links';
import type { Markup } from './markup';
import { markup } from './markup';
import type { Status } from './places';
import { STATUS_WORDS, statusOf } from './places';
import { STATES } from './state';

/** Letters of a card's line before it is cut. */
const LETTERS = 22;

const cut = (words: string, letters = LETTERS): string =>
  words.length <= letters ? words : `${words.slice(0, letters - 1)}…`;
const numberOf = ({ places }: Mark): string => (places.length === 1 ? String(places[0]!.index + 1) : '+');

/** Outlines, drawn once and used by both pictures. */
function outlines(): Markup {
  const countries = Object.values(GEOGRAPHY.countries).map(({ name, code, path }) => {
    const status = code === undefined ? 'third' : statusOf(findCountry(code));
    return markup`<path class="land ${status}" d="${path}"><title>${name}: ${STATUS_WORDS[status]}</title></path>`;
  });
  const labels = Object.values(GEOGRAPHY.countries).map(({ label }) =>
    label ? markup`<text x="${label.x}" y="${label.y}">${label.text}</text>` : undefined,
  );
  return markup`<svg class="defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>
<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="1.6" height="6"/></pattern>
${STATES.map((state) => markup`<marker id="tip-${state}" class="tip ${state}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.5 8 4 0 7.5 2 4Z"/></marker>`)}
<g id="land">${countries}</g><g id="country-names">${labels}</g></defs></svg>`;
}

/** What a mark of several places looks like: the worst of them. */
const SEVERITY: readonly Status[] = ['third', 'adequate', 'unknown', 'eea'];

function markSign(mark: Mark, radius: number): Markup {
  const status = SEVERITY.find((one) => mark.places.some((place) => place.status === one));
  return markup`<g class="mark ${status}" data-places="${mark.places.map(({ index }) => index).join(' ')}"><circle cx="${fixed(mark.x)}" cy="${fixed(mark.y)}" r="${radius}"/><text x="${fixed(mark.x)}" y="${fixed(mark.y + radius * 0.38)}" font-size="${fixed(radius * 1.1)}">${numberOf(mark)}</text></g>`;
}

function leaders({ cards, radius }: Layout): Markup {
  const lines = cards.flatMap(({ side, x, rows }) =>
    rows.flatMap(({ y, mark }) => {
      if (!mark.onMap) return [];
      const [edge, out] = side === 'west' ? [x + CARD_WIDTH, 1] : [x, -1];
      return [
        markup`<path d="M${edge} ${fixed(y)}h${out * 14}L${fixed(mark.x - out * (radius + 8))} ${fixed(mark.y)}H${fixed(mark.x - out * radius)}"/>`,
      ];
    }),
  );
  return markup`<g class="leaders">${lines}</g>`;
}

function cardSign({ x, y, height, title, subtitle, status, rows }: Card): Markup {
  const lines = rows.map(({ y: line, mark, note }) => {
    const stores = mark.places.reduce((sum, place) => sum + place.stores, 0);
    return markup`<g class="row"><title>${nameOfMark(mark)}, ${counted(stores, 'store')}</title><text class="number" x="${x + 24}" y="${fixed(line + 4)}">${numberOf(mark)}</text><text class="name" x="${x + 38}" y="${fixed(line + 4.5)}">${cut(nameOfMark(mark))}</text><text class="stores" x="${x + CARD_WIDTH - 16}" y="${fixed(line + 4.5)}">${stores > 0 ? counted(stores, 'store') : ''}</text>${note ? markup`<text class="note" x="${x + 38}" y="${fixed(line + 20)}">${note}</text>` : undefined}</g>`;
  });
  return markup`<g class="card ${status}"><rect class="ground" x="${x}" y="${fixed(y)}" width="${CARD_WIDTH}" height="${height}" rx="8"/><rect class="edge" x="${x}" y="${fixed(y)}" width="4" height="${height}" rx="2"/><text class="title" x="${x + 16}" y="${fixed(y + 22)}">${cut(title, 28)}</text><text class="subtitle" x="${x + 16}" y="${fixed(y + 38)}">${subtitle}</text>${lines}</g>`;
}

function picture(drawing: Drawing, layout: Layout, name: string): Markup {
  const { x, y, width, height } = layout.frame;
  return markup`<svg class="map ${name}" viewBox="${x} ${y} ${width} ${height}" role="group" aria-label="Map of Europe with ${counted(drawing.places.length, 'place')} and ${counted(drawing.links.length, 'connection')}; the table of places says the same">
<use href="#land"/><use class="country-names" href="#country-names"/>
${leaders(layout)}${layout.cards.map(cardSign)}${flowLines(drawing, layout)}<g class="marks">${layout.marks.map((mark) => markSign(mark, layout.radius))}</g></svg>`;
}

/** Both pictures: wide with cards, and narrow with numbers only; the style sheet shows one. */
export const mapPictures = (drawing: Drawing): Markup =>
  markup`${outlines()}${picture(drawing, wideLayout(drawing), 'wide')}${picture(drawing, narrowLayout(drawing), 'narrow')}`;
