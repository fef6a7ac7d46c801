/** A failed call as an answer that is missing: never as "nothing there". */
import type { Missing } from './model';

/** Names AWS gives to refusals by permission, over its protocols. */
const REFUSALS = new Set([
  'AccessDeniedException',
  'AccessDenied',
  'AccessDeniedFault',
  'AuthorizationError',
  'AuthorizationErrorException',
  'ForbiddenException',
  'UnauthorizedOperation',
]);

/** @param action the IAM action the call needs */
export function missing(action: string, error: unknown): Missing {
  const name = error instanceof Error ? error.name : 'Error';
  const message = (error instanceof Error ? error.message : String(error)).replace(/\s+/gu, ' ').trim();
  if (REFUSALS.has(name))
    return {
      kind: 'missing',
      action,
      why: `${action} is denied`,
      remedy: `Allow ${action} to the role that attests; it only reads.`,
    };
  return {
    kind: 'missing',
    action,
    why: `${action} failed: ${name}${message === '' || message === name ? '' : `: ${message}`}`,
    remedy: 'Repeat the run; check credentials, endpoint and whether the Region is enabled for the account.',
  };
}
