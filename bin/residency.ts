import type { IConstruct } from 'constructs';
import type { Enclave } from '../config/schema';
import { ResidencyChecks } from '../lib/nag';
import type { Judgement } from '../lib/residency';
import { sitePlaces, sourcePlaces } from './sites';
import { judgedTransfers, registeredTransfers } from './transfers';

/**
 * The residency pack as this enclave uses it: every site a place, the registered transfers, no waiver, nothing external.
 *
 * @throws ConfigurationError when a transfer is wrong or has expired
 */
export function residencyChecks(
  app: IConstruct,
  config: Enclave,
  today: Date,
  onJudgement: (judgement: Judgement) => void,
): ResidencyChecks {
  return new ResidencyChecks(app, {
    accounts: [config.auditor.account],
    sites: sitePlaces(config),
    ...(config.migration ? { sources: sourcePlaces(config.migration) } : {}),
    transfers: judgedTransfers(config, registeredTransfers(config, today)),
    onJudgement,
  });
}
