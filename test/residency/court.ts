/** Small applications in memory and what the judge says of them. */
import { findRegion } from '../../lib/geo';
import { NOTHING_REGISTERED, judge, parseExternalStores } from '../../lib/residency';
import type { Flow, Judgement, JudgeOptions } from '../../lib/residency';
import { applicationOf } from '../../lib/template';
import type { Application, Json } from '../../lib/template';

export const OURS = '111111111111';
export const FOREIGN = '999999999999';
export const NOW = new Date('2026-11-22T12:00:00Z');

export type Resources = { readonly [logicalId: string]: Json };

export interface Stack {
  readonly name?: string;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  readonly resources: Resources;
  readonly rest?: { readonly [section: string]: Json };
}

/** Stacks as one application; a stack stands in Dublin, in our account, unless it says otherwise (`undefined` for nowhere). */
export function application(...stacks: readonly Stack[]): Application {
  return applicationOf(
    stacks.map((stack, index) => {
      const region = 'region' in stack ? stack.region : 'eu-west-1';
      const account = 'account' in stack ? stack.account : OURS;
      return {
        stackName: stack.name ?? `stack-${index + 1}`,
        ...(account === undefined ? {} : { account }),
        ...(region === undefined ? {} : { region }),
        template: { ...stack.rest, Resources: stack.resources } as Json,
      };
    }),
    { partitionOf: (region) => findRegion(region)?.partition },
  );
}

export const OPTIONS: JudgeOptions = {
  ...NOTHING_REGISTERED,
  now: NOW,
};

export function judged(stacks: Stack | readonly Stack[], options: Partial<JudgeOptions> = {}): Judgement {
  return judge(application(...[stacks].flat()), { ...OPTIONS, ...options });
}

/** Judges one stack in Dublin. */
export function here(resources: Resources, options: Partial<JudgeOptions> = {}): Judgement {
  return judged({ name: 'here', resources }, options);
}

/** `rule verdict` of everything that is not a placement inside. */
export function told(judgement: Judgement): readonly string[] {
  return judgement.flows
    .filter((flow) => flow.rule !== 'store-placement' || flow.verdict !== 'inside')
    .map((flow) => `${flow.rule} ${flow.verdict}`);
}

/** The flows of one rule. */
export function flowsOf(judgement: Judgement, rule: string): readonly Flow[] {
  return judgement.flows.filter((flow) => flow.rule === rule);
}

export const register = (data: unknown): JudgeOptions['stores'] => parseExternalStores(data, 'stores.yaml');
