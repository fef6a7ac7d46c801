/** Lines of flows as curves, apart from each other. */
import type { Point } from './geography';

export interface Curve {
  /** SVG path data. */
  readonly path: string;
  /** The point at a share of the way, 0 to 1. */
  readonly at: (share: number) => Point;
}

export const fixed = (number: number): string => String(Math.round(number * 10) / 10);

/** A quadratic curve by way of a control point, that ends before the marks of this radius. */
function through(from: Point, to: Point, control: Point, radius: number): Curve {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const towards = (end: Point, distance: number): Point => {
    const away = Math.hypot(control.x - end.x, control.y - end.y) || 1;
    const share = Math.min(distance, length) / away;
    return { x: end.x + (control.x - end.x) * share, y: end.y + (control.y - end.y) * share };
  };
  const [a, b] = [towards(from, radius + 1), towards(to, radius + 4)];
  return {
    path: `M${fixed(a.x)} ${fixed(a.y)}Q${fixed(control.x)} ${fixed(control.y)} ${fixed(b.x)} ${fixed(b.y)}`,
    at: (t) => ({
      x: (1 - t) ** 2 * a.x + 2 * t * (1 - t) * control.x + t ** 2 * b.x,
      y: (1 - t) ** 2 * a.y + 2 * t * (1 - t) * control.y + t ** 2 * b.y,
    }),
  };
}

/** A curve that bends to the right of its direction, so that there and back are two lines; `bend` in shares of its length. */
export function bent(from: Point, to: Point, bend: number, radius: number): Curve {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  return through(from, to, { x: (from.x + to.x) / 2 - dy * bend, y: (from.y + to.y) / 2 + dx * bend }, radius);
}

/** A bow between two marks one above the other; `reach` is how far to the right (negative: left) it goes. */
export function bow(from: Point, to: Point, reach: number, radius: number): Curve {
  return through(from, to, { x: from.x + 2 * reach, y: (from.y + to.y) / 2 }, radius);
}
