/** Figures of a run as one line of the log, from which CloudWatch makes metrics (embedded metric format). */
import type { AttestationCounts } from '../../lib/attestation';

/** @param at milliseconds since the epoch. @returns JSON on one line */
export function metricLine(
  namespace: string,
  { holds, broken, unseen, unexpected }: AttestationCounts,
  at: number,
): string {
  const values = { Completed: 1, Holds: holds, Broken: broken, Unseen: unseen, Unexpected: unexpected };
  return JSON.stringify({
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [[]],
          Metrics: Object.keys(values).map((Name) => ({ Name, Unit: 'Count' })),
        },
      ],
    },
    ...values,
  });
}
