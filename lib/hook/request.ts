/**
 * What CloudFormation hands to a Lambda Hook, read strictly.
 *
 * Source: CloudFormation Hooks User Guide, "Create Lambda functions to evaluate resources for Lambda Hooks". Fields AWS adds
 * are passed over; a field the judge needs and does not find is an error, and an error refuses the deployment.
 */
import { z } from 'zod';

const properties = z.record(z.string(), z.json());

const common = {
  clientRequestToken: z.string().min(1),
  awsAccountId: z.string().regex(/^\d{12}$/),
  /** Absent where Cloud Control creates a resource outside any stack. */
  stackId: z.string().nullish(),
  hookTypeName: z.string(),
  actionInvocationPoint: z.enum(['CREATE_PRE_PROVISION', 'UPDATE_PRE_PROVISION', 'DELETE_PRE_PROVISION']),
};

const requestSchema = z.object({
  ...common,
  requestData: z.union([
    z.object({
      targetType: z.enum(['STACK', 'CHANGE_SET']),
      targetName: z.string(),
      /** Presigned S3 address of a document with the template. */
      payload: z.string().min(1),
    }),
    z.object({
      targetType: z.enum(['RESOURCE', 'CLOUD_CONTROL']).default('RESOURCE'),
      targetName: z.string().regex(/^\w+(::\w+){2,3}$/),
      targetLogicalId: z.string().min(1).nullish(),
      targetModel: z.object({ resourceProperties: properties }),
    }),
    // What is deleted is told by its name alone.
    z.object({ targetType: z.string(), targetName: z.string() }),
  ]),
});

export type HookRequest = z.output<typeof requestSchema>;
export type LoneResource = Extract<HookRequest['requestData'], { targetModel: unknown }>;

/** The account, Region and name of the stack that is deployed. */
export interface StackPlace {
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
}

/** A request that cannot be judged. The message is one line: what was seen, and what follows from it. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
}

/** Reads the event of an invocation. @throws RequestError naming the first field that is wrong */
export function parseRequest(event: unknown): HookRequest {
  const result = requestSchema.safeParse(event);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  throw new RequestError(`the request of the hook is not understood at ${path.join('.') || 'its top'}: ${message}`);
}

/** The token to answer with, even where nothing else of the event can be read. */
export function tokenOf(event: unknown): string {
  const token = (event as { clientRequestToken?: unknown } | null | undefined)?.clientRequestToken;
  return typeof token === 'string' ? token : '';
}

const STACK_ARN = /^arn:[a-z-]+:cloudformation:([a-z0-9-]+):(\d{12}):stack\/([A-Za-z][A-Za-z0-9-]*)\/[\w-]+$/;

/**
 * Where the stack is deployed. A resource of Cloud Control has no stack: it stands where the hook stands.
 *
 * @param region Region of the function, the only one in which the hook is asked
 * @throws RequestError when the stack is said to be of another account or Region
 */
export function placeOf(request: HookRequest, region: string): StackPlace {
  const { stackId, awsAccountId, requestData } = request;
  if (!stackId) {
    if ('payload' in requestData)
      throw new RequestError('the request of the hook names no stack, so its place is unknown');
    return { account: awsAccountId, region, stackName: 'cloud-control' };
  }
  const [, home, account, stackName] = STACK_ARN.exec(stackId) ?? [];
  if (home === undefined || account === undefined || stackName === undefined)
    throw new RequestError(`the stack \`${stackId}\` is not the ARN of a stack, so its place is unknown`);
  if (home !== region || account !== awsAccountId)
    throw new RequestError(
      `the stack \`${stackId}\` is not of account ${awsAccountId} in ${region}, where the hook was asked`,
    );
  return { account, region, stackName };
}
