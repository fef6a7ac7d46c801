/** What the map is drawn from: outlines and points, already projected (`npm run page:assets` makes them). */
import geography from './data/geography.json';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Geography {
  /** Units of the drawing; x to the right, y down. */
  readonly width: number;
  readonly height: number;
  readonly countries: {
    [codeOrName: string]: {
      readonly name: string;
      /** ISO code; absent where `lib/geo` has no row. */
      readonly code?: string;
      /** SVG path data. */
      readonly path: string;
      readonly label?: (Point & { readonly text: string }) | undefined;
    };
  };
  /** Every Region of `lib/geo`; outside the frame where it lies outside. */
  readonly regions: { [region: string]: Point };
  /** Middle of every country of `lib/geo`, by ISO code. */
  readonly centres: { [code: string]: Point };
}

export const GEOGRAPHY: Geography = geography;

/** True for points inside the frame, with room for a mark. */
export const isOnMap = ({ x, y }: Point): boolean =>
  x > 12 && x < GEOGRAPHY.width - 12 && y > 12 && y < GEOGRAPHY.height - 12;
