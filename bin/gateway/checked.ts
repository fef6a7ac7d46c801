/** What the gateway is built from, read from the configuration and checked: mistakes end the synthesis with a line each. */
import { resolve } from 'node:path';
import { datasets } from '../../config/datasets';
import { gateway } from '../../config/gateway';
import { issuer } from '../../config/issuer';
import { ConfigurationError } from '../../config/parse';
import { parseDatasets } from '../../config/registers';
import type { Enclave } from '../../config/schema';
import type { GatewayPlan } from '../../lib/enclave/gateway/gateway-plan';
import { issuerSchema } from '../../lib/gateway/authoriser/issuer';
import type { Issuer } from '../../lib/gateway/authoriser/issuer';
import { PolicyError } from '../../lib/gateway/policies/policy-error';
import { validatePolicies } from '../../lib/gateway/policies/validate-policies';
import { SettingsError, parseGatewaySettings, parseWith } from '../../lib/gateway/settings';
import { registeredTransfers } from '../transfers';

/** Folder of the Cedar policies and their schema. */
export const POLICY_FOLDER = resolve(__dirname, '../../config/gateway');

/** A plan whose code has not been bundled yet, and what goes into the bundle besides. */
export interface CheckedGateway extends Omit<GatewayPlan, 'code'> {
  readonly issuer: Issuer;
}

/**
 * @param policyFolder for tests: where the policies stand
 * @throws ConfigurationError with a line per mistake; a policy's in Cedar's own words
 */
export function checkedGateway(config: Enclave, today: Date, policyFolder: string = POLICY_FOLDER): CheckedGateway {
  try {
    const settings = parseGatewaySettings(gateway);
    return {
      settings,
      policySet: validatePolicies(policyFolder, settings),
      datasets: parseDatasets(datasets, config.stores),
      transfers: registeredTransfers(config, today),
      issuer: parseWith(issuerSchema, issuer, 'config/issuer.ts'),
    };
  } catch (error) {
    if (error instanceof PolicyError || error instanceof SettingsError)
      throw new ConfigurationError(error.message.split('\n'));
    throw error;
  }
}
