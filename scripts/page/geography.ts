/**
 * The outlines and points of the map, as the page carries them: countries of world-atlas (Natural Earth, 1:50 million)
 * on the projection that EU statistics use (Lambert azimuthal equal-area, here centred on the frame), thinned to what a
 * screen shows. Made once, so that neither the command line nor the page needs a map library.
 */
import { readFileSync } from 'node:fs';
import { geoArea, geoAzimuthalEqualArea, geoCentroid, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { MultiPolygon, Polygon, Position } from 'geojson';
import { COUNTRIES, REGIONS } from '../../lib/geo';
import type { Geography } from '../../lib/report/page/geography';
import { CITIES } from './cities';
import { ALPHA2_BY_NUMERIC } from './iso-numeric';

const [WIDTH, HEIGHT] = [1280, 760];
/** Points of an outline closer than this, in units of the drawing, are one point. */
const GRAIN = 1.3;
/** Islands and states smaller than this, in square units, are not drawn, except a state of the EEA. */
const SPECK = 2;
/** Width of a letter of a country's name on the map. */
const LETTER = 6.4;

/** Width of the columns of cards, where no name of a country stands. */
const SIDE = 300;

/** What the atlas draws apart from the state it belongs to, when both have the same status. */
const PARTS: Readonly<Record<string, string>> = { Åland: 'FI' };

const projection = geoAzimuthalEqualArea()
  .rotate([-10, -53.2])
  .scale(1150)
  .translate([WIDTH / 2, HEIGHT / 2])
  .clipExtent([
    [-8, -8],
    [WIDTH + 8, HEIGHT + 8],
  ]);
const path = geoPath(projection).digits(1);

type Atlas = Topology<{ readonly countries: GeometryCollection<{ readonly name: string }> }>;

/** The atlas without points that fall together on the drawing. Borders are thinned once, so neighbours still fit. */
function thinned(atlas: Atlas): Atlas {
  const { scale, translate } = atlas.transform!;
  const arcs = atlas.arcs.map((arc) => {
    let [x, y] = [0, 0];
    const points = arc.map(([dx, dy]): Position => {
      [x, y] = [x + dx!, y + dy!];
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
    });
    let last = projection(points[0] as [number, number])!;
    return points.filter((point, index) => {
      const here = projection(point as [number, number])!;
      const ends = index === 0 || index === points.length - 1;
      if (!ends && Math.hypot(here[0] - last[0], here[1] - last[1]) < GRAIN) return false;
      last = here;
      return true;
    });
  });
  const { transform: _transform, ...rest } = atlas;
  return { ...rest, arcs };
}

const rounded = ([x, y]: readonly [number, number]): { x: number; y: number } => ({
  x: Math.round(x * 10) / 10,
  y: Math.round(y * 10) / 10,
});

/** Without what would be a speck; the largest part always stays. */
function withoutSpecks(geometry: Polygon | MultiPolygon): MultiPolygon {
  const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const area = (coordinates: Position[][]): number => path.area({ type: 'Polygon', coordinates });
  const largest = parts.reduce((one, other) => (area(other) > area(one) ? other : one));
  return { type: 'MultiPolygon', coordinates: parts.filter((part) => part === largest || area(part) >= SPECK) };
}

/** The part of a country that is the country to most people: France without Guiana. */
function mainland(geometry: Polygon | MultiPolygon): Polygon {
  const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const polygons = parts.map((coordinates): Polygon => ({ type: 'Polygon', coordinates }));
  return polygons.reduce((one, other) => (geoArea(other) > geoArea(one) ? other : one));
}

/** The name where it fits, else the code where that fits, else nothing. */
function labelOf(name: string, code: string, geometry: Polygon): Geography['countries'][string]['label'] {
  const [[left, top], [right, bottom]] = path.bounds(geometry);
  if (bottom - top < 14) return undefined;
  const text = [name, code].find((words) => words.length * LETTER < (right - left) * 0.72);
  const at = rounded(path.centroid(geometry));
  const shown = at.x > SIDE && at.x < WIDTH - SIDE && at.y > 20 && at.y < HEIGHT - 14;
  return text !== undefined && shown ? { ...at, text } : undefined;
}

/** Everything the map is drawn from. @throws Error when a Region or country of `lib/geo` has no place on it */
export function geography(): Geography {
  const file = require.resolve('world-atlas/countries-50m.json');
  const atlas = thinned(JSON.parse(readFileSync(file, 'utf8')) as Atlas);
  const countries: Geography['countries'] = {};
  const centres: Geography['centres'] = {};
  for (const { id, properties, geometry } of feature(atlas, atlas.objects.countries).features) {
    const row = COUNTRIES.find(({ code }) => code === ALPHA2_BY_NUMERIC[String(id)]);
    const shape = geometry as Polygon | MultiPolygon;
    const main = mainland(shape);
    if (row) {
      const centre = projection(geoCentroid(main));
      if (centre) centres[row.code] = rounded(centre);
    }
    const outline = path(withoutSpecks(shape));
    if (!outline || (path.area(shape) < SPECK && !row?.eea)) continue;
    const label = row && labelOf(row.name, row.code, main);
    const name = row?.name ?? properties.name;
    const code = row?.code ?? PARTS[properties.name];
    countries[row?.code ?? name] = { name, ...(code ? { code } : {}), path: outline, ...(label ? { label } : {}) };
  }
  const lost = COUNTRIES.filter(({ code }) => !centres[code]);
  if (lost.length > 0)
    throw new Error(
      `No outline is known for ${lost.map(({ code }) => code).join(', ')}; add the number to iso-numeric.ts.`,
    );
  const regions: Geography['regions'] = {};
  for (const { name, city, country } of REGIONS) {
    const position = CITIES[city];
    if (!position && city !== 'undisclosed') throw new Error(`${name}: ${city} has no position; add one to cities.ts.`);
    const point = position && projection([...position]);
    regions[name] = point ? rounded(point) : centres[country]!;
  }
  return { width: WIDTH, height: HEIGHT, countries, regions, centres };
}
