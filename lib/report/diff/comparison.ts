/** What every part of the comparison is given: both sides, and what is the same on them. */
import type { Resource } from '../../template';
import { Identity } from './identity';
import type { Side } from './model';
import { Pairing } from './pairing';
import { Untouched } from './untouched';

export interface Comparison {
  readonly base: Side;
  readonly head: Side;
  readonly pairing: Pairing;
  readonly inBase: Identity;
  readonly inHead: Identity;
  /** True when nothing that a resource says has changed, and what it refers to is the same. */
  untouched(base: Resource, head: Resource): boolean;
}

export function comparisonOf(base: Side, head: Side): Comparison {
  const pairing = new Pairing(base.application, head.application);
  const same = new Untouched(pairing);
  return {
    base,
    head,
    pairing,
    inBase: new Identity(base.application, pairing),
    inHead: new Identity(head.application, pairing),
    untouched: (before, now) => same.holds(before, now),
  };
}
