/** The keys that stores are encrypted with, and what keys themselves declare. Key policies are among the policies. */
import { isStore } from '../../catalogue';
import { findCountry, findRegion } from '../../geo';
import type { Resolved, Resource } from '../../template';
import { describe, parseArn, textOf } from '../../template';
import { isKey } from '../../residency/rules/store-keys';
import { customerKeysOf } from '../customer-keys';
import { ofAll, referred } from './canonical';
import type { Comparison } from './comparison';
import { rowFingerprint } from './fingerprint';
import type { DiffRow, Effect } from './model';
import { nameOf as subjectOf } from '../customer-keys';
import { placeOf } from './written';

/** Properties of a key that say in whose hands it is. `true` when the change makes custody looser. */
const CUSTODY: Readonly<Record<string, (before: string, now: string) => boolean>> = {
  EnableKeyRotation: (before, now) => before === 'true' && now !== 'true',
  MultiRegion: (_before, now) => now !== 'false' && now !== '',
  Origin: () => true,
  KeySpec: () => true,
  KeyUsage: () => true,
};

interface Stated {
  /** On both sides the same for the same key. */
  readonly name: string;
  readonly words: string;
  readonly value: Resolved;
}

/** The rows of the section `keys` about stores that lose, gain or change a key, and about keys that changed. */
export function keyRows(comparison: Comparison): readonly DiffRow[] {
  return comparison.pairing.pairs.flatMap(({ base, head }) => {
    if (!isStore(head.type) || comparison.untouched(base, head)) return [];
    return isKey(head) ? custody(base, head) : encryption(comparison, base, head);
  });
}

function statedKeys(store: Resource, { pairing }: Comparison): readonly Stated[] {
  return customerKeysOf(store).map(({ possible, resource, words }) => ({
    name: resource ? pairing.nameOf(resource) : ofAll([possible], pairing.nameOf).join(),
    words,
    value: possible.value,
  }));
}

function encryption(comparison: Comparison, base: Resource, head: Resource): readonly DiffRow[] {
  const before = statedKeys(base, comparison);
  const now = statedKeys(head, comparison);
  const names = (keys: readonly Stated[]): string => [...new Set(keys.map(({ name }) => name))].sort().join();
  if (names(before) === names(now)) return [];
  const added = now.filter((key) => !before.some(({ name }) => name === key.name));
  const lost = now.length === 0 || (before.length > 0 && now.length < before.length && added.length === 0);
  const unproved = added.filter((key) => !heldInside(key.value, head));
  const why = lost
    ? 'it is no longer encrypted with the customer key it had'
    : unproved.length > 0
      ? `that its new key is held in the EEA cannot be shown: ${unproved.map(({ words }) => words).join(', ')}`
      : before.length === 0
        ? 'it is now encrypted with a customer key'
        : 'it is encrypted with another key of this application, held in the EEA';
  const effect: Effect = lost || unproved.length > 0 ? 'widens' : before.length === 0 ? 'narrows' : 'neutral';
  return [
    row(head, effect, why, shown(before), shown(now), 'Encrypt the store with the key of its class in its own site.'),
  ];
}

const shown = (keys: readonly Stated[]): string =>
  keys.length === 0 ? 'no customer key' : [...new Set(keys.map(({ words }) => words))].sort().join(', ');

/** A key of this application, or one whose ARN names a Region, in the EEA. */
function heldInside(value: Resolved, store: Resource): boolean {
  const own = [...referred(value), ...store.template.application.denoted(value)];
  const regions =
    own.length > 0
      ? own.map((key) => key.template.source.region)
      : [value.kind === 'text' || value.kind === 'pieces' ? literalRegion(value) : undefined];
  return regions.every((region) => {
    const country = region === undefined ? undefined : findRegion(region)?.country;
    return country !== undefined && findCountry(country)?.eea === true;
  });
}

function literalRegion(value: Resolved): string | undefined {
  const arn = value.kind === 'text' || value.kind === 'pieces' ? parseArn(value) : undefined;
  return arn && textOf(arn.region);
}

function custody(base: Resource, head: Resource): readonly DiffRow[] {
  return Object.entries(CUSTODY).flatMap(([property, loosens]) => {
    const read = (resource: Resource): string =>
      resource
        .at(property)
        .flatMap((leaf) => leaf.possible.map((one) => describe(one.value)))
        .join(' or ');
    const before = read(base);
    const now = read(head);
    if (before === now) return [];
    const looser = loosens(before, now);
    const why = `${property} of the key changed${looser ? ', and that its custody is as close as before cannot be shown' : ''}`;
    return [
      row(
        head,
        looser ? 'widens' : 'neutral',
        why,
        `${property}: ${before || 'not stated'}`,
        `${property}: ${now || 'not stated'}`,
        'Keep the key as it was, or have the change accepted by data protection.',
      ),
    ];
  });
}

function row(resource: Resource, effect: Effect, why: string, before: string, after: string, remedy: string): DiffRow {
  const subject = subjectOf(resource);
  return {
    fingerprint: rowFingerprint('keys', subject, before, after),
    section: 'keys',
    change: 'changed',
    effect,
    subject,
    type: resource.type,
    before,
    after,
    why,
    ...(effect === 'widens' ? { remedy } : {}),
    ...placeOf(resource),
  };
}
