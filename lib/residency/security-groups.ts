/** Which security groups guard stores: a group that lets in everyone matters by what stands behind it. */
import { isStore, roleOf } from '../catalogue';
import type { Resource } from '../template';
import { fullLabel } from './labels';
import type { Premises } from './premises';
import { referencesIn } from './stores';

/** Types that are no store themselves but answer for one on the network. */
const FRONTS = new Set(['AWS::EFS::MountTarget', 'AWS::RDS::DBProxy', 'AWS::RDS::DBProxyEndpoint']);
const GROUP = 'AWS::EC2::SecurityGroup';

const KNOWN = new WeakMap<Premises, ReadonlyMap<Resource, string>>();

/** The store (or what answers for one) that is a member of the group, in words; undefined when none is. */
export function storeBehind(group: Resource, premises: Premises): string | undefined {
  let members = KNOWN.get(premises);
  if (!members) {
    members = membersOf(premises);
    KNOWN.set(premises, members);
  }
  return members.get(group);
}

function membersOf(premises: Premises): ReadonlyMap<Resource, string> {
  const members = new Map<Resource, string>();
  for (const resource of premises.application.resources()) {
    // A server has a disk, and answers the web all the same.
    const isData = isStore(resource.type) && roleOf(resource.type) !== 'compute';
    if (!isData && !FRONTS.has(resource.type)) continue;
    for (const leaf of resource.leaves())
      for (const { value } of leaf.possible)
        for (const { resource: group } of referencesIn(value))
          if (group.type === GROUP && !members.has(group)) members.set(group, fullLabel(resource));
  }
  return members;
}
