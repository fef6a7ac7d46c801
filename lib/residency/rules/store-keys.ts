/** The keys a store is encrypted with, as its template states them. */
import { isStore, normalisePath, rowsOf, storeFacts } from '../../catalogue';
import type { Leaf, Possible, Resolved, Resource } from '../../template';
import type { Premises } from '../premises';
import type { Survey } from '../survey';

/** A property that names a KMS key. */
export const KEY_PROPERTY = /(?:^|\.)(?:\w*(?:KMS|Kms|kms)\w*(?:Id|ID|Arn|ARN|Key)|EncryptionKeyArn|EncryptionKey)$/;

export interface StatedKey {
  readonly leaf: Leaf;
  readonly possible: Possible;
}

/** Every key a store may be encrypted with where it stands; keys of copies elsewhere are judged by their own rows. */
export function keysOf(store: Resource, survey: Survey): readonly StatedKey[] {
  const elsewhere = rowsOf(store.type).flatMap((row) => row.paths);
  return survey
    .of(store)!
    .leaves.filter((leaf) => KEY_PROPERTY.test(leaf.path) && !elsewhere.includes(normalisePath(leaf.path)))
    .flatMap((leaf) => leaf.possible.map((possible) => ({ leaf, possible })));
}

/** True for resources that are keys themselves. */
export function isKey(resource: Resource): boolean {
  return isStore(resource.type) && storeFacts(resource.type)?.keyMaterial === true;
}

/** The keys of the application that a value leads to, by themselves or by an alias. */
export function keysDenoted(value: Resolved, premises: Premises): readonly Resource[] {
  const named = premises.denoted(value);
  const aliased = named
    .filter(({ type }) => type === 'AWS::KMS::Alias')
    .flatMap((alias) => alias.at('TargetKeyId'))
    .flatMap((leaf) => leaf.possible.flatMap((possible) => premises.denoted(possible.value)));
  return [...new Set([...named, ...aliased])].filter(isKey);
}
