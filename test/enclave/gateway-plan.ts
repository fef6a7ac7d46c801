import { join } from 'node:path';
import { checkedGateway } from '../../bin/gateway/checked';
import type { Enclave } from '../../config/schema';
import type { GatewayPlan } from '../../lib/enclave/gateway/gateway-plan';
import type { Transfer } from '../../lib/gateway/transfer';

/**
 * The shipped gateway with a line of code instead of the bundle: templates name code by its hash only, and
 * test/enclave/gateway-bundle.test.ts bundles.
 */
export function gatewayPlan(config: Enclave, transfers: readonly Transfer[]): GatewayPlan {
  const { issuer: _, ...plan } = checkedGateway(config, new Date());
  const code = join(__dirname, 'gateway-code');
  return { ...plan, transfers, code: Object.fromEntries(config.sites.map(({ id }) => [id, code])) };
}
