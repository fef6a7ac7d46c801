/** Records of calls that were refused. */
import type { Test } from './pattern';

/**
 * How services spell a refusal in `errorCode`. Every service has its own word; these are those of the CloudTrail user
 * guide's examples and of the services in use, read 2026-11-22.
 */
export const REFUSED: readonly Test[] = [
  { prefix: 'AccessDenied' },
  { prefix: 'AuthorizationError' },
  { prefix: 'Forbidden' },
  { prefix: 'NotAuthorized' },
  { suffix: 'UnauthorizedAccess' },
  { suffix: 'UnauthorizedException' },
  { suffix: 'UnauthorizedOperation' },
];
