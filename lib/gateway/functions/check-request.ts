/** First step of the request workflow. */
import { checkRequestHandler } from '../handling/check-request-handler';
import { entry } from './entry';
import { gatewayPorts } from './wiring';

export const handler = entry(() => checkRequestHandler(gatewayPorts()));
