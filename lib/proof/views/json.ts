/** Evidence for machines and archives: what was asked, what was answered, on which premises, and what is not covered. */
import { unitsOf } from '../attachment';
import { requestLines } from '../counter-example';
import { closers } from '../decision-tree';
import { FAMILY_MEANING } from '../families';
import { LIMITS } from '../limits';
import { premises } from '../premises';
import type { Answer, ProofReport } from '../prove';
import { accountScope } from '../scope';
import { totals } from './totals';

/** @param version of this tool */
export function jsonView(report: ProofReport, version: string): string {
  const evidence = { schemaVersion: '1.0', tool: { name: 'enclave prove', version }, ...proofEvidence(report) };
  return `${JSON.stringify(evidence, null, 2)}\n`;
}

/** What was asked and answered, as plain data. */
export function proofEvidence(report: ProofReport) {
  const { policies, results } = report;
  return {
    holds: report.holds,
    totals: totals(report),
    about: {
      organization: policies.organization,
      accounts: policies.siteAccounts,
      managementAccount: policies.managementAccount ?? null,
      unitsOfWhichOneHoldsEachAccount: unitsOf(policies),
      organizationPolicies: policies.organizationPolicies.map(({ kind, document, targets }) => ({
        kind,
        name: document.name,
        targets,
      })),
      identityPolicies: 'taken to allow everything',
      identifiers: 'those that AWS chooses at deployment are taken to differ from each other and from every text',
    },
    callers: FAMILY_MEANING,
    premises: premises(accountScope(policies, policies.siteAccounts[0] ?? '')).map(({ name, source }) => ({
      name,
      source,
    })),
    notCovered: LIMITS,
    invariants: results.map(({ slug, sentence, answers, notApplicable }) => ({
      slug,
      sentence,
      ...(notApplicable === undefined ? {} : { notApplicable }),
      answers: answers.map(answerJson),
    })),
  };
}

function answerJson(answer: Answer): object {
  if (answer.verdict === 'refuted')
    return {
      verdict: answer.verdict,
      scope: answer.scope,
      request: Object.fromEntries(requestLines(answer.request)),
    };
  return {
    verdict: answer.verdict,
    scope: answer.scope,
    steps: answer.steps,
    ...(answer.tree ? { closedBy: Object.fromEntries(closers(answer.tree)) } : {}),
  };
}
