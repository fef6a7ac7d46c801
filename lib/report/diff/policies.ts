/**
 * Policies, statement by statement. A document is compared with what its holder had before; order, labels and the way in
 * which statements are spread over documents mean nothing.
 *
 * Where the holder was there before, the change widens when a request goes through that did not before: a quick comparison
 * settles most changes, the prover the rest, and what neither can settle widens. A permission of a role is the exception: one that names only resources of this application, or whose holder is new, widens only when the judge
 * finds that it leads outside or cannot tell, because a grant inside moves nothing out.
 */
import type { Comparison } from './comparison';
import { rowFingerprint } from './fingerprint';
import type { DiffRow, Effect, SampleRequest } from './model';
import type { Pairing } from './pairing';
import { nameOf as subjectOf } from '../customer-keys';
import { placeOf } from './written';
import { uncovered } from './policy/coverage';
import type { Uncovered } from './policy/coverage';
import type { Policy } from './policy/documents';
import { holderOf, mayHoldPolicies, policiesOf } from './policy/documents';
import type { Shown } from './policy/proof';
import { Proofs } from './policy/proofs';
import type { Clause } from './policy/statement';
import { clauseWords, isReadable } from './policy/statement';
import type { Resource } from '../../template';

const WORDS: Readonly<Record<Policy['kind'], string>> = {
  resource: 'resource policy',
  identity: 'permissions',
  trust: 'trust policy',
  endpoint: 'endpoint policy',
  boundary: 'permissions boundary',
  organization: 'organisation policy',
  managed: 'attached managed policies',
};

/** Proofs of one difference: enough for what a reviewer reads, few enough that an exchange of everything ends soon. */
const MOST_PROOFS = 200;

/** The rows of the section `policies`; policies of keys stand in the section `keys`. */
export function policyRows(comparison: Comparison): readonly DiffRow[] {
  const { base, head, pairing } = comparison;
  const touched = touchedHolders(comparison);
  const wanted = (holder: Resource): boolean => touched.has(holder);
  const before = policiesOf(base.application.resources(), pairing.nameOf, wanted);
  const now = policiesOf(head.application.resources(), pairing.nameOf, wanted);
  const rows: DiffRow[] = [];
  const proofs = new Proofs(MOST_PROOFS);
  for (const [key, policy] of now) rows.push(...compared(comparison, before.get(key), policy, proofs));
  // The holder is still there, its statements are not.
  for (const [key, policy] of before) {
    const holder = pairing.partnerOf(policy.holder);
    if (!now.has(key) && holder)
      rows.push(...compared(comparison, policy, { ...policy, holder, writtenIn: [], clauses: [] }, proofs));
  }
  return rows;
}

/** Holders of policies in which anything changed: everything else need not be read. */
function touchedHolders({ pairing, untouched }: Comparison): ReadonlySet<Resource> {
  const touched = new Set<Resource>();
  const touch = (resource: Resource): void => {
    if (!mayHoldPolicies(resource)) return;
    const holder = holderOf(resource);
    const other = pairing.partnerOf(holder);
    touched.add(holder);
    if (other) touched.add(other);
  };
  for (const { base, head } of pairing.pairs)
    if ((mayHoldPolicies(base) || mayHoldPolicies(head)) && !untouched(base, head)) {
      touch(base);
      touch(head);
    }
  for (const resource of pairing.gone) touch(resource);
  for (const resource of pairing.appeared) touch(resource);
  return touched;
}

function compared(comparison: Comparison, before: Policy | undefined, now: Policy, proofs: Proofs): readonly DiffRow[] {
  const isNew = comparison.pairing.appeared.has(now.holder);
  if (isNew && now.kind !== 'identity') return [];
  const old = before?.clauses ?? [];
  const [apparentlyMore, apparentlyLess] = differences(old, now.clauses);
  // Of something new there is no former policy that could have denied.
  const shown = isNew || apparentlyMore.length === 0 ? undefined : proofs.ask(now.kind, old, now.clauses);
  const more = shown?.nothingNew ? [] : apparentlyMore;
  const kept = more.length === 0 && apparentlyLess.length > 0 && proofs.ask(now.kind, now.clauses, old)?.nothingNew;
  const less = kept ? [] : apparentlyLess;
  if (more.length === 0 && less.length === 0) return [];
  const harmless = isNew || (now.kind === 'identity' && more.every(({ clause }) => pinned(clause)));
  const effect: Effect = more.length > 0 && !harmless ? 'widens' : more.length > 0 ? 'neutral' : 'narrows';
  return [row(comparison.pairing, now, effect, isNew, old, more, less, shown)];
}

