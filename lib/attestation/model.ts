/**
 * Deployed equals declared: a claim is what the templates promise, evidence is what the AWS API answers, and every claim
 * gets a verdict. What no template declares and the account holds all the same is `unexpected`.
 *
 * Three verdicts, because "not denied" is not "shown": a claim for which an answer is missing is `unseen`, never fine.
 */

import type { ChannelCoverage } from './coverage';
import type { Place } from './place';

/** `holds`: an answer shows it. `broken`: an answer shows the contrary. `unseen`: no answer shows either. */
export type ClaimVerdict = 'holds' | 'broken' | 'unseen';

/** The worst over all claims and the inventory; `unseen` when there was nothing to compare. */
export type AttestationVerdict = ClaimVerdict | 'unexpected';

/** The declared thing a claim is about. */
export interface Subject {
  /** Absent when the stack is environment-agnostic. */
  readonly account?: string;
  readonly region?: string;
  /** Absent for claims about a whole Region of an account. */
  readonly stack?: string;
  readonly logicalId?: string;
  readonly type: string;
  /** What people call it: an alias, a name, a CDK path. */
  readonly name: string;
}

/** What the API answered, or why there is no answer. */
export type Answer<T> = { readonly kind: 'answer'; readonly value: T } | Missing;

/** An answer that could not be had. */
export interface Missing {
  readonly kind: 'missing';
  /** The IAM action that was needed: `kms:GetKeyPolicy`. */
  readonly action: string;
  readonly why: string;
  readonly remedy: string;
}

export const answered = <T>(value: T): Answer<T> => ({ kind: 'answer', value });

/** What one look at the evidence says. */
export interface Finding {
  readonly verdict: ClaimVerdict;
  /** The answer in words; what was not answered when unseen. */
  readonly seen: string;
  /** One sentence; empty when the claim holds. */
  readonly why: string;
  /** What to do; empty when the claim holds. */
  readonly remedy: string;
}

/** A promise of the templates that evidence of kind `E` can show or refute. */
export interface Claim<E> {
  /** Slug, unique for its subject: `rotation`. */
  readonly slug: string;
  /** The promise as a sentence fragment: `rotates every 365 days`. */
  readonly expected: string;
  judge(evidence: E): Finding;
}

/** A claim with its verdict. */
export interface AttestedClaim extends Finding {
  /** Stable over runs: `dub-1-keys/MediaKey/rotation`. */
  readonly id: string;
  readonly resource: Subject;
  readonly claim: string;
  readonly expected: string;
}

/** A place that something unexpected reaches, with its country where the Region is known. */
export interface ReachedPlace {
  readonly region: string;
  /** Name of the country, or undefined when the Region has no row in the facts. */
  readonly country?: string;
  /** Undefined when the Region is not known, which is no better than false. */
  readonly eea?: boolean;
}

/** Something the account holds that no template declares. */
export interface Unexpected {
  readonly id: string;
  readonly type: string;
  readonly account: string;
  readonly region: string;
  /** ARN where the API gives one. */
  readonly name: string;
  readonly seen: string;
  /** Further places it reaches, such as the Regions of replicas. */
  readonly reaches: readonly ReachedPlace[];
  /** Data class its tags state; `unknown` when they state none or were not seen. Treated as restricted. */
  readonly dataClass: string;
  readonly why: string;
  readonly remedy: string;
}

/** Something undeclared that a registered acceptance covers. */
export interface Accepted {
  readonly thing: Unexpected;
  readonly owner: string;
  readonly reason: string;
  readonly expires: string;
}

export interface AttestationCounts {
  readonly holds: number;
  readonly broken: number;
  readonly unseen: number;
  readonly unexpected: number;
}

/** Declared resources that no claim speaks about yet: stated in every view, so that "holds" is not read too widely. */
export interface NotAttested {
  readonly type: string;
  readonly count: number;
}

export interface Attestation {
  readonly verdict: AttestationVerdict;
  readonly claims: readonly AttestedClaim[];
  readonly unexpected: readonly Unexpected[];
  readonly accepted: readonly Accepted[];
  readonly counts: AttestationCounts;
  /** Accounts and Regions that were looked at. */
  readonly places: readonly Place[];
  readonly notAttested: readonly NotAttested[];
  /** Which channels of the catalogue were looked at at all. */
  readonly channels: ChannelCoverage;
}

export const holds = (seen: string): Finding => ({ verdict: 'holds', seen, why: '', remedy: '' });
export const broken = (seen: string, why: string, remedy: string): Finding => ({
  verdict: 'broken',
  seen,
  why,
  remedy,
});
export const unseen = (why: string, remedy: string): Finding => ({ verdict: 'unseen', seen: 'no answer', why, remedy });

/** A missing answer as a finding: always `unseen`. */
export const unanswered = ({ why, remedy }: Missing): Finding => unseen(why, remedy);

/** Names a subject in ids and messages. */
export const subjectId = ({ account, region, stack, logicalId }: Subject): string =>
  [...(stack ? [stack] : [account ?? 'any-account', region ?? 'any-region']), ...(logicalId ? [logicalId] : [])].join(
    '/',
  );

/** Joins a claim, its subject and what was found. */
export const attested = (
  resource: Subject,
  claim: Pick<Claim<never>, 'slug' | 'expected'>,
  finding: Finding,
): AttestedClaim => ({
  id: `${subjectId(resource)}/${claim.slug}`,
  resource,
  claim: claim.slug,
  expected: claim.expected,
  ...finding,
});
