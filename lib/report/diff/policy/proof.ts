/**
 * Asks the prover what the conservative comparison cannot tell: does any request go through under these statements that did
 * not under those? Only the statements on one thing are looked at, no other layer.
 */
import { ProofRefusal, policyAllowsNothingNew, requestLines } from '../../../proof';
import type { PolicyDocument } from '../../../proof';
import type { SampleRequest } from '../model';
import type { DocumentKind } from './documents';
import type { Clause, Statement } from './statement';
import { isReadable } from './statement';

export type Shown =
  | { readonly nothingNew: true }
  | {
      readonly nothingNew: false;
      readonly sample: SampleRequest;
      /** Names of the statements that denied the request before; none: nothing allowed it. */
      readonly deniedBefore: readonly string[];
    };

/**
 * How the statements are read: as all there is (false), or as denials of what something else allows (true). A denial on a
 * bucket, or in an identity, also holds back what other policies grant: when it falls, that goes through. Beside the
 * organisation policies of a template others are attached to the same target, at least the `FullAWSAccess` that AWS attaches
 * unless somebody took it away. They are assumed to stay as they are, and nothing is assumed of what they allow: an Allow
 * that is new may matter, and so may a Deny that falls.
 */
const READINGS: Readonly<Record<DocumentKind, readonly boolean[]>> = {
  resource: [false, true],
  identity: [false, true],
  trust: [false],
  endpoint: [false],
  boundary: [false],
  organization: [false, true],
  managed: [],
};

/** What is proved of a change of the statements on one thing; undefined when one of them cannot be read or understood. */
export function provenChange(kind: DocumentKind, before: readonly Clause[], now: readonly Clause[]): Shown | undefined {
  // What is attached by name says nothing of its statements.
  if (kind === 'managed' || ![...before, ...now].every(isProvable)) return undefined;
  try {
    const change = READINGS[kind]
      .map((deniesOnly) => policyAllowsNothingNew([documentOf(before)], [documentOf(now)], deniesOnly))
      .find(({ nothingNew }) => !nothingNew);
    if (!change || change.nothingNew) return { nothingNew: true };
    const { caller: _, action = '*', resource, ...keys } = Object.fromEntries(requestLines(change.request));
    const principal =
      keys['aws:principalarn'] ?? (now.some((one) => isReadable(one) && one.principals) ? '*' : undefined);
    return {
      nothingNew: false,
      sample: {
        ...(principal === undefined ? {} : { principal }),
        action,
        ...(resource === undefined ? {} : { resource }),
        when: Object.entries(keys)
          .filter(([name]) => name !== 'aws:principalarn')
          .map(([name, value]) => `${name} ${value}`),
      },
      deniedBefore: change.deniedBefore.map((name) => name.replace(/^\//u, '')),
    };
  } catch (error) {
    if (error instanceof ProofRefusal) return undefined;
    throw error;
  }
}

/** A statement whose actions are all known: which action a text of the deployment would be, nobody can say. */
const isProvable = (clause: Clause): clause is Statement =>
  isReadable(clause) && clause.actions.every((action) => !action.includes('${'));

const documentOf = (clauses: readonly Clause[]): PolicyDocument => ({
  name: '',
  statements: clauses.filter(isReadable).map((statement, index) => ({
    sid: statement.sid ?? `statement ${index + 1}`,
    effect: statement.effect,
    actions: statement.actions,
    notAction: statement.notAction,
    resources: statement.resources.length > 0 ? statement.resources : undefined,
    notResource: statement.notResource,
    principals: statement.principals?.map(principalOf),
    notPrincipal: statement.notPrincipal,
    conditions: statement.tests,
  })),
});

/** `Service s3.amazonaws.com`, `AWS arn:…`, or everybody. */
function principalOf(words: string): NonNullable<PolicyDocument['statements'][number]['principals']>[number] {
  const [, kind = 'AWS', name = words] = /^(AWS|Service|Federated|CanonicalUser) (.*)$/su.exec(words) ?? [];
  return { kind: kind as 'AWS' | 'Service' | 'Federated' | 'CanonicalUser', name };
}
