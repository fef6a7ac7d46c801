/** `enclave protect PATH`: the stack policy on every stack. Exit 0: all are protected; 1: some are not; 2: bad input. */
import { Command } from 'commander';
import { STACK_POLICY } from '../../lib/enclave/stack-policy';
import type { Template } from '../../lib/template';
import { assemblyAt } from '../aws/assembly';
import { roleOption } from '../aws/options';
import { AwsSession } from '../aws/session';
import { protectStack } from '../aws/stack-protection';
import type { Protection } from '../aws/stack-protection';
import { UsageError } from '../input';

/** The command, ready to be added to the program. */
export function protectCommand(): Command {
  return new Command('protect')
    .description('Puts the stack policy on every stack, so that no update replaces or deletes a store or key.')
    .argument('<path>', 'cdk.out folder')
    .addOption(roleOption())
    .action(async (path: string, { role }: { readonly role?: string }) => {
      process.exitCode = await protectStacks(path, role);
    });
}

async function protectStacks(path: string, role: string | undefined): Promise<number> {
  const { templates } = assemblyAt(path);
  if (templates.length === 0) throw new UsageError(`${path}: the assembly holds no stack. Synthesise it again.`);
  const session = new AwsSession({ role, sessionName: 'enclave-protect' });
  // One after the other: a stack takes two or three calls, and CloudFormation throttles early.
  let unprotected = 0;
  for (const template of templates) {
    const { stack, protected: done, message } = await protect(template, session);
    if (!done) unprotected += 1;
    process.stdout.write(`${done ? 'protected' : 'not protected'}  ${stack}  ${message}\n`);
  }
  process.stdout.write(`${templates.length - unprotected} of ${templates.length} stacks protected\n`);
  return unprotected === 0 ? 0 : 1;
}

async function protect({ source }: Template, session: AwsSession): Promise<Protection> {
  const { stackName: stack, account, region } = source;
  const not = (message: string): Protection => ({ stack, protected: false, message });
  if (source.nestedIn)
    return not('a nested stack is only known by its parent; declare its stores in a stack of their own');
  if (!source.owned) return not('the manifest does not name this template; synthesise into an empty folder');
  if (account === undefined || region === undefined)
    return not('no fixed account and Region; give the stack an explicit environment');
  const access = await session.access(account, region);
  if ('why' in access) return not(`${access.why}. ${access.remedy}`);
  return protectStack(stack, access, STACK_POLICY);
}
