/**
 * Judges policy documents: who is let in from where (resource and trust policies), and which actions that move data are
 * allowed to whoever holds the policy (identity and endpoint policies). Deny statements and boundaries only narrow.
 */
import { findRegion } from '../../geo';
import type { Possible, Resolved, Scalar } from '../../template';
import { describe, parseArn, textOf } from '../../template';
import { custody, locate } from '../destination';
import type { Opinion } from '../opinion';
import { closed, unknown } from '../opinion';
import { regionOpinion } from '../places';
import { isAccountId } from '../premises';
import { callerBound } from '../policy/bounds';
import { permissionOpinions } from '../policy/permissions';
import { HARMLESS_MANAGED_POLICIES, SERVICE_MANAGED_POLICIES } from '../policy/managed-policies';
import { isServicePrincipal, principalOpinion } from '../policy/principals';
import type { Entry, Statement } from '../policy/statement';
import { isStatement, statementsOf } from '../policy/statement';
import { sourceWords, sourcesNamed } from '../sources';
import { writesOnly } from '../policy/writes';
import { attachedPolicies } from './attached-policies';
import type { Answer, Evaluator, Question, Stated } from './question';
import { answerAt, argument, perValue, siblings } from './question';

export const policyScan: Evaluator = (question) => {
  const home = question.premises.home(question.resource).place;
  switch (argument(question, 'policy')) {
    case 'boundary':
    case 'organization':
      return perValue(question, () => closed(home, 'the document can only narrow what others allow')).slice(0, 1);
    case 'managed':
      return perValue(question, (value) => managedPolicy(question, value));
    case 'principal':
      return perValue(question, (value, stated) => callerOpinions(question, value, stated));
    case 'identity':
      return documents(question, (statement) => permitted(question, statement));
    case 'attached':
      return attachedPolicies(question, {
        document: (path, possible) => documentAt(question, path, possible, (one) => permitted(question, one)),
        managed: (value) => managedPolicy(question, value),
      });
    case 'endpoint':
      // An endpoint policy without bounds lets anyone inside the network write to stores of anyone.
      return documents(question, (statement) => permitted(question, statement));
    default:
      return documents(question, (statement) => admitted(question, statement));
  }
};

const permitted = ({ premises, resource }: Question, statement: Statement): readonly Opinion[] =>
  permissionOpinions(statement, premises, resource);

function documents(question: Question, judge: (statement: Statement) => readonly Opinion[]): readonly Answer[] {
  return question.leaves.flatMap((leaf) =>
    leaf.possible.flatMap((possible) => documentAt(question, leaf.path, possible, judge, leaf)),
  );
}

function documentAt(
  question: Question,
  path: string,
  possible: Possible,
  judge: (statement: Statement) => readonly Opinion[],
  leaf?: Answer['leaf'],
): readonly Answer[] {
  const home = question.premises.home(question.resource).place;
  return statementsOf(question.resource, path, possible).flatMap((entry) =>
    entryOpinions(entry, judge, home).map((opinion) => answerAt(entry.path, entry.origin, leaf, opinion)),
  );
}

function entryOpinions(
  entry: Entry,
  judge: (statement: Statement) => readonly Opinion[],
  home: Opinion['place'],
): readonly Opinion[] {
  if (!isStatement(entry)) return [unknown(`a statement cannot be read: ${entry.why}`, { value: 'unreadable policy' })];
  if (entry.effect === 'Deny') return [closed(home, `${named(entry)} denies`)];
  if (entry.effect === 'unreadable')
    return [unknown(`${named(entry)} states no effect that can be read`, { value: 'unreadable policy' })];
  return judge(entry);
}

const named = (statement: Statement): string => (statement.sid ? `statement "${statement.sid}"` : 'a statement');

/** Services that call without waiting for an answer: nothing of ours goes back to whoever set them off. */
const CALLS_WITHOUT_ANSWER = /^(?:sns|s3|events|scheduler|logs|iot|config|cloudwatch|lambda\.alarms|ses|codecommit)\./;

/**
 * A principal in a property of its own. A service of AWS calls for a resource, which the `caller` sibling names: it has to
 * belong to an account of ours and, where the service hands the answer on, to stand inside.
 */
function callerOpinions(question: Question, value: Scalar, stated: Stated): readonly Opinion[] {
  const { premises, resource } = question;
  const words = describe(value);
  if (!isServicePrincipal(words)) return [principalOpinion({ kind: 'AWS', value }, undefined, premises, resource)];
  const service = principalOpinion({ kind: 'Service', value }, undefined, premises, resource);
  if (service.verdict !== 'inside') return [service];
  const callers = ['caller', 'account'].flatMap((name) => {
    const pattern = argument(question, name);
    return pattern ? siblings(question, pattern, stated).map(({ value: one }) => callingFor(question, words, one)) : [];
  });
  return [service, ...callers.filter((one) => one.verdict !== 'inside')];
}

