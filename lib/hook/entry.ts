/** The judge in a CloudFormation Lambda Hook: entry point of the function's package. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerTo } from './handler';
import type { HookAnswer } from './answer';
import { registerSchema } from './register';
import { templateReader } from './template-reader';

/** Read once: a package without a readable register fails to start, and a hook that does not start refuses. */
const register = registerSchema.parse(JSON.parse(readFileSync(join(__dirname, 'register.json'), 'utf8')));
const deployed = templateReader();

/** Invoked by CloudFormation with one operation to judge. */
export const handler = (event: unknown, context: { readonly invokedFunctionArn: string }): Promise<HookAnswer> =>
  answerTo(event, {
    register,
    // The function's own ARN: nobody who deploys can set it.
    region: context.invokedFunctionArn.split(':')[3] ?? '',
    fetch: globalThis.fetch,
    deployed,
    now: () => new Date(),
    milliseconds: 24_000,
  });
