/** A statement as a formula over one request. */
import { TRUE, and, not, once, or } from '../logic/formula';
import type { Formula } from '../logic/formula';
import { statementName } from '../policy/document';
import type { PolicyDocument, PolicyStatement } from '../policy/document';
import { conditionFormula } from './condition';
import { hasVariable } from './policy-variable';
import { namedBy } from './principal';
import { action, free, resource } from './tests';

export interface EncodedStatement {
  /** Policy and Sid. */
  readonly name: string;
  readonly effect: 'Allow' | 'Deny';
  /** It speaks of this request and names the caller directly. */
  readonly directly: Formula;
  /** It speaks of this request and names the caller's account. */
  readonly byAccount: Formula;
  /** It speaks of this request in one way or the other. */
  readonly applies: Formula;
}

function resourceFormula(patterns: readonly string[]): Formula {
  if (patterns.includes('*')) return TRUE;
  const fixed = patterns.filter((p) => !hasVariable(p));
  const open = patterns.filter(hasVariable).map((p) => free(`the resource is ${p}`));
  return or(...(fixed.length > 0 ? [resource(...fixed)] : []), ...open);
}

/** @throws ProofRefusal */
export function encodeStatement(document: PolicyDocument, statement: PolicyStatement): EncodedStatement {
  const name = statementName(document, statement);
  const acts = statement.actions.includes('*') ? TRUE : action(...statement.actions);
  const on = statement.resources === undefined ? TRUE : resourceFormula(statement.resources);
  const speaks = and(
    statement.notAction ? not(acts) : acts,
    statement.notResource ? not(on) : on,
    ...statement.conditions.map((condition) => conditionFormula(condition, name)),
  );
  const { directly, byAccount } = namedBy(statement.principals);
  if (statement.notPrincipal) {
    const others = and(speaks, not(or(directly, byAccount)));
    return { name, effect: statement.effect, directly: others, byAccount: not(TRUE), applies: others };
  }
  return {
    name,
    effect: statement.effect,
    directly: and(speaks, directly),
    byAccount: and(speaks, byAccount),
    applies: and(speaks, or(directly, byAccount)),
  };
}

/** The statements of a document. Most documents are met in every question, so they are encoded once. @throws ProofRefusal */
export const encodeDocument = (document: PolicyDocument): readonly EncodedStatement[] =>
  once(() => document.statements.map((statement) => encodeStatement(document, statement)), document);
