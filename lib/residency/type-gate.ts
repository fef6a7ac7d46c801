/** First net: a type nobody assessed may not hold or touch restricted data. */
import { rowsOf, verdictOf } from '../catalogue';
import type { ChannelRow } from '../catalogue';
import type { Resource } from '../template';
import { isCustom } from './destination';
import type { Draft } from './draft';
import { unknown } from './opinion';
import type { JudgeOptions } from './options';
import type { Premises } from './premises';

/** The finding for a resource whose type is not assessed, denied or retired; none for types that were read. */
export function typeGate(resource: Resource, premises: Premises): readonly Draft[] {
  const { type } = resource;
  if (premises.options.reviewedTypes.includes(type)) return [];
  const known = verdictOf(type);
  if (known && known.verdict !== 'denied' && known.verdict !== 'retired') return [];
  if (isDeniedByRow(rowsOf(type), premises.options)) return [];
  const module = type.endsWith('::MODULE');
  const because = known
    ? `the type ${type} is not allowed near restricted data (${known.reason})`
    : isCustom(type)
      ? `what the custom resource ${type} does is code no template holds: not assessed`
      : module
        ? `what the module ${type} creates is not in the template: not assessed`
        : `the type ${type || '(none)'} is not assessed`;
  return [
    {
      rule: known ? 'type-denied' : 'type-not-assessed',
      channel: 'arbitrary-code',
      resource,
      store: resource,
      path: '',
      opinion: unknown(because, { kind: isCustom(type) || module ? 'code' : 'unknown', value: type || 'no type' }),
      origin: [],
      remedy:
        isCustom(type) || module
          ? 'Replace it with resources a template shows, or register the type as reviewed.'
          : 'Use an assessed type, have this one assessed in the catalogue, or register a waiver.',
      ...(resource.line === undefined ? {} : { line: resource.line }),
    },
  ];
}

/**
 * True when a row denies the type itself, which says more than the gate does. A row of the enclave's own scope is heard only
 * where sites are declared; elsewhere it is silent, and the gate has to speak.
 */
export function isDeniedByRow(rows: readonly ChannelRow[], { sites }: Pick<JudgeOptions, 'sites'>): boolean {
  return rows.some((row) => row.evaluator === 'typeDeny' && (row.scope !== 'enclave' || sites !== undefined));
}
