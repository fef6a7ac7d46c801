import { sitePlaces, sourcePlaces } from '../../bin/sites';
import { findRegion } from '../../lib/geo';
import { NOTHING_REGISTERED, judge } from '../../lib/residency';
import type { JudgeOptions, Judgement } from '../../lib/residency';
import { applicationOf } from '../../lib/template';
import type { Json } from '../../lib/template';
import type { Synthesised } from './synthesised';

/** What the judge says of a synthesised enclave, asked as the app asks it. */
export function judged(
  { config, stacks, templates }: Synthesised,
  transfers: JudgeOptions['transfers'] = [],
  now = new Date('2026-11-22T12:00:00Z'),
): Judgement {
  const application = applicationOf(
    [...stacks].map(([stackName, { account, region }]) => ({
      stackName,
      account,
      region,
      template: templates.get(stackName)!.toJSON() as Json,
    })),
    { partitionOf: (region) => findRegion(region)?.partition },
  );
  return judge(application, {
    ...NOTHING_REGISTERED,
    now,
    transfers,
    accounts: [config.auditor.account],
    sites: sitePlaces(config),
    ...(config.migration ? { sources: sourcePlaces(config.migration) } : {}),
  });
}
