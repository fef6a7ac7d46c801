/** Room for marks and boxes, so that none covers another. */
import type { Point } from './geography';

export const MARGIN = 16;
export const GAP = 12;

/** Finds room for marks: those of one city one under the other, as near to it as the marks of other cities leave. */
export class Room {
  readonly #taken: Point[] = [];

  /** @param distance between the middles of two marks */
  constructor(private readonly distance: number) {}

  fan({ x, y }: Point, count: number): readonly Point[] {
    return Array.from({ length: count }, (_, index) => {
      const wanted = { x, y: y + (index - (count - 1) / 2) * this.distance };
      const free = around(wanted, this.distance / 2).find((point) => this.#isFree(point)) ?? wanted;
      this.#taken.push(free);
      return free;
    });
  }

  #isFree({ x, y }: Point): boolean {
    return this.#taken.every((other) => Math.hypot(other.x - x, other.y - y) >= this.distance - 0.01);
  }
}

/** A point, and points on rings around it, the nearest first. */
function around({ x, y }: Point, step: number): readonly Point[] {
  const rings = Array.from({ length: 24 }, (_, ring) =>
    Array.from({ length: 12 }, (_each, index) => {
      const angle = (index * Math.PI) / 6;
      return { x: x + Math.cos(angle) * step * (ring + 1), y: y + Math.sin(angle) * step * (ring + 1) };
    }),
  );
  return [{ x, y }, ...rings.flat()];
}

/** Tops of boxes that want to stand around `wanted`, moved apart, inside the frame. */
export function spread(
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
