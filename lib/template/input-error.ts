/**
 * The input cannot be judged at all: wrong file, broken syntax, hostile size. The message is one line that names the
 * file and line, what was seen and what to do; entry points print it as it is and never a stack trace.
 */
export class InputError extends Error {
  override readonly name = 'InputError';

  constructor(
    /** What is wrong, without place or remedy. */
    readonly what: string,
    readonly file: string,
    readonly remedy: string,
    /** One-based. */
    readonly line?: number,
  ) {
    super(`${file}${line === undefined ? '' : `:${line}`}: ${what}. ${remedy}`.replace(/\s+/gu, ' '));
  }
}
