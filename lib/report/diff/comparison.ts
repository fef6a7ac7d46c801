/** What every part of the comparison is given: both sides, and what is the same on them. */
import type { Resource } from '../../template';
import { Identity } from './identity';
import type { Side } from './model';
import { Pairing } from './pairing';

export interface Comparison {
  readonly base: Side;
  readonly head: Side;
  readonly pairing: Pairing;
  readonly inBase: Identity;
  readonly inHead: Identity;
  /** True when nothing that a resource says has changed, and nothing it may refer to has another name. */
  untouched(base: Resource, head: Resource): boolean;
}

export function comparisonOf(base: Side, head: Side): Comparison {
  const pairing = new Pairing(base.application, head.application);
  const shaken = new Set(
    pairing.pairs
      .filter(({ by }) => by !== undefined)
      .flatMap(({ base: before, head: now }) => [before.template, now.template]),
  );
  const sections = new Map<object, string>();
  const around = ({ template }: Resource): string => {
    const known = sections.get(template);
    if (known !== undefined) return known;
    const { Resources: _resources, ...rest } = template.raw;
    const text = JSON.stringify([rest, template.source.region, template.source.account]);
    sections.set(template, text);
    return text;
  };
  return {
    base,
    head,
    pairing,
    inBase: new Identity(base.application, pairing),
    inHead: new Identity(head.application, pairing),
    untouched: (before, now) =>
      !shaken.has(before.template) &&
      !shaken.has(now.template) &&
      JSON.stringify(before.properties) === JSON.stringify(now.properties) &&
      around(before) === around(now),
  };
}
