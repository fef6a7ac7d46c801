/** Flows between two marks as one line with its count; a button, because it shows its flows alone. */
import { counted } from '../wording';
import type { Curve } from './curves';
import { bent, bow, fixed } from './curves';
import type { Point } from './geography';
import type { Mark } from './cards';
import { nameOfMark } from './cards';
import type { Layout } from './layout';
import type { Drawing } from './links';
import type { Markup } from './markup';
import { markup } from './markup';
import type { MapPlace } from './places';
import type { State } from './state';
import { SIGNS, STATE_WORDS } from './state';

interface Line {
  readonly from: Mark;
  readonly to: Mark;
  readonly state: State;
  readonly links: number[];
  count: number;
}

/** Links between the same two marks as one line. */
function linesOf({ links }: Drawing, { marks }: Layout): readonly Line[] {
  const markOf = new Map<MapPlace, Mark>(marks.flatMap((mark) => mark.places.map((place) => [place, mark] as const)));
  const lines = new Map<string, Line>();
  for (const { from, to, state, count, index } of links) {
    const [start, end] = [markOf.get(from)!, markOf.get(to)!];
    if (start === end) continue;
    const key = `${marks.indexOf(start)} ${marks.indexOf(end)} ${state}`;
    const line = lines.get(key) ?? { from: start, to: end, state, links: [], count: 0 };
    line.links.push(index);
    line.count += count;
    lines.set(key, line);
  }
  return [...lines.values()];
}

/** Bows of one city lie beside each other, away from the middle of the map; between cards, towards it. */
function bowBetween(from: Mark, to: Mark, { radius, frame }: Layout, bows: Map<number, number>): Curve {
  const before = bows.get(from.x) ?? 0;
  bows.set(from.x, before + 1);
  const west = from.x < frame.x + frame.width / 2;
  const outwards = west ? -1 : 1;
  const room = west ? from.x - frame.x : frame.x + frame.width - from.x;
  const reach = 34 + (before % 3) * 44;
  return from.onMap
    ? bow(from, to, outwards * Math.min(reach, room - 3 * radius), radius)
    : bow(from, to, -outwards * reach, radius);
}

/** Where along a line its count may stand, the best first. */
const SHARES = [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8, 0.86];

/** All lines with their counts, what leaves on top. */
export function flowLines(drawing: Drawing, layout: Layout): Markup {
  const { radius, marks, frame } = layout;
  const scale = radius / 9;
  const taken = marks.map(({ x, y }) => ({ x, y, half: radius }));
  const bows = new Map<number, number>();
  const between = new Map<string, number>();
  const lines = linesOf(drawing, layout).map(({ from, to, state, links, count }, index) => {
    const pair = `${marks.indexOf(from)} ${marks.indexOf(to)}`;
    const parallel = between.get(pair) ?? 0;
    between.set(pair, parallel + 1);
    const label = `${SIGNS[state]} ${count}`;
    const width = (label.length * 6.6 + 12) * scale;
    const { path, at } =
      from.x === to.x ? bowBetween(from, to, layout, bows) : bent(from, to, 0.15 + parallel * 0.12, radius);
    const clear = ({ x, y }: Point): boolean =>
      taken.every((one) => Math.abs(one.x - x) > one.half + width / 2 + 2 || Math.abs(one.y - y) > 18 * scale) &&
      x > frame.x + width / 2 + 4 &&
      x < frame.x + frame.width - width / 2 - 4;
    const places = SHARES.map(at);
    const pill = places.find(clear) ?? places[0]!;
    taken.push({ ...pill, half: width / 2 });
    const route = markup`<g class="route ${state}" data-line="${index}"><path class="reach" d="${path}"/><path class="line" d="${path}" stroke-width="${fixed((1.4 + Math.min(2.2, Math.log10(count) * 1.1)) * scale)}" marker-end="url(#tip-${state})"/></g>`;
    const button = markup`<g class="flow ${state}" role="button" tabindex="0" aria-pressed="false" data-line="${index}" data-links="${links.join(' ')}" data-sign="${SIGNS[state]}" aria-label="${nameOfMark(from)} to ${nameOfMark(to)}: ${counted(count, 'flow')} ${STATE_WORDS[state]}"><rect class="pill" x="${fixed(pill.x - width / 2)}" y="${fixed(pill.y - 8.5 * scale)}" width="${fixed(width)}" height="${fixed(17 * scale)}" rx="${fixed(8.5 * scale)}"/><text class="count" x="${fixed(pill.x)}" y="${fixed(pill.y + 3.8 * scale)}" font-size="${fixed(11 * scale)}">${label}</text></g>`;
    return { route, button };
  });
  // Counts lie over every line, so that none is crossed out.
  return markup`<g class="routes">${lines.map(({ route }) => route)}</g><g class="flows">${lines.map(({ button }) => button)}</g>`;
}
