/** What the hook answers: `FAILED` refuses the deployment, whatever the reason. */
import type { Flow } from '../residency';

export interface HookAnswer {
  readonly hookStatus: 'SUCCESS' | 'FAILED';
  readonly errorCode?: 'NonCompliant' | 'InternalFailure';
  readonly message: string;
  readonly clientRequestToken: string;
}

/** Characters AWS keeps of a message: of CloudFormation's operations 4096, of Cloud Control's 1024. */
export const MESSAGE_LIMITS = { stack: 4096, resource: 1024 } as const;

/** Nothing to object to. */
export const accepted = (token: string, message: string): HookAnswer => ({
  hookStatus: 'SUCCESS',
  message,
  clientRequestToken: token,
});

/** The findings, worst first, as many as fit; how many there are is always told. */
export function refused(token: string, findings: readonly Flow[], limit: number): HookAnswer {
  const ordered = [...findings].sort((a, b) => Number(b.verdict === 'outside') - Number(a.verdict === 'outside'));
  const count = `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`;
  let message = `Data could leave the EEA, or it cannot be proved that it stays: ${count}.`;
  for (const { rule, why, fingerprint } of ordered) {
    const line = `\n[${rule}] ${oneLine(why)} (${fingerprint})`;
    if (message.length + line.length > limit) break;
    message += line;
  }
  return {
    hookStatus: 'FAILED',
    errorCode: 'NonCompliant',
    message: message.slice(0, limit),
    clientRequestToken: token,
  };
}

/** The judge did not come to an answer; a deployment nobody judged does not go on. */
export function undecided(token: string, error: unknown, limit: number): HookAnswer {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    hookStatus: 'FAILED',
    errorCode: 'InternalFailure',
    message: `Not judged, therefore refused: ${oneLine(reason)}`.slice(0, limit),
    clientRequestToken: token,
  };
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
