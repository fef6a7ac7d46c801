/** Whom a statement names: directly, or by trusting an account to say so in its identity policies. */
import { FALSE, TRUE, or } from '../logic/formula';
import type { Formula } from '../logic/formula';
import type { PrincipalName } from '../policy/document';
import { hasVariable } from './policy-variable';
import { free, is } from './tests';

export interface Named {
  /** Enough by itself. */
  readonly directly: Formula;
  /** Enough only with an identity policy of the account that allows it too. */
  readonly byAccount: Formula;
}

const ACCOUNT = /^(?:arn:aws[^:]*:iam::)?(\d{12})(?::root)?$/;

function named({ kind, name }: PrincipalName): Named {
  const directly = (formula: Formula): Named => ({ directly: formula, byAccount: FALSE });
  if (kind === 'Service') return directly(is('aws:PrincipalServiceName', name));
  if (kind === 'Federated') return directly(is('aws:FederatedProvider', name));
  if (kind === 'CanonicalUser') return directly(free(`the caller is the canonical user ${name}`));
  if (name === '*') return directly(TRUE);
  const account = ACCOUNT.exec(name)?.[1];
  if (account !== undefined) return { directly: FALSE, byAccount: is('aws:PrincipalAccount', account) };
  if (hasVariable(name)) return directly(free(`the caller is ${name}`));
  // A session is named by its own ARN, while aws:PrincipalArn is the role's: more than one variable tells.
  if (/:sts::\d{12}:(?:assumed-role|federated-user)\//.test(name)) return directly(free(`the caller is ${name}`));
  return directly(is('aws:PrincipalArn', name));
}

/** Undefined principals: the policy stands on the identity, or on an organization, and is about every caller it reaches. */
export function namedBy(principals: readonly PrincipalName[] | undefined): Named {
  if (principals === undefined) return { directly: TRUE, byAccount: FALSE };
  const all = principals.map(named);
  return { directly: or(...all.map((n) => n.directly)), byAccount: or(...all.map((n) => n.byAccount)) };
}
