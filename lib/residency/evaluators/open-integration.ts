/**
 * Judges what an API calls by itself, without a function between. Where no authorisation is asked, everyone who reaches the
 * API reads what the service answers; calls that only write bring data in.
 */
import { describe, parseArn, textOf } from '../../template';
import type { Resolved, Resource, Scalar } from '../../template';
import { closed, outside, unknown } from '../opinion';
import type { Evaluator, Question, Stated } from './question';
import { argument, perValue, siblings } from './question';

/** Calls whose answer holds nothing but an acknowledgement. */
const WRITES_ONLY =
  /^(?:(?:action\/)?(?:SendMessage|SendMessageBatch|Publish|PutRecord|PutRecords|PutRecordBatch|PutEvents|StartExecution)|(?:SQS-SendMessage|Kinesis-PutRecord|EventBridge-PutEvents|StepFunctions-StartExecution))$/;
const WRITES_ONLY_FORM = /^\s*Action=(?:SendMessage|Publish)\b/;
/** Everything but these asks who calls. */
const ASKS_NOBODY = 'NONE';

/** One direct call of a service: in words, and whether its answer may hold data. */
interface Call {
  readonly words: string;
  readonly reads: boolean;
  /** Why it cannot be told whether a service is called at all. */
  readonly doubt?: string;
}

export const openIntegration: Evaluator = (question) =>
  perValue(question, (value, stated) => {
    const home = question.premises.home(question.resource).place;
    const calls = callsOf(question, value).filter(({ reads }) => reads);
    if (calls.length === 0) return closed(home, 'no service is called directly that answers with data');
    const asked = authorisation(question, stated);
    if (asked === 'asked') return closed(home, 'the caller has to be authorised');
    const everyone = { kind: 'everyone' as const, value: 'everyone who reaches the API' };
    return calls.map(({ words, doubt }) => {
      const why = doubt ?? asked.why;
      return why === undefined
        ? outside(everyone, `everyone may call ${words} through it, because its authorisation is ${ASKS_NOBODY}`)
        : unknown(`everyone may be able to call ${words} through it: ${why}`, everyone);
    });
  });

/** Whether the caller is asked who they are, or why that cannot be told; a method that says nothing asks nobody. */
function authorisation(question: Question, stated: Stated): 'asked' | { readonly why?: string } {
  const pattern = argument(question, 'authorization');
  const kinds = pattern ? siblings(question, pattern, stated) : [];
  if (kinds.length === 0) return {};
  const words = kinds.map(({ value }) => textOf(value)?.trim().toUpperCase());
  if (words.includes(ASKS_NOBODY)) return {};
  const open = kinds.find(({ value }) => textOf(value) === undefined);
  if (!open) return 'asked';
  return { why: open.value.kind === 'unknown' ? open.value.why : 'its authorisation is known only at deployment' };
}

/** The direct calls behind a method's integration, or behind the integrations a route leads to. */
function callsOf(question: Question, value: Scalar): readonly Call[] {
  const { resource, premises } = question;
  const prefix = argument(question, 'integration');
  if (prefix !== undefined) {
    const found = calls(resource, prefix);
    const isStated = ['Uri', 'IntegrationUri'].some((name) => resource.at(`${prefix}${name}`).length > 0);
    return !isStated && value.kind === 'unknown' ? [...found, doubtful(value.why)] : found;
  }
  const pieces = value.kind === 'pieces' ? value.pieces : [value];
  const targets = pieces.flatMap((piece) => premises.denoted(piece));
  if (targets.length === 0) return [doubtful(`no judged template creates \`${describe(value)}\``)];
  return targets.flatMap((target) => [...calls(target, ''), ...subtypes(target)]);
}

const doubtful = (doubt: string): Call => ({ words: 'a service', reads: true, doubt });

function calls(resource: Resource, prefix: string): readonly Call[] {
  const at = (name: string): readonly Resolved[] =>
    resource.at(`${prefix}${name}`).flatMap((leaf) => leaf.possible.map((possible) => possible.value));
  const uris = [...at('Uri'), ...at('IntegrationUri')];
  const forms = resource
    .at(`${prefix}RequestTemplates`)
    .flatMap((leaf) => leaf.possible)
    .flatMap(({ value }) => (value.kind === 'map' ? [...value.entries.values()].flatMap((slot) => slot.possible) : []))
    .map(({ value }) => describe(value));
  const writesForm = forms.length > 0 && forms.every((form) => WRITES_ONLY_FORM.test(form));
  return uris.flatMap((uri) => {
    const arn = parseArn(uri);
    if (!arn || textOf(arn.service) !== 'apigateway') return [];
    const service = textOf(arn.account);
    if (service === 'lambda') return [];
    const path = describe(arn.resource);
    return [{ words: `${service ?? describe(arn.account)}:${path}`, reads: !WRITES_ONLY.test(path) && !writesForm }];
  });
}

function subtypes(integration: Resource): readonly Call[] {
  return integration
    .at('IntegrationSubtype')
    .flatMap((leaf) => leaf.possible)
    .map(({ value }) => ({ words: describe(value), reads: !WRITES_ONLY.test(describe(value)) }));
}
