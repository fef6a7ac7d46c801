/** Makes a handler at the first call: a configuration mistake is one line in the log, and every call fails. */

type Handler<Answer> = (event: unknown) => Promise<Answer>;

export function entry<Answer>(make: () => Handler<Answer>): Handler<Answer> {
  let handler: Handler<Answer> | undefined;
  return async (event) => {
    try {
      handler ??= make();
    } catch (error) {
      // The message of a configuration error names variables and files only, and is what the operator needs.
      process.stderr.write(`gateway: ${error instanceof Error ? error.message : 'cannot start'}\n`);
      throw new Error('The gateway is not configured.', { cause: error });
    }
    return handler(event);
  };
}
