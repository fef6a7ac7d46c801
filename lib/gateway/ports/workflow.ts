/** The port to the workflow that waits for approvals. */
export interface Workflow {
  /** Starts the workflow of a request; the same id twice starts one. */
  start(requestId: string): Promise<void>;
  /** The approvals are there: the workflow goes on. */
  approved(taskToken: string, requestId: string): Promise<void>;
  /** Somebody said no: the workflow ends. */
  refused(taskToken: string): Promise<void>;
}
