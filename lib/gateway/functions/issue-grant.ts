/** Last step of the request workflow. */
import { issueGrantHandler } from '../handling/issue-grant-handler';
import { entry } from './entry';
import { gatewayPorts } from './wiring';

export const handler = entry(() => issueGrantHandler(gatewayPorts()));
