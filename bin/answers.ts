/** Puts several forms of one answer where they were asked for: all of them, or none. */
import { accessSync, closeSync, constants, existsSync, openSync, rmSync, statSync } from 'node:fs';
import { writeAnswer } from './answer';
import { UsageError } from './input';

export interface Answer {
  readonly text: string;
  /** Standard output when undefined. */
  readonly file: string | undefined;
}

/**
 * Opens every file before anything is written, and writes files before standard output, so that a path that cannot be
 * written leaves the others as they were and nothing printed. @throws UsageError
 */
export function writeAnswers(answers: readonly Answer[]): void {
  const files = answers.flatMap(({ file }) => (file === undefined ? [] : [file]));
  const made = files.filter((file) => !existsSync(file));
  try {
    files.forEach(open);
    for (const { text, file } of answers) if (file !== undefined) writeAnswer(text, file);
  } catch (error) {
    for (const file of made) rmSync(file, { force: true });
    throw error;
  }
  for (const { text, file } of answers) if (file === undefined) writeAnswer(text, file);
}

/** Appending changes nothing of what a file holds. A pipe is left alone: whoever reads it takes the first end for the last. */
function open(file: string): void {
  try {
    const found = existsSync(file) ? statSync(file) : undefined;
    if (found && !found.isFile() && !found.isDirectory()) accessSync(file, constants.W_OK);
    else closeSync(openSync(file, 'a'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new UsageError(`${file}: cannot be written (${code}). Give a path in a folder that exists.`);
  }
}
