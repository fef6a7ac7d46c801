/** Places of one city, or of one country off the map, on one card: a line each, with the number of its mark. */
import { countryName } from '../../residency';
import { counted } from '../wording';
import type { Point } from './geography';
import { GEOGRAPHY, isOnMap } from './geography';
import type { MapPlace, Status } from './places';
import { GAP, MARGIN } from './room';

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

export type Side = 'west' | 'east';

export const CARD_WIDTH = 268;
const [HEAD, ROW, NOTE, FOOT] = [46, 24, 17, 8];
/** Lines of a card before the rest is one line. */
const MOST_ROWS = 5;
/** Letters of a card's title. */
const LONGEST = 27;
/** West of this a place has its card on the left. */
const MIDDLE = 600;

export interface Group {
  readonly places: readonly (readonly MapPlace[])[];
  readonly point?: Point | undefined;
  readonly further?: number;
}

/** Places of one city, or of one country off the map, or of nowhere, in lines. */
export function groupsOf(places: readonly MapPlace[]): Group[] {
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

export const heightOf = ({ places }: Group): number =>
  HEAD + FOOT + places.reduce((sum, line) => sum + ROW + (noteOf(line) === undefined ? 0 : NOTE), 0);

export const sideOf = ({ point }: Group): Side => (point !== undefined && point.x < MIDDLE ? 'west' : 'east');

/** Sites first, then places outside the EEA, then what holds most. */
const weightOf = ({ places }: Group): number =>
  places
    .flat()
    .reduce(
      (sum, { site, status, stores, staying }) =>
        sum + (site ? 1e6 : 0) + (status === 'eea' ? 0 : 1e5) + stores + staying,
      0,
    );

/** As many groups as fit a column; the lightest become one. */
export function fitting(groups: readonly Group[], room: number): readonly Group[] {
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

/** How far down a card wants to be; what is nowhere stands last. */
export const wantedY = ({ point }: Group): number =>
  point === undefined ? Number.MAX_SAFE_INTEGER : Math.min(Math.max(point.y, 0), GEOGRAPHY.height);

/** @param fan where the marks are, when the city is on the map; else they stand on the edge of the card */
export function cardOf(group: Group, side: Side, top: number, fan: readonly Point[] | undefined): Card {
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
