/** Lambda of `POST /kill-switch`. */
import { killSwitchHandler } from '../handling/kill-switch-handler';
import { entry } from './entry';
import { gatewayPorts } from './wiring';

export const handler = entry(() => killSwitchHandler(gatewayPorts()));
