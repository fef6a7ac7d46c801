/** Compares a statement with what is there now. Every objection names what changed. */
import type { Judgement } from '../../residency';
import type { HashedFile } from '../register/model';
import type { RulesVersion } from './rules-version';
import type { Statement } from './statement';
import { judgementDigest } from './statement';

/** What is found on disk, and what the judge says of it today. */
export interface Found {
  readonly files: readonly HashedFile[];
  /** Documents beside the statement. */
  readonly documents: readonly HashedFile[];
  readonly rules: RulesVersion;
  readonly judgement: Judgement;
}

/** What differs from the statement, in sentences; empty when nothing does. */
export function objections({ subject, predicate }: Statement, found: Found): readonly string[] {
  const stated = subject.map(({ name, digest }) => ({ name, sha256: digest.sha256 }));
  return [
    ...differing('assembly', stated, found.files, true),
    // Beside the documents of the register others may lie.
    ...differing('evidence', predicate.documents, found.documents, false),
    ...otherRules(predicate.rules, found.rules),
    ...rejudged(predicate, found.judgement),
  ];
}

/** One sentence when a statement was made by rules that are not those of this version. */
export const otherRules = (stated: RulesVersion, now: RulesVersion): readonly string[] =>
  stated.catalogue === now.catalogue && stated.geography === now.geography
    ? []
    : ['rules: the statement was made by other rules than those of this version; repeat with the version it names'];

/** Files that are not as stated, by name. @param exactly true when nothing may be there that is not stated */
export function differing(
  where: string,
  stated: readonly HashedFile[],
  found: readonly HashedFile[],
  exactly: boolean,
): readonly string[] {
  const now = new Map(found.map(({ name, sha256 }) => [name, sha256]));
  const then = new Set(stated.map(({ name }) => name));
  return [
    ...stated.flatMap(({ name, sha256 }) => {
      const hash = now.get(name);
      if (hash === undefined) return [`${where}: ${name} is missing`];
      return hash === sha256 ? [] : [`${where}: ${name} was changed`];
    }),
    ...(exactly ? found.filter(({ name }) => !then.has(name)).map(({ name }) => `${where}: ${name} was added`) : []),
  ];
}

function rejudged(predicate: Statement['predicate'], judgement: Judgement): readonly string[] {
  const now = judgementDigest(judgement);
  if (predicate.verdict !== now.verdict)
    return [`judgement: the statement says ${predicate.verdict}, judged again the assembly is ${now.verdict}`];
  if (JSON.stringify(predicate.findings) !== JSON.stringify(now.findings))
    return [`judgement: the findings differ (${predicate.findings.length} stated, ${now.findings.length} found)`];
  return predicate.flows === now.flows && same(predicate.counts, now.counts)
    ? []
    : ['judgement: judged again the assembly has other flows than the statement says'];
}

const same = (a: Judgement['counts'], b: Judgement['counts']): boolean =>
  Object.entries(a).every(([name, value]) => b[name as keyof typeof b] === value);
