/** The keys: where they stand, in whose hands, and what they open. */
import { findRegion } from '../../geo';
import { countryName } from '../../residency';
import type { Resource } from '../../template';
import { documentsIn } from '../diff/policy/documents';
import { clauseWords, isReadable } from '../diff/policy/statement';
import { DECLARED_ONLY, document } from './document';
import type { RegisterInput } from './model';
import { isKey } from '../../residency/rules/store-keys';
import { nameOf } from '../customer-keys';
import { keysOf, stated, storesOf } from './stores';

export function keyCustody(input: RegisterInput): string {
  const stores = storesOf(input);
  const opens = new Map<Resource, { store: string; class: string }[]>();
  const external: { store: string; key: string }[] = [];
  for (const { resource, placement } of stores)
    for (const { resource: key, words } of keysOf(resource)) {
      if (key) opens.set(key, [...(opens.get(key) ?? []), { store: nameOf(resource), class: placement.store.class }]);
      else external.push({ store: nameOf(resource), key: words });
    }
  const keys = stores.filter(({ resource }) => isKey(resource));
  return document(
    'key-custody',
    input,
    [
      DECLARED_ONLY,
      'AWS KMS keeps key material in the Region of the key and can be compelled under the law its operator answers to; no template shows otherwise.',
      'Grants made at run time are not in a key policy.',
    ],
    {
      keys: keys.map(({ resource, placement }) => {
        const region = resource.template.source.region;
        const country = region === undefined ? undefined : findRegion(region)?.country;
        return {
          key: nameOf(resource),
          class: placement.store.class,
          account: resource.template.source.account ?? null,
          region: region ?? null,
          country: country === undefined ? null : countryName(country),
          spec: stated(resource, 'KeySpec') ?? 'SYMMETRIC_DEFAULT (default)',
          usage: stated(resource, 'KeyUsage') ?? 'ENCRYPT_DECRYPT (default)',
          origin: stated(resource, 'Origin') ?? 'AWS_KMS (default)',
          multiRegion: stated(resource, 'MultiRegion') ?? 'false (default)',
          rotation: stated(resource, 'EnableKeyRotation') ?? 'false (default)',
          deletionWindowDays: stated(resource, 'PendingWindowInDays') ?? '30 (default)',
          policy: policyOf(resource),
          opens: (opens.get(resource) ?? []).sort((a, b) => (a.store < b.store ? -1 : 1)),
        };
      }),
      keysOutsideTheApplication: external,
    },
  );
}

/** The statements of the key policy as sentences. */
function policyOf(key: Resource): readonly string[] {
  return documentsIn(key, nameOf).flatMap(({ clauses }) =>
    clauses.map((clause) =>
      isReadable(clause) ? clauseWords(clause, Number.POSITIVE_INFINITY) : 'a part that cannot be read',
    ),
  );
}
