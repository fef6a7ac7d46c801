import type { IConstruct } from 'constructs';
import type { Enclave } from '../config/schema';
import type { Transfer } from '../lib/gateway/transfer';
import { ResidencyChecks } from '../lib/nag';
import type { Judgement } from '../lib/residency';
import { sitePlaces, sourcePlaces } from './sites';
import { judgedTransfers } from './transfers';

/**
 * The residency pack as this enclave uses it: every site a place, the registered transfers, nothing external, and no waiver but
 * that of the scheduled attestation, if there is one.
 *
 * @param transfers the register, checked on the day of the synthesis
 */
export function residencyChecks(
  app: IConstruct,
  config: Enclave,
  transfers: readonly Transfer[],
  onJudgement: (judgement: Judgement) => void,
): ResidencyChecks {
  return new ResidencyChecks(app, {
    accounts: [config.auditor.account],
    sites: sitePlaces(config),
    ...(config.migration ? { sources: sourcePlaces(config.migration) } : {}),
    transfers: judgedTransfers(config, transfers),
    ...(config.attestation ? { waivers: [config.attestation.waiver] } : {}),
    onJudgement,
  });
}
