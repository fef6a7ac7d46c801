/** Reads what commands are given: templates and registers. The only place where the command line touches the file system. */
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { LineCounter } from 'yaml';
import { findRegion } from '../lib/geo';
import { InputError, readApplication } from '../lib/template';
import type { Application, InputPath } from '../lib/template';
import { YamlTooDeep, boundedYaml } from '../lib/template/bounded-yaml';

/** Where a template that says nothing itself would be deployed. */
export interface Deployment {
  readonly region?: string;
  readonly account?: string;
}

/** Input that cannot be used; the message is one line for the user. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads paths (`cdk.out`, `template.yaml`, `template.json@eu-west-1`) as one application. @throws InputError, UsageError */
export function applicationAt(paths: readonly string[], deployment: Deployment): Application {
  return readApplication(
    paths.map((given) => inputPath(given, deployment)),
    { partitionOf: (region) => findRegion(region)?.partition },
  );
}

function inputPath(given: string, deployment: Deployment): InputPath {
  const at = given.lastIndexOf('@');
  // A file may have an @ in its name; one that exists is meant as it is written.
  const suffixed = at > 0 && !existsSync(given) && !given.slice(at).includes(path.sep);
  const region = suffixed ? given.slice(at + 1).trim() : deployment.region;
  if (suffixed && !region)
    throw new UsageError(`${given}: no Region after "@". Write PATH@REGION, for example stack.json@eu-west-1.`);
  return {
    path: suffixed ? given.slice(0, at) : given,
    ...(region ? { region } : {}),
    ...(deployment.account ? { account: deployment.account } : {}),
  };
}

/** Parses a JSON or YAML register. @throws UsageError naming file and line */
export function registerAt(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}). Give the path of a JSON or YAML file.`,
    );
  }
  const refused = (line: number | undefined, why: string): UsageError =>
    new UsageError(
      `${file}${line === undefined ? '' : `:${line}`}: ${why}. Correct the file; it is read as YAML, of which JSON is a part.`,
    );
  const lineCounter = new LineCounter();
  try {
    const [document, another] = boundedYaml(text, { lineCounter, prettyErrors: false });
    const [problem] = document!.errors;
    const line = (offset: number): number => lineCounter.linePos(offset).line;
    if (problem) throw refused(line(problem.pos[0]), problem.message);
    if (another) throw refused(line(another.range[0]), 'a second document, of which nothing would be read');
    return document!.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (error) {
    if (error instanceof YamlTooDeep) throw refused(undefined, 'nested too deeply');
    if (error instanceof ReferenceError)
      throw refused(undefined, 'aliases that expand without bound, or that nothing stands behind');
    throw error;
  }
}

/** What to print for an error: one line, never a stack trace. */
export function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = message.split('\n')[0]!.trim();
  const expected =
    error instanceof InputError ||
    error instanceof UsageError ||
    (error instanceof Error && error.name === 'RegisterError');
  return expected ? line : `internal error: ${line}. Nothing was judged; please report it.`;
}
