/** The policies cannot be used: one line per mistake, with file, line and Cedar's own message. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';

  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}
