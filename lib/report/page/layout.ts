/** Where marks and cards of the map stand, so that no two cover each other: sites of one city are apart, cards stand in columns. */
import { countryName } from '../../residency';
import { counted } from '../wording';
import type { Point } from './geography';
import { GEOGRAPHY, isOnMap } from './geography';
import type { Drawing } from './links';
import type { MapPlace, Status } from './places';

export interface Mark extends Point {
  /** Usually one; several when there are more than a card can list. */
  readonly places: readonly MapPlace[];
  readonly onMap: boolean;
}

export const nameOfMark = ({ places }: Mark): string =>
  places.length === 1 ? places[0]!.name : counted(places.length, 'further place');

/** A line of a card: where it stands, and the mark it belongs to. */
export interface CardRow {
  readonly y: number;
  readonly mark: Mark;
  readonly note?: string | undefined;
}

export interface Card extends Point {
  readonly side: Side;
  readonly height: number;
  readonly title: string;
  readonly subtitle: string;
  readonly status: Status;
  readonly rows: readonly CardRow[];
}

export interface Layout {
  readonly frame: Point & { readonly width: number; readonly height: number };
  readonly radius: number;
  readonly marks: readonly Mark[];
  readonly cards: readonly Card[];
}

export type Side = 'west' | 'east';

export const CARD_WIDTH = 268;
const [MARGIN, GAP, HEAD, ROW, NOTE, FOOT] = [16, 12, 46, 24, 17, 8];
/** Lines of a card before the rest is one line. */
const MOST_ROWS = 5;
/** Letters of a card's title. */
const LONGEST = 27;
/** West of this a place has its card on the left. */
const MIDDLE = 600;

interface Group {
  readonly places: readonly (readonly MapPlace[])[];
  readonly point?: Point | undefined;
  readonly further?: number;
}

/** Places of one city, or of one country off the map, or of nowhere, in lines. */
function groupsOf(places: readonly MapPlace[]): Group[] {
  const groups = new Map<string, MapPlace[]>();
  for (const place of places) {
    const offMap = place.point === undefined || !isOnMap(place.point);
    const key = place.point === undefined ? '' : offMap ? (place.country ?? '') : `${place.point.x} ${place.point.y}`;
    groups.set(key, [...(groups.get(key) ?? []), place]);
  }
  return [...groups.values()].map((all) => {
    const lines = all.slice(0, all.length > MOST_ROWS ? MOST_ROWS - 1 : MOST_ROWS).map((place) => [place]);
    const rest = all.slice(lines.length);
    return { places: rest.length > 0 ? [...lines, rest] : lines, point: all[0]!.point };
  });
}

const noteOf = ([place, other]: readonly MapPlace[]): string | undefined =>
  !other && place?.site && place.site.committed !== place.site.actual
    ? `stands in for ${countryName(place.site.committed)}`
    : undefined;

const heightOf = ({ places }: Group): number =>
  HEAD + FOOT + places.reduce((sum, line) => sum + ROW + (noteOf(line) === undefined ? 0 : NOTE), 0);

const sideOf = ({ point }: Group): Side => (point !== undefined && point.x < MIDDLE ? 'west' : 'east');

/** Sites first, then what holds most. */
const weightOf = ({ places }: Group): number =>
  places.flat().reduce((sum, { site, stores, staying }) => sum + (site ? 1e6 : 0) + stores + staying, 0);

/** As many groups as fit a column; the lightest become one. */
function fitting(groups: readonly Group[], room: number): readonly Group[] {
  const kept = [...groups];
  const rest: Group[] = [];
  const further = (): Group => ({ places: [rest.flatMap(({ places }) => places.flat())], further: rest.length });
  const used = (): number =>
    [...kept, ...(rest.length > 0 ? [further()] : [])].reduce((sum, group) => sum + heightOf(group) + GAP, 0);
  while (kept.length > 1 && used() > room) {
    const lightest = kept.reduce((one, other) => (weightOf(other) < weightOf(one) ? other : one));
    rest.push(...kept.splice(kept.indexOf(lightest), 1));
  }
  return rest.length > 0 ? [...kept, further()] : kept;
}

/** Tops of boxes that want to stand around `wanted`, moved apart, inside the frame. */
function spread(
  boxes: readonly { readonly wanted: number; readonly height: number }[],
  top: number,
  bottom: number,
): readonly number[] {
  const tops: number[] = [];
  let free = top + MARGIN;
  for (const { wanted, height } of boxes) {
    tops.push(Math.max(free, wanted));
    free = tops.at(-1)! + height + GAP;
  }
  let limit = bottom - MARGIN;
  for (let index = boxes.length - 1; index >= 0; index -= 1) {
    tops[index] = Math.max(top + MARGIN, Math.min(tops[index]!, limit - boxes[index]!.height));
    limit = tops[index]! - GAP;
  }
  return tops;
}

const wantedY = ({ point }: Group): number =>
  point === undefined ? Number.MAX_SAFE_INTEGER : Math.min(Math.max(point.y, 0), GEOGRAPHY.height);

