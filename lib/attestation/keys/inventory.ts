/** Customer keys that stand in an account and that no template declares. */
import { describeMultiRegion } from './claims';
import { KEY_TYPE } from './declaration';
import type { KeyPlace } from './key-place';
import type { KeyDescription } from './kms-evidence';
import { holds, unseen } from '../model';
import type { Claim, Finding, Unexpected } from '../model';
import { reachedPlace } from '../places';

/** The claim that the inventory of a place is complete. What it holds is reported key by key, not here. */
export const INVENTORY_CLAIM: Pick<Claim<never>, 'slug' | 'expected'> = {
  slug: 'key-inventory',
  expected: 'every customer key of this account and Region can be seen',
};

export function inventoryFinding({ gaps, customerKeys }: KeyPlace): Finding {
  const [first, ...more] = gaps;
  if (!first) return holds(`${customerKeys.size} customer ${customerKeys.size === 1 ? 'key' : 'keys'}`);
  return unseen(`${first.why}${more.length > 0 ? `, and ${more.length} more` : ''}`, first.remedy);
}

/** @param declared ids of the keys that a template declares */
export function unexpectedKeys(
  at: { readonly account: string; readonly region: string },
  place: KeyPlace,
  declared: ReadonlySet<string>,
): Unexpected[] {
  return [...place.customerKeys.values()]
    .filter(({ keyId }) => !declared.has(keyId))
    .map((key) => ({
      id: `${at.account}/${at.region}/${key.keyId}`,
      type: KEY_TYPE,
      ...at,
      name: key.arn,
      seen: described(key, place),
      reaches: otherRegions(key, at.region).map(reachedPlace),
      dataClass: 'unknown',
      why: why(key),
      remedy: remedy(key),
    }));
}

function described(key: KeyDescription, { aliases }: KeyPlace): string {
  const names =
    aliases.kind === 'answer'
      ? aliases.value.filter(({ targetKeyId }) => targetKeyId === key.keyId).map(({ name }) => name)
      : ['aliases not seen'];
  return [
    ...(names.length > 0 ? [names.join(', ')] : ['no alias']),
    key.state ?? 'state not said',
    ...(key.deletionDate === undefined ? [] : [`gone after ${key.deletionDate}`]),
    ...(key.multiRegion ? [describeMultiRegion(key)] : []),
    ...(key.origin === 'AWS_KMS' ? [] : [`key material from ${key.origin ?? 'an origin not said'}`]),
  ].join('; ');
}

const otherRegions = ({ replicas, primary }: KeyDescription, here: string): string[] =>
  [...new Set([...(primary ? [primary.region] : []), ...replicas.map(({ region }) => region)])]
    .filter((region) => region !== here)
    .sort();

const pending = ({ state, deletionDate }: KeyDescription): boolean =>
  deletionDate !== undefined || /^Pending.*Deletion$/u.test(state ?? '');

function why(key: KeyDescription): string {
  if (key.multiRegion) return 'no template declares this key, and it can be used in every Region that has a replica';
  if (pending(key)) return 'no template declares this key; it is already pending deletion';
  return 'no template declares this key, so nobody has judged who may use it';
}

function remedy(key: KeyDescription): string {
  if (pending(key))
    return 'Make sure that nothing is encrypted with it before it is gone, and find who scheduled the deletion.';
  return 'Find in CloudTrail who created it; declare it in a template, or disable it and schedule its deletion, replicas first.';
}
