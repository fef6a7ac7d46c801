/** Reads deployed templates of the hook's own account; the one permission its function has. */
import {
  CloudFormationClient,
  CloudFormationServiceException,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import type { DeployedTemplate } from './neighbours';

/** A reader that keeps one client per Region. Errors other than "no such stack" are thrown, and refuse the deployment. */
export function templateReader(): DeployedTemplate {
  const clients = new Map<string, CloudFormationClient>();
  return async (stackName, region) => {
    const client = clients.get(region) ?? new CloudFormationClient({ region, maxAttempts: 4 });
    clients.set(region, client);
    try {
      const { TemplateBody } = await client.send(
        // With macros and transforms run: what is really there.
        new GetTemplateCommand({ StackName: stackName, TemplateStage: 'Processed' }),
      );
      return TemplateBody;
    } catch (error) {
      const isMissing = error instanceof CloudFormationServiceException && /does not exist/.test(error.message);
      if (isMissing) return undefined;
      throw error;
    }
  };
}
