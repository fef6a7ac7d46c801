/** Attests the network: what stands in it, every route, every endpoint, and every way out. */
import { kindsService } from '../kinds';
import { ENDPOINTS } from './endpoints';
import { FLOW_LOGS } from './flow-logs';
import { GATEWAYS } from './gateways';
import { NETWORK_READS } from './network-reader';
import { SECURITY_GROUPS, SUBNETS, VPCS } from './vpcs';

export const NETWORK_SERVICE = kindsService('network', NETWORK_READS, [
  VPCS,
  SUBNETS,
  SECURITY_GROUPS,
  ENDPOINTS,
  FLOW_LOGS,
  ...GATEWAYS,
]);
