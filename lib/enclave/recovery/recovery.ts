/**
 * A site that was lost and stands again is filled from the copies at its partner, by agreed names and for a stated time.
 *
 * Absent without the section `recovery`: then no role of the enclave can carry a copy home.
 */
import { roleArn } from '../names';
import { outgoingPair, siteContext } from '../site-context';
import type { SiteContext } from '../site-context';

export interface Recovery {
  /** The site that is filled again. */
  readonly lost: SiteContext;
  /** The site that holds its copies. */
  readonly partner: SiteContext;
  /** Name of the role that S3 assumes, in the account of the partner. */
  readonly roleName: string;
  readonly roleArn: string;
}

/** The recovery of this site; undefined while it is not being filled again. */
export function recoveryOf(lost: SiteContext): Recovery | undefined {
  const { enclave, site } = lost;
  const pair = outgoingPair(lost);
  if (!pair || !enclave.recovery?.sites.includes(site.id)) return undefined;
  const partner = siteContext(enclave, pair.to);
  const roleName = `${enclave.name}-${site.id}-recovery`;
  return { lost, partner, roleName, roleArn: roleArn(partner, roleName) };
}

/** Every recovery of an enclave, in the order of its configuration. */
export const recoveriesOf = (enclave: SiteContext['enclave']): readonly Recovery[] =>
  (enclave.recovery?.sites ?? []).flatMap((id) => recoveryOf(siteContext(enclave, id)) ?? []);
