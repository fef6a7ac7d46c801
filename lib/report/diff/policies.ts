/**
 * Policies, statement by statement. What a holder has is compared with what it had before; order, labels and the way in
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
import { namedAs, placeOf } from './written';
import { uncovered } from './policy/coverage';
import type { Uncovered } from './policy/coverage';
import type { Policy } from './policy/documents';
import { mayHoldPolicies, policiesOf } from './policy/documents';
import type { Holder } from './policy/holder';
import { itself } from './policy/holder';
import { Holders } from './policy/holders';
import type { Shown } from './policy/proof';
import { onlyGrants } from './policy/managed';
import { Proofs } from './policy/proofs';
import type { Clause } from './policy/statement';
import { clauseWords, isReadable } from './policy/statement';
import { onTargetsAlike } from './policy/targets-alike';
import type { PolicyChange } from './policy/targets-alike';
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
  const holders = new Holders(pairing);
  const touched = touchedHolders(comparison, holders);
  const wanted = (resource: Resource): readonly Holder[] => holders.of(resource).filter(({ id }) => touched.has(id));
  const before = policiesOf(base.application.resources(), pairing.nameOf, wanted);
  const now = policiesOf(head.application.resources(), pairing.nameOf, wanted);
  const proofs = new Proofs(MOST_PROOFS);
  const changes: PolicyChange[] = [...now].map(([key, policy]) => ({ before: before.get(key), now: policy }));
  for (const [key, policy] of before) {
    const holder = stillThere(policy.holder, pairing);
    // Its statements are gone, and the holder is not.
    if (!now.has(key) && holder)
      changes.push({ before: policy, now: { ...policy, holder, writtenIn: [], clauses: [] } });
  }
  return onTargetsAlike(changes).flatMap((change) => compared(comparison, change, proofs));
}

/** The holder as the head has it. A target of organisation policies is there whether or not a template says so. */
function stillThere(holder: Holder, pairing: Pairing): Holder | undefined {
  if (!holder.resource) return holder;
  const partner = pairing.partnerOf(holder.resource);
  return partner && itself(partner, pairing.nameOf);
}

/** Ids of holders of policies in which anything changed: everything else need not be read. */
function touchedHolders({ pairing, untouched }: Comparison, holders: Holders): ReadonlySet<string> {
  const touched = new Set<string>();
  const touch = (resource: Resource): void => {
    if (mayHoldPolicies(resource)) for (const { id } of holders.of(resource)) touched.add(id);
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

function compared(comparison: Comparison, { before, now }: PolicyChange, proofs: Proofs): readonly DiffRow[] {
  const { resource } = now.holder;
  const isNew = resource !== undefined && comparison.pairing.appeared.has(resource);
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
  return [row(comparison.pairing, { before, now }, effect, isNew, more, less, shown)];
}

/**
 * What is allowed now and was not, and the reverse. A denial that is gone allows; one that is new forbids. A part that cannot
 * be read may be either.
 */
function differences(
  before: readonly Clause[],
  now: readonly Clause[],
): readonly [readonly Uncovered[], readonly Uncovered[]] {
  const more = distinct([
    ...uncovered(now, before, 'Allow'),
    ...uncovered(before, now, 'Deny').filter(({ clause }) => !onlyGrants(clause)),
  ]);
  const less = distinct([...uncovered(before, now, 'Allow'), ...uncovered(now, before, 'Deny')]);
  return [more, less];
}

/** What cannot be read is told in one form of words, and once. */
function distinct(found: readonly Uncovered[]): readonly Uncovered[] {
  const unread = found.find(({ clause }) => !isReadable(clause));
  return found.filter((one) => isReadable(one.clause) || one === unread);
}

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
  { before, now }: PolicyChange,
  effect: Effect,
  isNew: boolean,
  more: readonly Uncovered[],
  less: readonly Uncovered[],
  shown: Shown | undefined,
): DiffRow {
  const words = (all: readonly Uncovered[]): string =>
    listed(all.map(({ clause }) => pairing.readable(clauseWords(clause))));
  // Nothing is left out of what is accepted by its fingerprint.
  const whole = (all: readonly Uncovered[]): string =>
    JSON.stringify(
      all.map(({ clause }) => pairing.readable(isReadable(clause) ? clauseWords(clause, Infinity) : clause.unreadable)),
    );
  const { kind, holder, writtenIn } = now;
  const policies = holder.policies ?? WORDS[kind];
  const isKey = holder.type.startsWith('AWS::KMS::');
  const written = writtenIn[0] ?? holder.resource ?? before?.writtenIn[0];
  const proven = shown?.nothingNew === false ? shown : undefined;
  const sample = proven?.sample ?? more.find((one) => one.sample)?.sample;
  const denialGone = more.some(({ clause }) => isReadable(clause) && clause.effect === 'Deny');
  const why =
    effect === 'narrows'
      ? `the ${policies} now allow less than before`
      : effect === 'neutral'
        ? isNew
          ? `new ${policies}; where they lead is judged as flows`
          : `more is allowed, only on resources of this application or provably not beyond what was allowed`
        : proven
          ? `a request goes through now that ${proven.deniedBefore.length > 0 ? `${proven.deniedBefore.join(' and ')} denied` : 'nothing allowed'} before`
          : denialGone
            ? `a statement that denies was removed or loosened`
            : `that nothing is allowed now that was denied before cannot be shown`;
  return {
    fingerprint: rowFingerprint('policies', holder.policies ?? kind, holder.subject, whole(more), whole(less)),
    section: isKey ? 'keys' : 'policies',
    change: (before?.clauses.length ?? 0) === 0 ? 'appeared' : writtenIn.length === 0 ? 'gone' : 'changed',
    effect,
    subject: `${holder.subject} (${policies})`,
    ...(holder.resource ? namedAs(holder.resource) : {}),
    type: holder.type,
    ...(less.length > 0 ? { before: words(less) } : {}),
    ...(more.length > 0 ? { after: denialGone ? `no longer: ${words(more)}` : words(more) } : {}),
    why,
    ...(effect === 'widens'
      ? { remedy: 'Bind the statement to the principals, resources and conditions it had, or have it accepted.' }
      : {}),
    ...(effect === 'widens' && sample ? { sample: readableSample(sample, pairing) } : {}),
    ...(written ? placeOf(written) : {}),
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
