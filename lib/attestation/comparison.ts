/** How an answer is held against a declaration: the small judgements that every family of claims is made of. */
import type { Json } from '../template';
import type { Declared } from './declared';
import { broken, holds, unanswered, unseen } from './model';
import type { Answer, Claim, Finding } from './model';
import { describeDifference, policyDifference } from './policy-equality';

export const FIX_TEMPLATE = 'Fix the value in the template, so that the account can be compared with it.';
export const REDEPLOY = 'Find who changed it in CloudTrail, then put back what the template declares.';
/** For stores that no template declares. */
export const DECLARE_OR_DELETE = 'Declare it, register it, or delete it; find in CloudTrail who made it.';
/** For ways out that no template declares. */
export const DELETE = 'Delete it, and find in CloudTrail who made it.';

/** The question was answered, but the answer leaves this out. */
export const NOT_SAID = unseen(
  'the service answered without saying it',
  'Check that the endpoint is the service itself and that the SDK is current.',
);

/** Judges an answer; a missing one is unseen, with the action that was needed. */
export const given = <T>(answer: Answer<T>, judge: (value: T) => Finding): Finding =>
  answer.kind === 'missing' ? unanswered(answer) : judge(answer.value);

/** A claim on one answer of the evidence. */
export const claimOn = <E, T>(
  slug: string,
  expected: string,
  of: (evidence: E) => Answer<T>,
  judge: (value: T) => Finding,
): Claim<E> => ({ slug, expected, judge: (evidence) => given(of(evidence), judge) });

/** A claim on evidence that is itself the one answer. */
export const claimOnAnswer = <T>(slug: string, expected: string, judge: (value: T) => Finding): Claim<Answer<T>> =>
  claimOn(slug, expected, (evidence) => evidence, judge);

/** A claim on evidence that was answered when the thing was listed. */
export const claimThat = <E>(slug: string, expected: string, judge: (evidence: E) => Finding): Claim<E> => ({
  slug,
  expected,
  judge,
});

/** A declared value, or what the service takes when the template states none. */
export const orDefault = (declared: Declared, otherwise: Json): Declared =>
  declared.kind === 'absent' ? { kind: 'fixed', value: otherwise } : declared;

export const isTrue = (value: Json | undefined): boolean => String(value).toLowerCase() === 'true';

export const shown = (declared: Declared): string => {
  if (declared.kind === 'fixed') return asText(declared.value);
  return declared.kind === 'absent' ? 'nothing' : 'a value the template leaves open';
};

const asText = (value: Json): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** Text against text; a number or boolean counts as its text. */
export function sameText(
  seen: string | number | boolean | null | undefined,
  declared: Declared,
  otherwise: string,
  say = (text: string): string => text,
): Finding {
  if (declared.kind !== 'fixed')
    return unseen(declared.kind === 'open' ? declared.why : 'the template states nothing', FIX_TEMPLATE);
  return equalText(seen, asText(declared.value), otherwise, say);
}

export function equalText(
  seen: string | number | boolean | null | undefined,
  expected: string | undefined,
  otherwise: string,
  say = (text: string): string => text,
): Finding {
  if (expected === undefined) return unseen('the stack has no fixed environment', FIX_TEMPLATE);
  if (seen === undefined || seen === null) return NOT_SAID;
  return String(seen) === expected ? holds(say(String(seen))) : broken(say(String(seen)), otherwise, REDEPLOY);
}

/** Policy document (JSON text, or undefined for none) against the declared one, by meaning. */
export function samePolicy(seen: string | undefined, declared: Declared): Finding {
  if (declared.kind === 'open') return unseen(declared.why, FIX_TEMPLATE);
  const text = seen === undefined || seen === '' ? undefined : seen;
  if (declared.kind === 'absent')
    return text === undefined ? holds('no policy') : broken('a policy', 'the template declares none', REDEPLOY);
  if (text === undefined) return broken('no policy', 'the declared policy is gone', REDEPLOY);
  const document = parsed(text);
  const wanted = typeof declared.value === 'string' ? parsed(declared.value) : declared.value;
  if (document === undefined || wanted === undefined)
    return unseen('the policy is no JSON document', 'Read the policy in the console and report the text.');
  const difference = policyDifference(wanted, document);
  return difference === undefined
    ? holds('means the same as the template')
    : broken('another policy', describeDifference(difference), REDEPLOY);
}

/** A claim on the policy a thing has of its own. @param kind as it is told, such as `resource policy` */
export const policyClaim = <E, T>(
  kind: string,
  declared: Declared,
  of: (evidence: E) => Answer<T>,
  text: (value: T) => string | undefined,
): Claim<E> =>
  claimOn('policy', declared.kind === 'absent' ? `no ${kind}` : `the ${kind} of the template`, of, (value) =>
    samePolicy(text(value), declared),
  );

export function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** What was declared as a set of texts, or why it cannot be said. */
export type DeclaredSet = { readonly kind: 'fixed'; readonly value: readonly string[] } | (Declared & { kind: 'open' });

/** The declared value as a set of texts; none when the template states nothing. */
export function setOf(declared: Declared, texts: (value: Json) => readonly string[]): DeclaredSet {
  if (declared.kind === 'open') return declared;
  return { kind: 'fixed', value: declared.kind === 'absent' ? [] : texts(declared.value) };
}

/** Set against set: names what came and what went. @param none what to call an empty set */
export function sameSet(seen: readonly string[], declared: DeclaredSet, none: string, remedy = REDEPLOY): Finding {
  if (declared.kind === 'open') return unseen(declared.why, FIX_TEMPLATE);
  const faults = [
    ...seen.filter((each) => !declared.value.includes(each)).map((each) => `${each} is not declared`),
    ...declared.value.filter((each) => !seen.includes(each)).map((each) => `${each} is missing`),
  ];
  const text = seen.length > 0 ? [...seen].sort().join(', ') : none;
  return faults.length === 0 ? holds(text) : broken(text, faults.join('; '), remedy);
}

export const setWords = (declared: DeclaredSet, none: string): string => {
  if (declared.kind === 'open') return 'what the template leaves open';
  return declared.value.length > 0 ? declared.value.join(', ') : none;
};

/** The worst of several findings on one claim; holds with `seen` when all hold. */
export function worstOf(findings: readonly Finding[], seen: string): Finding {
  return (
    findings.find(({ verdict }) => verdict === 'broken') ??
    findings.find(({ verdict }) => verdict === 'unseen') ??
    holds(seen)
  );
}

export const isMap = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** A nested value of plain JSON: `within(rule, 'Destination', 'Bucket')`. */
export const within = (value: Json | undefined, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((at, key) => (isMap(at) ? at[key] : undefined), value);
