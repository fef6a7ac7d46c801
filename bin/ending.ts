import { ConfigurationError } from '../config/parse';

/** Runs an app. A wrong configuration ends it with a line per mistake and exit code 2; any other error is a defect and thrown on. */
export function endingOnMistakes(app: () => void): void {
  try {
    app();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
