/** Reads IAM JSON strictly: what is not understood refuses the proof. */
import type { Json } from '../../template';
import { ProofRefusal } from '../refusal';
import type { ConditionTest, PolicyDocument, PolicyStatement, PrincipalName } from './document';

const ELEMENTS: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
]);

const PRINCIPAL_KINDS: readonly string[] = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

type Fields = { readonly [key: string]: Json };

const isFields = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param name where the document stands, for messages and decision trees. @throws ProofRefusal */
export function parseDocument(json: Json, name: string): PolicyDocument {
  if (!isFields(json) || json['Statement'] === undefined)
    throw new ProofRefusal('no policy document with statements', name, 'Give a document with Version and Statement.');
  const given = Array.isArray(json['Statement']) ? json['Statement'] : [json['Statement']];
  return { name, statements: given.map((statement, index) => parseStatement(statement, index, name)) };
}

function parseStatement(json: Json, index: number, name: string): PolicyStatement {
  const sid = isFields(json) && typeof json['Sid'] === 'string' ? json['Sid'] : `#${index + 1}`;
  const where = `${name}/${sid}`;
  const refuse = (what: string): never => {
    throw new ProofRefusal(what, where, 'Correct the statement; nothing is proved of a policy that cannot be read.');
  };
  if (!isFields(json)) return refuse('the statement is no object');
  const stranger = Object.keys(json).find((key) => !ELEMENTS.has(key));
  if (stranger !== undefined) return refuse(`"${stranger}" is no element of a statement`);
  const effect = json['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') return refuse(`Effect is ${JSON.stringify(effect)}`);
  const actions = json['Action'] ?? json['NotAction'];
  if (actions === undefined) return refuse('it has neither Action nor NotAction');
  const resources = json['Resource'] ?? json['NotResource'];
  const principals = json['Principal'] ?? json['NotPrincipal'];
  return {
    sid,
    effect,
    actions: texts(actions, refuse),
    notAction: json['Action'] === undefined,
    resources: resources === undefined ? undefined : texts(resources, refuse),
    notResource: json['Resource'] === undefined && json['NotResource'] !== undefined,
    principals: principals === undefined ? undefined : parsePrincipals(principals, refuse),
    notPrincipal: json['Principal'] === undefined && json['NotPrincipal'] !== undefined,
    conditions: parseConditions(json['Condition'], refuse),
  };
}

function parsePrincipals(json: Json, refuse: (what: string) => never): readonly PrincipalName[] {
  if (json === '*') return [{ kind: 'AWS', name: '*' }];
  if (!isFields(json)) return refuse('its principal is neither "*" nor an object');
  return Object.entries(json).flatMap(([kind, names]) => {
    if (!PRINCIPAL_KINDS.includes(kind)) return refuse(`"${kind}" is no kind of principal`);
    return texts(names, refuse).map((name) => ({ kind: kind as PrincipalName['kind'], name }));
  });
}

function parseConditions(json: Json | undefined, refuse: (what: string) => never): readonly ConditionTest[] {
  if (json === undefined) return [];
  if (!isFields(json)) return refuse('its Condition is no object');
  return Object.entries(json).flatMap(([operator, tests]) => {
    if (!isFields(tests)) return refuse(`its Condition ${operator} is no object`);
    return Object.entries(tests as Fields).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: texts(values, refuse),
    }));
  });
}

function texts(json: Json, refuse: (what: string) => never): readonly string[] {
  return (Array.isArray(json) ? json : [json]).map((one) => {
    if (typeof one === 'string') return one;
    if (typeof one === 'number' || typeof one === 'boolean') return String(one);
    return refuse(`${JSON.stringify(one)} stands where a text should`);
  });
}
