/**
 * Filters over a trail's log group, for what no event bus of a site sees: services recorded in one Region outside the EEA,
 * and calls made in Regions where nobody of the enclave has any business. The trail covers all Regions and delivers here.
 */
import { RECORDED_ELSEWHERE } from './event-sources';
import { watchedEvents } from './watched-events';

/** Characters of a filter pattern CloudWatch Logs takes. Source: `PutMetricFilter` API reference, read 2026-11-22. */
export const FILTER_CHARACTERS = 1_024;

export interface TrailFilter {
  /** Part of the metric's name, such as `iam-1` or `calls-elsewhere`. */
  readonly name: string;
  readonly description: string;
  readonly pattern: string;
}

const is = (field: string, value: string): string => `($.${field} = "${value}")`;
const isNot = (field: string, value: string): string => `($.${field} != "${value}")`;

/** Filters for the trail of a site. @param regions every Region in which accounts of the enclave may act */
export function trailFilters(regions: readonly string[]): readonly TrailFilter[] {
  return [...globalServices(), callsElsewhere(regions)];
}

function globalServices(): readonly TrailFilter[] {
  const sources = [...new Set(watchedEvents().map(({ source }) => source))].filter((s) => RECORDED_ELSEWHERE.has(s));
  return sources.flatMap((source) => {
    const service = source.split('.')[0]!;
    const names = watchedEvents().flatMap((e) => (e.source === source ? [e.name] : []));
    const parts = packed(source, names);
    return parts.map((pattern, index) => ({
      name: parts.length === 1 ? service : `${service}-${index + 1}`,
      description: `A call of ${service} that opens a way out, wherever AWS recorded it`,
      pattern,
    }));
  });
}

function packed(source: string, names: readonly string[]): readonly string[] {
  const pattern = (of: readonly string[]): string =>
    `{ ${is('eventSource', source)} && (${of.map((name) => is('eventName', name)).join(' || ')}) }`;
  const parts: string[][] = [];
  for (const name of names) {
    const last = parts.at(-1);
    if (last && pattern([...last, name]).length <= FILTER_CHARACTERS) last.push(name);
    else parts.push([name]);
  }
  return parts.map(pattern);
}

function callsElsewhere(regions: readonly string[]): TrailFilter {
  // STS answers at its global endpoint too; sessions are no way out of their own.
  const global = [...RECORDED_ELSEWHERE, 'sts.amazonaws.com', 'signin.amazonaws.com', 'health.amazonaws.com'];
  const conditions = [
    is('eventType', 'AwsApiCall'),
    ...regions.map((region) => isNot('awsRegion', region)),
    ...global.map((source) => isNot('eventSource', source)),
  ];
  const pattern = `{ ${conditions.join(' && ')} }`;
  if (pattern.length > FILTER_CHARACTERS)
    throw new Error(
      `The filter for calls elsewhere has ${pattern.length} characters; the limit is ${FILTER_CHARACTERS}.`,
    );
  return {
    name: 'calls-elsewhere',
    description: 'A call in a Region where the enclave has no business, refused or not',
    pattern,
  };
}
