/** Puts a stack policy on a stack and reads it back. */
import { CloudFormationClient, GetStackPolicyCommand, SetStackPolicyCommand } from '@aws-sdk/client-cloudformation';
import type { Access } from './session';
import { awsError } from './session';

export interface Protection {
  readonly stack: string;
  readonly protected: boolean;
  /** One line: what was done, or what failed and what to do. */
  readonly message: string;
}

/** Idempotent: a stack that has the policy already is left alone. Never throws for what AWS refuses. */
export async function protectStack(stack: string, access: Access, policy: object): Promise<Protection> {
  const client = new CloudFormationClient({ ...access, retryMode: 'adaptive', maxAttempts: 8 });
  const wanted = sorted(policy);
  const current = async (): Promise<string | undefined> =>
    (await client.send(new GetStackPolicyCommand({ StackName: stack }))).StackPolicyBody;
  let action = 'cloudformation:GetStackPolicy';
  try {
    if (same(await current(), wanted)) return { stack, protected: true, message: 'had the policy already' };
    action = 'cloudformation:SetStackPolicy';
    await client.send(new SetStackPolicyCommand({ StackName: stack, StackPolicyBody: JSON.stringify(policy) }));
    action = 'cloudformation:GetStackPolicy';
    if (same(await current(), wanted)) return { stack, protected: true, message: 'policy set and read back' };
    return { stack, protected: false, message: 'another policy was read back than was set; look for who sets it too' };
  } catch (error) {
    return { stack, protected: false, message: `${action} failed: ${awsError(error)}` };
  } finally {
    client.destroy();
  }
}

function same(text: string | undefined, wanted: string): boolean {
  if (text === undefined) return false;
  try {
    return sorted(JSON.parse(text)) === wanted;
  } catch {
    return false;
  }
}

/** JSON text with sorted keys. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