/** What is allowed now and was not, and the reverse. A denial that is gone allows; one that is new forbids. */
function differences(
  before: readonly Clause[],
  now: readonly Clause[],
): readonly [readonly Uncovered[], readonly Uncovered[]] {
  const more = [...uncovered(now, before, 'Allow'), ...uncovered(before, now, 'Deny').filter(isDenial)];
  const less = [...uncovered(before, now, 'Allow'), ...uncovered(now, before, 'Deny').filter(isDenial)];
  return [more, less];
}

/** Parts that cannot be read were counted once already. */
const isDenial = ({ clause }: Uncovered): boolean => isReadable(clause);

/** A permission on nothing but resources of this application, for actions that are named. */
function pinned(clause: Clause): boolean {
  return (
    isReadable(clause) &&
    !clause.notAction &&
    !clause.notResource &&
    clause.actions.every((action) => /^[a-z0-9-]+:[a-z]/iu.test(action)) &&
    clause.resources.length > 0 &&
    clause.resources.every((resource) => /\$\{[=+]/u.test(resource))
  );
}

function row(
  pairing: Pairing,
  { kind, holder, writtenIn }: Policy,
  effect: Effect,
  isNew: boolean,
  before: readonly Clause[],
  more: readonly Uncovered[],
  less: readonly Uncovered[],
  shown: Shown | undefined,
): DiffRow {
  const words = (all: readonly Uncovered[]): string =>
    listed(all.map(({ clause }) => pairing.readable(clauseWords(clause))));
  const isKey = holder.type.startsWith('AWS::KMS::');
  const subject = subjectOf(holder);
  const proven = shown?.nothingNew === false ? shown : undefined;
  const sample = proven?.sample ?? more.find((one) => one.sample)?.sample;
  const denialGone = more.some(({ clause }) => isReadable(clause) && clause.effect === 'Deny');
  const why =
    effect === 'narrows'
      ? `the ${WORDS[kind]} now allow less than before`
      : effect === 'neutral'
        ? isNew
          ? `new ${WORDS[kind]}; where they lead is judged as flows`
          : `more is allowed, only on resources of this application or provably not beyond what was allowed`
        : proven
          ? `a request goes through now that ${proven.deniedBefore.length > 0 ? `${proven.deniedBefore.join(' and ')} denied` : 'nothing allowed'} before`
          : denialGone
            ? `a statement that denies was removed or loosened`
            : `that nothing is allowed now that was denied before cannot be shown`;
  return {
    fingerprint: rowFingerprint('policies', kind, subject, words(more), words(less)),
    section: isKey ? 'keys' : 'policies',
    change: before.length === 0 ? 'appeared' : writtenIn.length === 0 ? 'gone' : 'changed',
    effect,
    subject: `${subject} (${WORDS[kind]})`,
    type: holder.type,
    ...(less.length > 0 ? { before: words(less) } : {}),
    ...(more.length > 0 ? { after: denialGone ? `no longer: ${words(more)}` : words(more) } : {}),
    why,
    ...(effect === 'widens'
      ? { remedy: 'Bind the statement to the principals, resources and conditions it had, or have it accepted.' }
      : {}),
    ...(effect === 'widens' && sample ? { sample: readableSample(sample, pairing) } : {}),
    ...placeOf(writtenIn[0] ?? holder),
  };
}

const listed = (all: readonly string[]): string =>
  all.length > 3 ? `${all.slice(0, 3).join('; ')}; and ${all.length - 3} more` : all.join('; ');

const readableSample = (sample: SampleRequest, pairing: Pairing): SampleRequest => ({
  ...(sample.principal === undefined ? {} : { principal: pairing.readable(sample.principal) }),
  action: sample.action,
  ...(sample.resource === undefined ? {} : { resource: pairing.readable(sample.resource) }),
  ...(sample.when === undefined ? {} : { when: sample.when.map((one) => pairing.readable(one)) }),
});
