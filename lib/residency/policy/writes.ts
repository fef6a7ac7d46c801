/** Statements of a resource policy that only let data in. */
import { textOf } from '../../template';
import type { Statement } from './statement';

/**
 * Actions that put data into the resource they stand on and hand nothing back, by the service authorization reference.
 * Changing an ACL, a policy or a subscription is not among them.
 */
const WRITES = new Set([
  'events:putevents',
  'firehose:putrecord',
  'firehose:putrecordbatch',
  'kinesis:putrecord',
  'kinesis:putrecords',
  'logs:createlogstream',
  'logs:putlogevents',
  's3:abortmultipartupload',
  's3:putobject',
  's3:replicatedelete',
  's3:replicateobject',
  's3:replicatetags',
  'sns:publish',
  'sqs:sendmessage',
]);

/** True when every action of the statement is named in full and only writes. */
export function writesOnly(statement: Statement): boolean {
  return (
    !statement.notAction &&
    statement.actions.length > 0 &&
    statement.actions.every((action) => WRITES.has((textOf(action) ?? '').toLowerCase()))
  );
}
