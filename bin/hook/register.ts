/** What the deploy-time hook's judge is told: the same as the judge at synthesis, and where every agreed bucket stands. */
import type { IConstruct } from 'constructs';
import type { Enclave } from '../../config/schema';
import { bucketPlaces } from '../../lib/enclave/hook/buckets';
import type { HookRegister } from '../../lib/hook/register';
import { sitePlaces } from '../sites';
import { judgedTransfers, registeredTransfers } from '../transfers';

/**
 * The register of an enclave that is built and not yet synthesised.
 *
 * @throws ConfigurationError when a transfer is wrong or has expired
 */
export function hookRegister(config: Enclave, app: IConstruct, today: Date): HookRegister {
  const { sites, auditor, organization } = config;
  const accounts = [...sites, auditor].map(({ account }) => account);
  return {
    sites: sitePlaces(config),
    accounts: [...new Set([...accounts, ...(organization ? [organization.managementAccount] : [])])],
    buckets: [...bucketPlaces(app)],
    transfers: [...judgedTransfers(config, registeredTransfers(config, today))],
    // The stack set that brings a new version of the hook is judged like every other deployment.
    reviewedTypes: ['AWS::CloudFormation::LambdaHook'],
  };
}
