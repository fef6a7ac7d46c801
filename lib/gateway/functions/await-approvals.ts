/** Second step of the request workflow: waits with a task token. */
import { awaitApprovalsHandler } from '../handling/await-approvals-handler';
import { entry } from './entry';
import { workflowPorts } from './wiring';

export const handler = entry(() => awaitApprovalsHandler(workflowPorts()));
