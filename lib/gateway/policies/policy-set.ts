/** Policies parsed and strictly validated by Cedar: what cannot be validated does not become a policy set. */
import { createHash } from 'node:crypto';
import {
  checkParsePolicySet,
  policySetTextToParts,
  policyToJson,
  policyToText,
  schemaToJsonWithResolvedTypes,
  schemaToText,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs';
import type { DetailedError } from '@cedar-policy/cedar-wasm/nodejs';
import { PolicyError } from './policy-error';
import type { PolicySource, SourceFile } from './policy-source';

/** One policy and what it says about itself. */
export interface Policy {
  /** Its `@id`: stable name in decisions and records. */
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  /** Its `@advice`: what it asks for, for the person who was refused. */
  readonly advice: string;
  readonly file: string;
  /** Line of the file on which it begins. */
  readonly line: number;
  readonly text: string;
}

/** A validated set, ready for an engine. */
export interface PolicySet {
  readonly policies: readonly Policy[];
  readonly schema: string;
  /** SHA-256, hex, over the canonical text of schema and policies: comments and layout do not count, everything else does. */
  readonly hash: string;
  /** The schema as Verified Permissions takes it: Cedar JSON with every type resolved. */
  readonly schemaJson: string;
}

/**
 * Parses and validates policies with Cedar's strict validation; warnings count as errors.
 *
 * @throws PolicyError with every mistake, each in Cedar's own words after file and line
 */
export function parsePolicySet(source: PolicySource): PolicySet {
  const schemaAsJson = schemaToJsonWithResolvedTypes(source.schema.text);
  if (schemaAsJson.type === 'failure')
    throw new PolicyError(schemaAsJson.errors.map((error) => errorLine(source.schema, 0, error)));
  const policies = source.policies.flatMap(policiesOf);
  const lines = [...repeatedIds(policies), ...invalid(policies, source)];
  if (lines.length > 0) throw new PolicyError(lines);
  return {
    policies,
    schema: source.schema.text,
    hash: canonicalHash(policies, source.schema.text),
    schemaJson: JSON.stringify(schemaAsJson.json),
  };
}

function policiesOf(file: SourceFile): Policy[] {
  const parsed = checkParsePolicySet({ staticPolicies: file.text });
  if (parsed.type === 'failure') throw new PolicyError(parsed.errors.map((error) => errorLine(file, 0, error)));
  const parts = policySetTextToParts(file.text);
  if (parts.type === 'failure') throw new PolicyError(parts.errors.map((error) => errorLine(file, 0, error)));
  if (parts.policy_templates.length > 0)
    throw new PolicyError([`${file.file}: holds a policy template; write policies that stand by themselves.`]);
  return parts.policies.map((text) => policyOf(file, text));
}

function policyOf(file: SourceFile, text: string): Policy {
  const line = lineAt(file.text, file.text.indexOf(text));
  const json = policyToJson(text);
  if (json.type === 'failure') throw new PolicyError(json.errors.map((error) => errorLine(file, 0, error)));
  const { id, advice } = json.json.annotations ?? {};
  if (!id || !advice)
    throw new PolicyError([
      `${file.file}:${line}: a policy without @id and @advice; give it both, they are shown to people.`,
    ]);
  return { id, advice, effect: json.json.effect, file: file.file, line, text };
}

function repeatedIds(policies: readonly Policy[]): string[] {
  return policies
    .filter(({ id }, i) => policies.findIndex((other) => other.id === id) !== i)
    .map(({ id, file, line }) => `${file}:${line}: saw @id "${id}" again; every policy has its own.`);
}

function invalid(policies: readonly Policy[], source: PolicySource): string[] {
  const staticPolicies = Object.fromEntries(policies.map(({ id, text }) => [id, text]));
  const answer = validate({ schema: source.schema.text, policies: { staticPolicies } });
  if (answer.type === 'failure') return answer.errors.map((error) => errorLine(source.schema, 0, error));
  return [...answer.validationErrors, ...answer.validationWarnings].map(({ policyId, error }) => {
    const policy = policies.find(({ id }) => id === policyId)!;
    const file = source.policies.find(({ file: name }) => name === policy.file)!;
    return errorLine(file, file.text.indexOf(policy.text), error);
  });
}

/** Cedar's message on one line, at the file and line it is about. */
function errorLine({ file, text }: SourceFile, offset: number, error: DetailedError): string {
  // Cedar counts bytes; the first line of the place is what a reader needs.
  const start = Buffer.from(text.slice(offset))
    .subarray(0, error.sourceLocations?.[0]?.start ?? 0)
    .toString().length;
  const message = [error.message, ...(error.help ? [error.help] : [])].join('; ').replace(/\s+/g, ' ');
  return `${file}:${lineAt(text, offset + start)}: ${message}`;
}

const lineAt = (text: string, offset: number): number => text.slice(0, Math.max(0, offset)).split('\n').length;

function canonicalHash(policies: readonly Policy[], schema: string): string {
  const hash = createHash('sha256').update(canonicalSchema(schema));
  for (const { id, text } of [...policies].sort((a, b) => (a.id < b.id ? -1 : 1)))
    hash.update(`\n${id}\n${canonicalPolicy(text)}`);
  return hash.digest('hex');
}

function canonicalPolicy(text: string): string {
  const json = policyToJson(text);
  const canonical = json.type === 'success' ? policyToText(json.json) : json;
  if (canonical.type === 'failure') throw new PolicyError(canonical.errors.map(({ message }) => message));
  return canonical.text;
}

function canonicalSchema(text: string): string {
  const json = schemaToJsonWithResolvedTypes(text);
  const canonical = json.type === 'success' ? schemaToText(json.json) : json;
  if (canonical.type === 'failure') throw new PolicyError(canonical.errors.map(({ message }) => message));
  return canonical.text;
}