function callingFor(question: Question, service: string, value: Resolved): Opinion {
  const { premises, resource } = question;
  const home = premises.home(resource).place;
  const words = describe(value);
  const ours = closed(home, `${service} calls for ${words}`);
  const arn = parseArn(value);
  const account = arn ? textOf(arn.account) : textOf(value)?.trim();
  if (account !== undefined && isAccountId(account)) {
    const held = custody(account, premises);
    if (held)
      return unknown(`${service} calls for \`${words}\`, and ${held}`, {
        ...home,
        kind: 'account',
        value: words,
        account,
      });
  }
  const region = arn ? textOf(arn.region) : undefined;
  if (region !== undefined && findRegion(region)) {
    const there = regionOpinion(region, account);
    return there.verdict === 'inside' || CALLS_WITHOUT_ANSWER.test(service)
      ? ours
      : { ...there, because: `${service} calls for \`${words}\` in ${there.because} and hands the answer on` };
  }
  const open = arn ? arn.account : value;
  if (open.kind === 'unknown' && open.pseudo === undefined && !open.from?.length)
    return unknown(`${service} calls for \`${words}\`: ${open.why}`, { ...home, kind: 'account', value: words });
  const where = locate(value, premises, { from: resource, bareName: 'anywhere' });
  return where.verdict === 'outside' && !CALLS_WITHOUT_ANSWER.test(service)
    ? { ...where, because: `${service} calls for ${where.because}` }
    : ours;
}

/** Who a resource or trust policy lets in. */
function admitted(question: Question, statement: Statement): readonly Opinion[] {
  const { premises, resource } = question;
  if (writesOnly(statement)) {
    const sources = sourcesNamed(statement, premises);
    const from = sources.length > 0 ? ` from ${sourceWords(sources)}` : '';
    const opinion = closed(premises.home(resource).place, `${named(statement)} only lets data in${from}`);
    return [sources.length > 0 ? { ...opinion, inbound: true } : opinion];
  }
  const options = { from: resource, bareName: 'anywhere' as const };
  const bound = callerBound(statement, premises, options);
  const who = statement.notPrincipal
    ? [unboundEveryone(statement)]
    : statement.principals.map((principal) => principalOpinion(principal, statement, premises, resource));
  if (who.length === 0) return [unknown(`${named(statement)} names no principal`, { value: 'no principal' })];
  return who.map((opinion) => {
    if (opinion.closed) return opinion;
    const isEdge = opinion.place.value !== '*' && opinion.place.kind === 'everyone';
    if (bound?.holds === 'bound' && !isEdge && !statement.notPrincipal)
      return closed(premises.home(resource).place, `${named(statement)} binds the caller: ${bound.words}`);
    const because = `${named(statement)} allows ${actionWords(statement)} to ${opinion.because}`;
    return bound?.holds === 'doubtful' && opinion.verdict === 'outside' && !isEdge
      ? unknown(`${because}, bound only by ${bound.words}`, opinion.place)
      : { ...opinion, because };
  });
}

function unboundEveryone(statement: Statement): Opinion {
  return {
    place: { kind: 'everyone', value: '*' },
    verdict: 'outside',
    because: `everyone but the principals it excepts (NotPrincipal) in ${named(statement)}`,
  };
}

function actionWords(statement: Statement): string {
  const words = statement.actions.map(describe);
  if (statement.notAction) return `everything but ${words.join(', ')}`;
  return words.length > 3
    ? `${words.slice(0, 3).join(', ')} and ${words.length - 3} more actions`
    : words.join(', ') || 'actions';
}

function managedPolicy(question: Question, value: Scalar): Opinion {
  const { premises, resource } = question;
  const words = describe(value);
  const name = /:iam::aws:policy\/(.+)$/.exec(words)?.[1];
  const home = premises.home(resource).place;
  if (name !== undefined) {
    const harmless =
      HARMLESS_MANAGED_POLICIES[name] ?? (premises.options.sites ? undefined : SERVICE_MANAGED_POLICIES[name]);
    return harmless
      ? closed(home, `${name}: ${harmless}`)
      : unknown(`what the managed policy ${name} allows is not in any template`, { kind: 'account', value: words });
  }
  const targets = premises.denoted(value);
  if (targets.length > 0) return closed(premises.home(targets[0]!).place, `${words} is judged by its own rows`);
  if (textOf(value) === '') return closed(home, 'no policy is named');
  const where = locate(value, premises, { from: resource, bareName: 'anywhere' });
  return unknown(`what \`${words}\` allows is not in any judged template`, where.place);
}
