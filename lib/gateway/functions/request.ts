/** Lambda of `POST /requests`. */
import { requestHandler } from '../handling/request-handler';
import { entry } from './entry';
import { workflowPorts } from './wiring';

export const handler = entry(() => requestHandler(workflowPorts()));
