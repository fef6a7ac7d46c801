/** Turns what the schema objects to into one line a person can act on. */
import type { z } from 'zod';

/** A register file that cannot be used. The message is one line: what, where, what was seen, what to do. */
export class RegisterError extends Error {
  override readonly name = 'RegisterError';
}

function pathWords(path: readonly PropertyKey[]): string {
  let words = '';
  for (const key of path) words += typeof key === 'number' ? `[${key}]` : words ? `.${String(key)}` : String(key);
  return words || 'the file';
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | undefined | null)?.[key];
  return value;
}

/** At most 40 characters of what was seen. */
function seen(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/**
 * Parses `data` strictly.
 * @param file how the caller knows the file; it begins the message
 * @param advice what to do, one sentence
 * @throws RegisterError naming the first objection
 */
export function parseRegister<T>(schema: z.ZodType<T>, data: unknown, file: string, advice: string): T {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const what = issue.message.replace(/\s+/g, ' ');
  throw new RegisterError(
    `${file}: ${pathWords(issue.path)}: ${what}; saw ${seen(valueAt(data, issue.path))}. ${advice}`,
  );
}
