/** What the stacks of the scheduled attestation are given from outside. */
export interface AttestationPlan {
  /** Folder of the function's code; its handler is `index.handler`. */
  readonly code: string;
}
