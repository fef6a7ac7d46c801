/** Flows between the same two places as one line of the map. */
import type { Flow } from '../../residency';
import type { SiteRecord } from '../register/model';
import type { MapPlace } from './places';
import { Places } from './places';
import type { State } from './state';
import { STATES, stateOf } from './state';

export interface Link {
  readonly index: number;
  readonly from: MapPlace;
  readonly to: MapPlace;
  readonly state: State;
  count: number;
}

export interface PlacedFlow {
  readonly flow: Flow;
  readonly state: State;
  readonly from: MapPlace;
  readonly to: MapPlace;
  /** Absent for flows that stay where they are. */
  readonly link?: Link | undefined;
}

export interface Drawing {
  readonly places: readonly MapPlace[];
  /** Harmless ones first, so that what leaves is drawn over them. */
  readonly links: readonly Link[];
  /** Worst first, else in the order of the judgement. */
  readonly flows: readonly PlacedFlow[];
}

const rank = (state: State): number => STATES.indexOf(state);

/** Numbers as a reader expects them: sites first, then the places that hold most. */
function renumber(places: MapPlace[]): void {
  const weight = ({ site, stores }: MapPlace): number => (site ? Number.MAX_SAFE_INTEGER : stores);
  places.sort((one, other) => weight(other) - weight(one));
  places.forEach((place, index) => {
    place.index = index;
  });
}

export function drawingOf(flows: readonly Flow[], sites: readonly SiteRecord[]): Drawing {
  const places = new Places(sites);
  const ids = new Map<MapPlace, number>();
  const idOf = (place: MapPlace): number => ids.get(place) ?? ids.set(place, ids.size).get(place)!;
  const found = new Map<string, { from: MapPlace; to: MapPlace; state: State; count: number }>();
  const ends = flows.map((flow) => {
    const [to, state] = [places.destination(flow), stateOf(flow)];
    // A placement says where a store stands: nothing moves, wherever its template would be deployed.
    const from = flow.channel === 'placement' ? to : places.origin(flow);
    if (flow.rule === 'store-placement') to.stores += 1;
    const key = `${idOf(from)} ${idOf(to)} ${state}`;
    if (from === to) from.staying += flow.channel === 'placement' ? 0 : 1;
    else {
      const link = found.get(key) ?? { from, to, state, count: 0 };
      link.count += 1;
      found.set(key, link);
    }
    return { flow, state, from, to, key };
  });
  renumber(places.all);
  const links = [...found]
    .sort(([, one], [, other]) => rank(other.state) - rank(one.state))
    .map(([key, link], index) => [key, { index, ...link }] as const);
  const byKey = new Map<string, Link>(links);
  return {
    places: places.all,
    links: links.map(([, link]) => link),
    flows: ends
      .map(({ key, ...placed }) => ({ ...placed, link: byKey.get(key) }))
      .sort((one, other) => rank(one.state) - rank(other.state)),
  };
}