function cardOf(group: Group, side: Side, top: number, fan: readonly Point[] | undefined): Card {
  const x = side === 'west' ? MARGIN : GEOGRAPHY.width - MARGIN - CARD_WIDTH;
  let y = top + HEAD;
  const rows = group.places.map((places, index): CardRow => {
    const note = noteOf(places);
    const row = y + ROW / 2;
    y += ROW + (note === undefined ? 0 : NOTE);
    const edge = { x: side === 'west' ? x + CARD_WIDTH : x, y: row };
    return { y: row, note, mark: { ...(fan?.[index] ?? edge), places, onMap: fan !== undefined } };
  });
  const first = group.places[0]![0]!;
  const regions = new Set(group.places.flat().map(({ region }) => region));
  const [region] = regions;
  const subtitle = [regions.size === 1 ? region : undefined, STATUS_SHORT[first.status]].filter(Boolean).join(' · ');
  return {
    ...{ x, y: top, side, rows },
    height: heightOf(group),
    title: group.further
      ? 'Further places'
      : first.point
        ? regions.size > 1 || first.where.length > LONGEST
          ? countryOf(first)
          : first.where
        : 'On no map',
    subtitle: group.further ? 'listed in the table below' : first.point ? subtitle : 'a place nobody can point at',
    status: group.further ? 'unknown' : first.status,
  };
}

const STATUS_SHORT: Readonly<Record<Status, string>> = {
  eea: 'EEA',
  adequate: 'not EEA (adequate)',
  third: 'not EEA',
  unknown: 'not known',
};

const countryOf = ({ where }: MapPlace): string => where.slice(where.lastIndexOf(', ') + 1).trim();

/** Marks of one city, one under the other. */
function fanAt({ x, y }: Point, count: number, distance: number): readonly Point[] {
  return Array.from({ length: count }, (_, index) => ({ x, y: y + (index - (count - 1) / 2) * distance }));
}

/** The map with a card for every city, for screens and paper. */
export function wideLayout({ places }: Drawing): Layout {
  const { width, height } = GEOGRAPHY;
  const radius = 9;
  const cards = (['west', 'east'] as const).flatMap((side) => {
    const groups = [
      ...fitting(
        groupsOf(places).filter((group) => sideOf(group) === side),
        height - 2 * MARGIN,
      ),
    ].sort((one, other) => wantedY(one) - wantedY(other));
    const tops = spread(
      groups.map((group) => ({ wanted: wantedY(group) - heightOf(group) / 2, height: heightOf(group) })),
      0,
      height,
    );
    return groups.map((group, index) => {
      const onMap = group.point !== undefined && isOnMap(group.point);
      const fan = onMap ? fanAt(group.point!, group.places.length, 2 * radius + 6) : undefined;
      return cardOf(group, side, tops[index]!, fan);
    });
  });
  return {
    frame: { x: 0, y: 0, width, height },
    radius,
    marks: cards.flatMap(({ rows }) => rows.map(({ mark }) => mark)),
    cards,
  };
}

/** The part of the map that holds the EEA, for a narrow screen: numbers only, the table below names them. */
export function narrowLayout({ places }: Drawing): Layout {
  const frame = { x: 306, y: 24, width: 620, height: 730 };
  const radius = 17;
  const distance = 2 * radius + 4;
  const inFrame = ({ point }: Group): boolean =>
    point !== undefined &&
    point.x > frame.x + distance &&
    point.x < frame.x + frame.width - distance &&
    point.y > frame.y + distance &&
    point.y < frame.y + frame.height - distance;
  const groups = groupsOf(places);
  const here = groups.filter(inFrame).flatMap((group) => {
    const fan = fanAt(group.point!, group.places.length, distance);
    return group.places.map((line, index): Mark => ({ ...fan[index]!, places: line, onMap: true }));
  });
  const most = Math.floor((frame.height - 60) / distance);
  const beyond = (['west', 'east'] as const).flatMap((side) => {
    const lines = groups
      .filter((group) => !inFrame(group) && sideOf(group) === side)
      .sort((one, other) => wantedY(one) - wantedY(other))
      .flatMap((group) => group.places.map((line) => ({ line, y: wantedY(group) })));
    const kept = lines.slice(0, lines.length > most ? most - 1 : most);
    const rest = lines.slice(kept.length).flatMap(({ line }) => line);
    const shown = rest.length > 0 ? [...kept, { line: rest, y: Number.MAX_SAFE_INTEGER }] : kept;
    const tops = spread(
      shown.map(({ y }) => ({ wanted: y - radius, height: distance - GAP })),
      frame.y,
      frame.y + frame.height,
    );
    const x = side === 'west' ? frame.x + radius + 6 : frame.x + frame.width - radius - 6;
    return shown.map(({ line }, index): Mark => ({ x, y: tops[index]! + radius, places: line, onMap: false }));
  });
  return { frame, radius, marks: [...here, ...beyond], cards: [] };
}
