import type { IConstruct } from 'constructs';
import type { Enclave } from '../config/schema';
import { ResidencyChecks } from '../lib/nag';
import type { Judgement } from '../lib/residency';
import { sitePlaces } from './sites';

/** The residency pack as this enclave uses it: every site a place, no waiver, no transfer, nothing external. */
export function residencyChecks(
  app: IConstruct,
  config: Enclave,
  onJudgement: (judgement: Judgement) => void,
): ResidencyChecks {
  return new ResidencyChecks(app, { accounts: [config.auditor.account], sites: sitePlaces(config), onJudgement });
}
