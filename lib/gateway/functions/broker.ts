/** Lambda of `POST /access`. */
import { brokerHandler } from '../handling/broker-handler';
import { entry } from './entry';
import { gatewayPorts } from './wiring';

export const handler = entry(() => brokerHandler(gatewayPorts()));
