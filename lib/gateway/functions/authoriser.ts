/** Lambda authoriser of the API. */
import { authoriserHandler } from '../authoriser/authoriser-handler';
import { entry } from './entry';
import { callerConfiguration, functionConfiguration } from './environment';
import { gatewayPorts } from './wiring';

export const handler = entry(() => {
  const configuration = functionConfiguration();
  return authoriserHandler({ ...gatewayPorts(configuration), ...callerConfiguration(configuration) });
});
