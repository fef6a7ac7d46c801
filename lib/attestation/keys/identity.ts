/**
 * Which key of the account is the one a template declares?
 *
 * The alias says so, unless somebody moved it: then the key that carries the declared description and tags is taken for the
 * declared one, so that a moved alias is named as a moved alias and the key it was moved to as unexpected. A look-alike is
 * no hiding place: whichever key is taken, every claim is judged on it, and the other one stands in the inventory.
 */
import type { KeyDeclaration } from './declaration';
import { tagMap } from './claims';
import type { KeyPlace } from './key-place';
import { broken, holds, unanswered, unseen } from '../model';
import type { Finding } from '../model';

/** The key found, or none, with the finding on its existence. */
export interface KeyIdentity {
  readonly keyId: string | undefined;
  readonly finding: Finding;
}

const DEPLOY = 'Deploy the stack; if it was deployed, find in CloudTrail who deleted the key or its alias.';

/** Identities of all declared keys of one account and Region; no key of the account stands for two declarations. */
export async function identifyKeys(
  declarations: readonly KeyDeclaration[],
  place: KeyPlace,
): Promise<ReadonlyMap<KeyDeclaration, KeyIdentity>> {
  const tagsOf = tagReader(place);
  const taken = new Map<string, KeyDeclaration>();
  const found = new Map<KeyDeclaration, KeyIdentity>();
  const take = (declaration: KeyDeclaration, keyId: string): void => {
    taken.set(keyId, declaration);
    found.set(declaration, { keyId, finding: holds(place.customerKeys.get(keyId)?.arn ?? keyId) });
  };

  for (const declaration of declarations) {
    const keyId = aliasTarget(declaration, place);
    if (keyId !== undefined && !taken.has(keyId) && hasDescription(declaration, place, keyId)) take(declaration, keyId);
  }
  for (const declaration of declarations.filter((each) => !found.has(each))) {
    const alike: string[] = [];
    for (const keyId of place.customerKeys.keys())
      if (!taken.has(keyId) && hasDescription(declaration, place, keyId) && (await hasTags(declaration, keyId, tagsOf)))
        alike.push(keyId);
    const [only, ...more] = alike;
    if (only !== undefined && more.length === 0) take(declaration, only);
  }
  for (const declaration of declarations.filter((each) => !found.has(each))) {
    const keyId = aliasTarget(declaration, place);
    if (keyId !== undefined && !taken.has(keyId)) take(declaration, keyId);
    else found.set(declaration, { keyId: undefined, finding: absence(declaration, place, keyId && taken.get(keyId)) });
  }
  return found;
}

/** The customer key that the first existing declared alias points to. */
function aliasTarget({ aliases }: KeyDeclaration, place: KeyPlace): string | undefined {
  if (place.aliases.kind === 'missing') return undefined;
  const targets = place.aliases.value
    .filter(({ name }) => aliases.includes(name))
    .map(({ targetKeyId }) => targetKeyId);
  return targets.find((id) => id !== undefined && place.customerKeys.has(id));
}

const hasDescription = ({ description }: KeyDeclaration, { customerKeys }: KeyPlace, keyId: string): boolean =>
  description.kind === 'fixed' && customerKeys.get(keyId)?.description === String(description.value);

async function hasTags(declaration: KeyDeclaration, keyId: string, tagsOf: TagReader): Promise<boolean> {
  const wanted = tagMap(declaration.tags);
  // Without a tag or a description there is nothing to recognise a key by.
  if (wanted.size === 0) return false;
  const seen = await tagsOf(keyId);
  return [...wanted].every(([key, value]) => seen.get(key) === value);
}

type TagReader = (keyId: string) => Promise<ReadonlyMap<string, string>>;

/** Tags of a key, asked once; none when they may not be read, so that such a key is never recognised by its tags. */
function tagReader({ reader }: KeyPlace): TagReader {
  const known = new Map<string, ReadonlyMap<string, string>>();
  return async (keyId) => {
    const before = known.get(keyId);
    if (before) return before;
    const answer = await reader.keyTags(keyId);
    const tags = answer.kind === 'answer' ? answer.value : new Map<string, string>();
    known.set(keyId, tags);
    return tags;
  };
}

function absence(
  { aliases, unconditional }: KeyDeclaration,
  place: KeyPlace,
  other: KeyDeclaration | undefined | '',
): Finding {
  if (other) {
    const why = `${aliases.join(', ')} points to the key of ${other.subject.stack}/${other.subject.logicalId}`;
    return broken('the key of another declaration', why, DEPLOY);
  }
  if (place.aliases.kind === 'missing') return unanswered(place.aliases);
  const [gap] = place.gaps;
  if (gap) return unanswered(gap);
  if (!unconditional)
    return unseen(
      'a condition decides whether the key exists, and it was not found',
      'Deploy it, or take the condition out of the template.',
    );
  return broken(
    'no such key',
    `neither ${aliases.join(', ') || 'an alias'} nor the declared description and tags lead to a customer key`,
    DEPLOY,
  );
}
