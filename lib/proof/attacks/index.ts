/** The attack matrix. */
import { INSIDE } from './inside';
import { OUTWARD } from './outward';
import { OWN } from './own';
import type { Attack } from './attack';

export type { Attack } from './attack';
export { play } from './play';
export type { Outcome } from './play';

/** Every row, by id: T of the design, E of this project. */
export const ATTACKS: readonly Attack[] = [...INSIDE, ...OUTWARD, ...OWN].sort((a, b) =>
  a.id[0] === b.id[0] ? a.id.localeCompare(b.id) : a.id[0] === 'T' ? -1 : 1,
);
