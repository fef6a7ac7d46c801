/** Whose keys open what, and what their policies say. */
import { nameOf } from '../../customer-keys';
import { documentsIn } from '../../diff/policy/documents';
import { isReadable } from '../../diff/policy/statement';
import type { Statement } from '../../diff/policy/statement';
import type { RegisterInput } from '../model';
import { keysOf, storesOf } from '../stores';
import { met, notShown } from './finding';
import type { Finding } from './finding';

export function ownKeys(input: RegisterInput): Finding {
  const classes = new Map<string, Set<string>>();
  for (const { resource, placement } of storesOf(input))
    for (const { words } of keysOf(resource))
      classes.set(words, (classes.get(words) ?? new Set()).add(placement.store.class));
  const shared = [...classes].filter(([, own]) => own.size > 1);
  if (classes.size === 0) return notShown('no store is encrypted with a customer key');
  return shared.length > 0
    ? notShown(`contradicted: ${shared[0]![0]} opens ${[...shared[0]![1]].sort().join(' and ')}`)
    : met(`${classes.size} keys in use, none for more than one class`);
}

/** Statements of the policy of each key. */
function keyStatements({ application }: RegisterInput): ReadonlyMap<string, readonly Statement[]> {
  const keys = application.ofType('AWS::KMS::Key');
  return new Map(
    keys.map((key) => [nameOf(key), documentsIn(key, nameOf).flatMap(({ clauses }) => clauses.filter(isReadable))]),
  );
}

export function pseudonyms(input: RegisterInput): Finding {
  const statements = keyStatements(input);
  const keys = input.application
    .ofType('AWS::KMS::Key')
    .filter((key) =>
      key
        .at('KeyUsage')
        .some((leaf) =>
          leaf.possible.some(({ value }) => value.kind === 'text' && value.text === 'GENERATE_VERIFY_MAC'),
        ),
    );
  if (keys.length === 0) return notShown('no key generates message authentication codes');
  const denies = keys.filter((key) =>
    (statements.get(nameOf(key)) ?? []).some(
      ({ effect, actions }) => effect === 'Deny' && actions.some((action) => action.toLowerCase() === 'kms:verifymac'),
    ),
  );
  return denies.length === keys.length
    ? met(`${keys.length} key for pseudonyms; VerifyMac, which would be an oracle, is denied`)
    : notShown('contradicted: VerifyMac is not denied on every key for pseudonyms');
}

export function noWildcardUse(input: RegisterInput): Finding {
  const statements = keyStatements(input);
  if (statements.size === 0) return notShown('there is no key');
  const open = [...statements].find(([, all]) =>
    all.some(
      ({ effect, actions, notAction }) =>
        effect === 'Allow' && (notAction || actions.some((action) => ['*', 'kms:*'].includes(action.toLowerCase()))),
    ),
  );
  return open
    ? notShown(`contradicted: the policy of ${open[0]} allows every action`)
    : met(`${statements.size} key policies, none allows every action to anybody`);
}
