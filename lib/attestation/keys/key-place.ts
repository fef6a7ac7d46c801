/** All keys and aliases of one account in one Region, as far as KMS answers. */
import type { KeyAlias, KeyDescription, KmsReader } from './kms-evidence';
import type { Answer, Missing } from '../model';

export interface KeyPlace {
  readonly reader: KmsReader;
  readonly aliases: Answer<readonly KeyAlias[]>;
  /** Keys under our control that were described, by id. */
  readonly customerKeys: ReadonlyMap<string, KeyDescription>;
  /** Answers that are missing for a complete list of customer keys; empty when the list is complete. */
  readonly gaps: readonly Missing[];
}

/** Aliases AWS reserves for the keys it manages itself. */
const AWS_MANAGED_ALIAS = 'alias/aws/';

/** Lists and describes every key of a place. Keys that AWS manages are left out: nobody can loosen, share or replicate them. */
export async function readKeyPlace(reader: KmsReader): Promise<KeyPlace> {
  const [aliases, keys] = await Promise.all([reader.listAliases(), reader.listKeys()]);
  const aliased = aliases.kind === 'answer' ? aliases.value : [];
  const awsManaged = new Set(
    aliased.filter(({ name }) => name.startsWith(AWS_MANAGED_ALIAS)).map(({ targetKeyId }) => targetKeyId),
  );
  // Where keys may not be listed, those that an alias names can still be looked at.
  const ids = new Set(keys.kind === 'answer' ? keys.value : []);
  for (const { targetKeyId } of aliased) if (targetKeyId !== undefined) ids.add(targetKeyId);

  const customerKeys = new Map<string, KeyDescription>();
  const gaps: Missing[] = keys.kind === 'missing' ? [keys] : [];
  await Promise.all(
    [...ids]
      .filter((id) => !awsManaged.has(id))
      .map(async (id) => {
        const answer = await reader.describeKey(id);
        if (answer.kind === 'missing') gaps.push({ ...answer, why: `${answer.why} for key ${id}` });
        // A key may go between the list and the question; then it is not there, which is an answer.
        else if (answer.value !== undefined && answer.value.manager !== 'AWS') customerKeys.set(id, answer.value);
      }),
  );
  return {
    reader,
    aliases,
    customerKeys: new Map([...customerKeys].sort(([a], [b]) => (a < b ? -1 : 1))),
    gaps: gaps.sort((a, b) => (a.why < b.why ? -1 : 1)),
  };
}
