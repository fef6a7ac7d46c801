/** Where marks and cards of the map stand, so that no two cover each other: sites of one city are apart, cards stand in columns. */
import type { Card, Group, Mark } from './cards';
import { cardOf, fitting, groupsOf, heightOf, sideOf, wantedY } from './cards';
import type { Point } from './geography';
import { GEOGRAPHY, isOnMap } from './geography';
import type { Drawing } from './links';
import { GAP, MARGIN, Room, spread } from './room';

export interface Layout {
  readonly frame: Point & { readonly width: number; readonly height: number };
  readonly radius: number;
  readonly marks: readonly Mark[];
  readonly cards: readonly Card[];
}

/** The map with a card for every city, for screens and paper. */
export function wideLayout({ places }: Drawing): Layout {
  const { width, height } = GEOGRAPHY;
  const radius = 9;
  const room = new Room(2 * radius + 6);
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
      const fan = onMap ? room.fan(group.point!, group.places.length) : undefined;
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
  const room = new Room(distance);
  const here = groups.filter(inFrame).flatMap((group) => {
    const fan = room.fan(group.point!, group.places.length);
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
