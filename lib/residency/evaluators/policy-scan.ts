/**
 * Judges policy documents: who is let in from where (resource and trust policies), and which actions that move data are
 * allowed to whoever holds the policy (identity and endpoint policies). Deny statements and boundaries only narrow.
 */
import type { Scalar } from '../../template';
import { describe, textOf } from '../../template';
import { locate } from '../destination';
import type { Opinion } from '../opinion';
import { closed, unknown } from '../opinion';
import { callerBound } from '../policy/bounds';
import { permissionOpinions } from '../policy/permissions';
import { HARMLESS_MANAGED_POLICIES } from '../policy/managed-policies';
import { principalOpinion } from '../policy/principals';
import type { Entry, Statement } from '../policy/statement';
import { isStatement, statementsOf } from '../policy/statement';
import { writesOnly } from '../policy/writes';
import type { Answer, Evaluator, Question } from './question';
import { argument, perValue } from './question';

export const policyScan: Evaluator = (question) => {
  const home = question.premises.home(question.resource).place;
  switch (argument(question, 'policy')) {
    case 'boundary':
    case 'organization':
      return perValue(question, () => closed(home, 'the document can only narrow what others allow')).slice(0, 1);
    case 'managed':
      return perValue(question, (value) => managedPolicy(question, value));
    case 'principal':
      return perValue(question, (value) =>
        principalOpinion({ kind: 'AWS', value }, undefined, question.premises, question.resource),
      );
    case 'identity':
      return documents(question, (statement) => permissionOpinions(statement, question.premises, question.resource));
    case 'endpoint':
      return documents(question, (statement) => endpointOpinions(question, statement));
    default:
      return documents(question, (statement) => admitted(question, statement));
  }
};

function documents(question: Question, judge: (statement: Statement) => readonly Opinion[]): readonly Answer[] {
  const home = question.premises.home(question.resource).place;
  return question.leaves.flatMap((leaf) =>
    leaf.possible.flatMap((possible) =>
      statementsOf(question.resource, leaf.path, possible).flatMap((entry) =>
        entryOpinions(entry, judge, home).map((opinion) => ({
          ...opinion,
          path: entry.path,
          origin: entry.origin,
          ...(leaf.line === undefined ? {} : { line: leaf.line }),
        })),
      ),
    ),
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

/** Who a resource or trust policy lets in. */
function admitted(question: Question, statement: Statement): readonly Opinion[] {
  const { premises, resource } = question;
  if (writesOnly(statement)) return [closed(premises.home(resource).place, `${named(statement)} only lets data in`)];
  const options = { from: resource, bareName: 'anywhere' as const };
  const bound = callerBound(statement, premises, options);
  const who = statement.notPrincipal
    ? [unboundEveryone(statement)]
    : (statement.principals ?? []).map((principal) => principalOpinion(principal, statement, premises, resource));
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

/** An endpoint policy without bounds lets anyone inside the network write to stores of anyone. */
function endpointOpinions(question: Question, statement: Statement): readonly Opinion[] {
  const { premises, resource } = question;
  return permissionOpinions(statement, premises, resource);
}

function managedPolicy(question: Question, value: Scalar): Opinion {
  const { premises, resource } = question;
  const words = describe(value);
  if (value.kind === 'reference')
    return closed(premises.home(value.resource).place, `${words} is judged by its own rows`);
  const name = /:iam::aws:policy\/(.+)$/.exec(words)?.[1];
  const home = premises.home(resource).place;
  if (name !== undefined) {
    const harmless = HARMLESS_MANAGED_POLICIES[name];
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
