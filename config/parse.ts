import type { z } from 'zod';
import { enclaveSchema } from './schema';
import type { Enclave } from './schema';

/** The configuration is wrong: one line per mistake, each with path, what was seen and what to do. */
export class ConfigurationError extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'ConfigurationError';
  }
}

const pathText = (path: readonly PropertyKey[]): string =>
  path.map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i ? '.' : ''}${String(part)}`)).join('') ||
  'configuration';

function seenText(value: unknown): string {
  if (value === undefined) return 'nothing';
  const json = JSON.stringify(value) ?? typeof value;
  return json.length > 80 ? `${json.slice(0, 77)}...` : json;
}

/** A mistake as lines: where (file and path), what was seen, what to do. */
export function issueLines(issue: z.core.$ZodIssue, file: string): string[] {
  const at = pathText(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (key) => `${file}: ${at === 'configuration' ? '' : `${at}.`}${key}: saw key "${key}", which ${issue.message}`,
    );
  }
  if (issue.code === 'invalid_union' && issue.discriminator) {
    const seen = (issue.input as Record<string, unknown> | undefined)?.[issue.discriminator];
    return [`${file}: ${at}: saw ${seenText(seen)}, which ${issue.message}`];
  }
  if (issue.code === 'invalid_type' && issue.input === undefined)
    return [`${file}: ${at}: saw nothing; a value of type ${issue.expected} is required`];
  if (issue.code === 'invalid_type') return [`${file}: ${at}: saw ${seenText(issue.input)}; write a ${issue.expected}`];
  // Messages of this project continue the sentence after what was seen; zod's own ones stand alone.
  const own = /^(is|has|stands|leaves|names|overlaps|declares|copies|\()/.test(issue.message);
  return [
    `${file}: ${at}: saw ${seenText(issue.input)}${own ? (issue.message.startsWith('(') ? ' ' : ', which ') : '; '}${issue.message}`,
  ];
}

/**
 * The checked configuration. Throws {@link ConfigurationError} with every mistake at once; nothing is written before.
 *
 * @param file name of the file the configuration came from, for the messages
 */
export function parseEnclave(input: unknown, file = 'config/enclave.ts'): Enclave {
  const result = enclaveSchema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  throw new ConfigurationError([...new Set(result.error.issues.flatMap((issue) => issueLines(issue, file)))]);
}
