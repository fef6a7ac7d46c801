/** Lambda of `POST /approvals`. */
import { approvalHandler } from '../handling/approval-handler';
import { entry } from './entry';
import { workflowPorts } from './wiring';

export const handler = entry(() => approvalHandler(workflowPorts()));
