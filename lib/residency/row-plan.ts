/**
 * Which rows of the catalogue can have anything to say of a resource: a type has rows for everything it can do, a resource
 * of it does little of that. Resources of a type that state the same properties are asked the same rows at the same paths.
 */
import { rowsOf } from '../catalogue';
import type { ChannelRow, EvaluatorSlug } from '../catalogue';
import type { Resource } from '../template';
import { evaluatorOf } from './evaluators';
import type { Evaluator } from './evaluators';
import { isPlain, mayBegin } from './lookup';

export interface PlannedRow {
  readonly row: ChannelRow;
  readonly evaluator: Evaluator;
  /** Those of the row's paths at which something may stand. */
  readonly paths: readonly string[];
}

/**
 * Evaluators that answer for the values they are shown and, unless a row says what absence means, for nothing else. One that
 * is not listed is asked in any case, so that an evaluator nobody listed costs time and never a finding.
 */
export const ANSWERS_ONLY_VALUES: ReadonlySet<string> = new Set<EvaluatorSlug>([
  'stackRegion',
  'arnRegion',
  's3Name',
  'regionSibling',
  'accountRegister',
  'zoneInEea',
  'flagDeny',
  'hostAllowlist',
  'policyScan',
  'cidrIngress',
  'jsonScan',
  'bedrockProfile',
  'snsEndpoint',
  'endpointServiceName',
  'openIntegration',
  'sameSite',
]);

/** Plans by type, then by the names of the properties. */
const PLANS = new Map<string, Map<string, readonly PlannedRow[]>>();
/** Properties of a custom resource are its author's own: what is kept of them is bounded. */
const KEPT_PLANS = 500;

/** The rows to ask of a resource, in the order of the catalogue. */
export function rowsToAsk({ type, properties }: Pick<Resource, 'type' | 'properties'>): readonly PlannedRow[] {
  const names = namesOf(properties);
  const key = names === undefined ? ANYTHING : names.join('\n');
  let ofType = PLANS.get(type);
  if (!ofType) PLANS.set(type, (ofType = new Map<string, readonly PlannedRow[]>()));
  const known = ofType.get(key);
  if (known) return known;
  const plan = planFor(type, names && new Set(names));
  if (ofType.size < KEPT_PLANS) ofType.set(key, plan);
  return plan;
}

/** No list of names: no property is called like this. */
const ANYTHING = '\n';

/** Names of the properties; undefined when they are no plain map, so that a function or macro may bring any. */
function namesOf(properties: Resource['properties']): readonly string[] | undefined {
  if (typeof properties !== 'object' || properties === null) return undefined;
  return isPlain(properties) ? Object.keys(properties) : undefined;
}

function planFor(type: string, names: ReadonlySet<string> | undefined): readonly PlannedRow[] {
  const planned: PlannedRow[] = [];
  for (const row of rowsOf(type)) {
    const evaluator = evaluatorOf(row.evaluator);
    if (!evaluator) throw new Error(`Row ${row.slug} names the evaluator ${row.evaluator}, which does not exist.`);
    const paths = names ? row.paths.filter((path) => mayBegin(path, (name) => names.has(name))) : row.paths;
    if (paths.length > 0 || !ANSWERS_ONLY_VALUES.has(row.evaluator) || row.args?.['absent'] !== undefined)
      planned.push({ row, evaluator, paths });
  }
  return planned;
}
