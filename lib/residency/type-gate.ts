/** First net: a type nobody assessed may not hold or touch restricted data. */
import { verdictOf } from '../catalogue';
import type { Resource } from '../template';
import { isCustom } from './destination';
import type { Draft } from './draft';
import { unknown } from './opinion';
import type { Premises } from './premises';

/** The finding for a resource whose type is not assessed, denied or retired; undefined for types that were read. */
export function typeGate(resource: Resource, premises: Premises): Draft | undefined {
  const { type } = resource;
  if (premises.options.reviewedTypes.includes(type)) return undefined;
  const known = verdictOf(type);
  if (known && known.verdict !== 'denied' && known.verdict !== 'retired') return undefined;
  const module = type.endsWith('::MODULE');
  const because = known
    ? `the type ${type} is not allowed near restricted data (${known.reason})`
    : isCustom(type)
      ? `what the custom resource ${type} does is code no template holds: not assessed`
      : module
        ? `what the module ${type} creates is not in the template: not assessed`
        : `the type ${type || '(none)'} is not assessed`;
  return {
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
  };
}
