/** One value of one resource, resolved, with the premises it is judged under. */
import type { EvaluatorSlug } from '../../lib/catalogue';
import { EVALUATOR_CODE } from '../../lib/residency/evaluators';
import type { Answer } from '../../lib/residency/evaluators';
import { Premises } from '../../lib/residency/premises';
import type { JudgeOptions } from '../../lib/residency';
import type { Opinion } from '../../lib/residency/opinion';
import type { Json, Resolved, Resource } from '../../lib/template';
import { OPTIONS, application } from './court';
import type { Stack } from './court';

export interface Scene {
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  /** Resources beside the one that holds the value. */
  readonly beside?: { readonly [logicalId: string]: Json };
  readonly rest?: { readonly [section: string]: Json };
  readonly others?: readonly Stack[];
  readonly options?: Partial<JudgeOptions>;
}

export interface Staged {
  readonly value: Resolved;
  readonly from: Resource;
  readonly premises: Premises;
}

/** The value as resolution sees it in a stack in Dublin with an open parameter `Open`. */
export function staged(written: Json, { beside, rest, others, options, ...place }: Scene = {}): Staged {
  const app = application(
    {
      name: 'here',
      ...place,
      resources: { ...beside, Subject: { Type: 'AWS::Test::Subject', Properties: { Value: written } } },
      rest: { Parameters: { Open: { Type: 'String' } }, ...rest },
    },
    ...(others ?? []),
  );
  const from = app.templates[0]!.resource('Subject')!;
  const value = from.at('Value')[0]!.possible[0]!.value;
  return { value, from, premises: new Premises(app, { ...OPTIONS, ...options }) };
}

/** `closed` opens no way at all; `inside` is a flow to a place inside. */
export type Told = 'inside' | 'outside' | 'unknown' | 'closed';

export const told = ({ verdict, closed }: Opinion): Told => (closed ? 'closed' : verdict);

/** How a row asks: `Value` is judged unless `paths` says otherwise; `with` stands beside it. */
export interface Asking extends Scene {
  readonly paths?: readonly string[];
  readonly args?: Record<string, unknown>;
  readonly with?: { readonly [name: string]: Json };
  readonly type?: string;
}

/** What an evaluator answers about `Value` of one resource. */
export function answered(evaluator: EvaluatorSlug, written: Json | undefined, asking: Asking = {}): readonly Answer[] {
  const { beside, rest, others, options, paths = ['Value'], args = {}, with: siblings, type, ...place } = asking;
  const Properties = { ...(written === undefined ? {} : { Value: written }), ...siblings };
  const app = application(
    {
      name: 'here',
      ...place,
      resources: { ...beside, Subject: { Type: type ?? 'AWS::Test::Subject', Properties } },
      rest: { Parameters: { Open: { Type: 'String' } }, ...rest },
    },
    ...(others ?? []),
  );
  const resource = app.templates[0]!.resource('Subject')!;
  const premises = new Premises(app, { ...OPTIONS, ...options });
  const row = { slug: 'test', channel: 'export' as const, paths, args, carries: 'data' as const };
  return EVALUATOR_CODE[evaluator]({ row, resource, leaves: paths.flatMap((path) => resource.at(path)), premises });
}
