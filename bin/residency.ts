import type { IConstruct } from 'constructs';
import type { Enclave } from '../config/schema';
import { ResidencyChecks } from '../lib/nag';
import { NO_EXTERNAL_STORES } from '../lib/residency';
import type { Judgement } from '../lib/residency';
import { sitePlaces } from './sites';

/** The residency pack as this enclave uses it: every site a place, no waiver, no transfer, nothing external. */
export function residencyChecks(
  app: IConstruct,
  config: Enclave,
  onJudgement: (judgement: Judgement) => void,
): ResidencyChecks {
  return new ResidencyChecks(app, {
    stores: NO_EXTERNAL_STORES,
    accounts: [config.auditor.account],
    classDefault: 'restricted',
    transfers: [],
    waivers: [],
    reviewedTypes: [],
    now: new Date(),
    sites: sitePlaces(config),
    onJudgement,
  });
}
