/** Lambda of `POST /revocations`. */
import { revocationHandler } from '../handling/revocation-handler';
import { entry } from './entry';
import { gatewayPorts } from './wiring';

export const handler = entry(() => revocationHandler(gatewayPorts()));
