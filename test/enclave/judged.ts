import { sitePlaces, sourcePlaces } from '../../bin/sites';
import { findRegion } from '../../lib/geo';
import { NOTHING_REGISTERED, judge } from '../../lib/residency';
import type { Judgement } from '../../lib/residency';
import { applicationOf } from '../../lib/template';
import type { Json } from '../../lib/template';
import type { Synthesised } from './synthesised';

/** What the judge says of a synthesised enclave, asked as the app asks it. */
export function judged({ config, stacks, templates }: Synthesised): Judgement {
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
    now: new Date('2026-11-22T12:00:00Z'),
    accounts: [config.auditor.account],
    sites: sitePlaces(config),
    ...(config.migration ? { sources: sourcePlaces(config.migration) } : {}),
  });
}
