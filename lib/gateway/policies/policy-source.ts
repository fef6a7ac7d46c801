/** The policy text as files: the one reader of it, at synth, in the functions and on the command line. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PolicyError } from './policy-error';

/** One file of text; `file` is the name to show in messages. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/** Everything the decision engine is given. */
export interface PolicySource {
  readonly schema: SourceFile;
  readonly policies: readonly SourceFile[];
}

const SCHEMA_FILE = 'schema.cedarschema';

/**
 * The policies of a folder: `schema.cedarschema` and every `*.cedar`, in order of name.
 *
 * @throws PolicyError when the folder or a file of it cannot be read, or holds no policy
 */
export function readPolicySource(folder: string): PolicySource {
  const read = (name: string): SourceFile => {
    const file = join(folder, name);
    try {
      return { file, text: readFileSync(file, 'utf8') };
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
      throw new PolicyError([`${file}: cannot be read (${code}). The policies stand in one folder with their schema.`]);
    }
  };
  const schema = read(SCHEMA_FILE);
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.cedar'))
    .sort();
  if (names.length === 0)
    throw new PolicyError([`${folder}: holds no .cedar file; without a policy everything is denied.`]);
  return { schema, policies: names.map(read) };
}
