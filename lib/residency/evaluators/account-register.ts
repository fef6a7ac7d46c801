/** Judges account ids (and principals that stand for them) against the accounts of the application and the register. */
import type { Scalar } from '../../template';
import { describe, parseArn, textOf } from '../../template';
import { custody, locateResource } from '../destination';
import type { Opinion } from '../opinion';
import { closed, inside, outside, unknown } from '../opinion';
import { isAccountId } from '../premises';
import type { Evaluator, Question } from './question';
import { isIgnored, perValue } from './question';

const EVERYONE = new Set(['*', 'all', 'everyone', 'public']);

export const accountRegister: Evaluator = (question) => perValue(question, (value) => accountOpinion(question, value));

function accountOpinion(question: Question, value: Scalar): Opinion {
  const { premises, resource } = question;
  const home = premises.home(resource).place;
  const words = describe(value);
  if (isIgnored(question, value)) return closed(home, `"${words}" names no account`);
  if (value.kind === 'reference') return locateResource(value.resource, premises, value.attribute);
  const own = value.kind === 'unknown' && value.pseudo === 'AWS::AccountId';
  const arn = parseArn(value);
  const account = arn ? textOf(arn.account) : textOf(value)?.trim();
  const place = { ...home, kind: 'account' as const, value: words };
  if (own || (arn?.account.kind === 'unknown' && arn.account.pseudo === 'AWS::AccountId'))
    return inside(place, `\`${words}\` is the account of this stack`);
  if (account === undefined) {
    const why = value.kind === 'unknown' ? value.why : `the account in \`${words}\` is known only at deployment`;
    return unknown(why, place);
  }
  if (EVERYONE.has(account.toLowerCase())) return outside({ kind: 'everyone', value: words }, `"${words}" is everyone`);
  const held = account === '' ? `\`${words}\` names no account` : custody(account, premises);
  const full = isAccountId(account) ? { ...place, account } : place;
  return held ? unknown(held, full) : inside(full, `account ${account} is ours`);
}
