import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import type { Emulator } from '../../test/emulator/emulator';
import type { AssemblyStack } from '../../bin/aws/assembly';

export interface StandingStack extends AssemblyStack {
  /** CloudFormation's status, or `absent`. */
  readonly status: string;
  readonly resources: number;
}

const clientFor = async (emulator: Emulator, { account, region }: AssemblyStack): Promise<CloudFormationClient> =>
  new CloudFormationClient(await emulator.client(account, region));

/** What CloudFormation answers about each stack of an assembly. */
export async function standing(emulator: Emulator, stacks: readonly AssemblyStack[]): Promise<StandingStack[]> {
  const rows: StandingStack[] = [];
  for (const stack of stacks) {
    const client = await clientFor(emulator, stack);
    try {
      const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stack.name }));
      const { StackResourceSummaries } = await client.send(new ListStackResourcesCommand({ StackName: stack.name }));
      rows.push({
        ...stack,
        status: Stacks?.[0]?.StackStatus ?? 'absent',
        resources: StackResourceSummaries?.length ?? 0,
      });
    } catch (error) {
      if (!/does not exist/.test((error as Error).message)) throw error;
      rows.push({ ...stack, status: 'absent', resources: 0 });
    }
  }
  return rows;
}

/** Takes the deletion protection off the stacks that stand: the deliberate first half of taking them away. */
export async function unprotect(emulator: Emulator, stacks: readonly StandingStack[]): Promise<void> {
  for (const stack of stacks.filter((s) => s.status !== 'absent')) {
    const client = await clientFor(emulator, stack);
    await client.send(
      new UpdateTerminationProtectionCommand({ StackName: stack.name, EnableTerminationProtection: false }),
    );
  }
}
