/** A template as text becomes a parsed body that knows its lines. */
import { unrollLoops } from './for-each';
import { InputError } from './input-error';
import { JsonLines, parseTemplate } from './json-text';
import { LIMITS } from './limits';
import type { Json, Problem } from './model';
import { isObject, own } from './scalar';
import { SERVERLESS_TRANSFORM, readAsServerless } from './serverless';
import type * as YamlReader from './yaml-text';

export interface TemplateDocument {
  readonly body: { readonly [key: string]: Json };
  readonly problems: readonly Omit<Problem, 'template'>[];
  /** Absent for a body in memory. */
  readonly text?: string;
  lineOf(path: readonly (string | number)[]): number | undefined;
}

const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

interface Parsed {
  readonly value: Json;
  /** False when it was seen that no key calls a macro. */
  readonly callsMacros?: boolean;
  lineOf(path: readonly (string | number)[]): number | undefined;
}

/** Parses text as JSON when it looks like JSON, else as YAML. @throws InputError */
export function parseText(text: string, file: string): Parsed {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const yamlName = /\.ya?ml$/iu.test(file);
  if (!yamlName && (/^\s*[{[]/u.test(plain) || /\.json$/iu.test(file))) return json(plain, file);
  if (Buffer.byteLength(plain) > LIMITS.yamlBytes) {
    if (/^\s*[{[]/u.test(plain)) return json(plain, file);
    throw tooLarge(file, Buffer.byteLength(plain), LIMITS.yamlBytes);
  }
  if (plain.trim() === '') throw new InputError('the file is empty', file, 'Give a CloudFormation template.');
  return yamlReader().parseYaml(plain, file);
}

/** The YAML library takes longer to load than most templates to judge, and most templates are JSON. */
function yamlReader(): typeof YamlReader {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./yaml-text') as typeof YamlReader;
}

function json(text: string, file: string): Parsed {
  const { value, callsMacros } = parseTemplate(text, file);
  let lines: JsonLines | undefined;
  return { value, callsMacros, lineOf: (path) => (lines ??= new JsonLines(text)).find(path) };
}

export const tooLarge = (file: string, bytes: number, limit: number): InputError =>
  new InputError(
    `${(bytes / 1024 / 1024).toFixed(1)} MB, more than the ${limit / 1024 / 1024} MB that are read`,
    file,
    'CloudFormation accepts templates up to 1 MB; split the template.',
  );

/** @throws InputError when the text is not a template. */
export function templateDocument(text: string, file: string): TemplateDocument {
  const { value, callsMacros, lineOf } = parseText(text, file);
  return { ...documentOf(value, file, lineOf, callsMacros), text };
}

/** The same for a template of a cloud assembly, where a stack without resources has no such section. @throws InputError */
export function assemblyDocument(text: string, file: string): TemplateDocument {
  const { value, callsMacros, lineOf } = parseText(text, file);
  const isEmpty = isObject(value) && own(value, 'Resources') === undefined;
  return { ...documentOf(isEmpty ? { ...value, Resources: {} } : value, file, lineOf, callsMacros), text };
}

/** The same for a body in memory, which has no lines. @throws InputError */
export function documentOf(
  value: Json,
  file: string,
  lineOf: TemplateDocument['lineOf'] = () => undefined,
  /** False saves a walk over the whole template. */
  callsMacros = true,
): TemplateDocument {
  const remedy = 'Give a CloudFormation template: a map with a "Resources" section.';
  if (!isObject(value)) {
    throw new InputError(
      `not a template: ${Array.isArray(value) ? 'a list' : 'a single value'} instead of a map`,
      file,
      remedy,
      lineOf([]),
    );
  }
  const resources = own(value, 'Resources');
  if (resources === undefined) throw new InputError('not a template: no "Resources" section', file, remedy);
  if (!isObject(resources))
    throw new InputError('not a template: "Resources" is not a map', file, remedy, lineOf(['Resources']));

  const problems: Omit<Problem, 'template'>[] = [];
  const report = (
    kind: Problem['kind'],
    message: string,
    path: readonly (string | number)[],
    logicalId?: string,
  ): void => {
    const line = lineOf(path);
    problems.push({
      kind,
      message,
      file,
      ...(line === undefined ? {} : { line }),
      ...(logicalId === undefined ? {} : { logicalId }),
    });
  };
  const body = reportTransforms(value, file, report, callsMacros);
  const declared = own(body, 'Resources') as { [key: string]: Json };
  for (const logicalId of Object.keys(declared)) {
    const resource = declared[logicalId]!;
    if (logicalId.startsWith('Fn::') && /^Fn::(?:ForEach::|Transform$)/u.test(logicalId)) continue;
    const type = isObject(resource) ? own(resource, 'Type') : undefined;
    if (logicalId.startsWith('Fn::'))
      report('malformed', `${logicalId} is no name of a resource; what it creates is not judged`, [
        'Resources',
        logicalId,
      ]);
    else if (!isObject(resource))
      report(
        'malformed',
        `resource ${logicalId} is not a map, so nothing can be said of it`,
        ['Resources', logicalId],
        logicalId,
      );
    else if (typeof type !== 'string')
      report(
        'malformed',
        `resource ${logicalId} has no Type, so nothing can be said of it`,
        ['Resources', logicalId],
        logicalId,
      );
  }
  return { body, problems, lineOf };
}

type Report = (kind: Problem['kind'], message: string, path: readonly (string | number)[], logicalId?: string) => void;

/** Transforms rewrite the template at deployment: what they write is not on disk. Loops are unrolled, SAM is read as SAM reads it, the rest is reported. */
function reportTransforms(
  template: { [key: string]: Json },
  file: string,
  report: Report,
  callsMacros: boolean,
): { [key: string]: Json } {
  const declared = own(template, 'Transform');
  const names = (Array.isArray(declared) ? declared : declared === undefined ? [] : [declared]).map((each) => {
    const name = isObject(each) ? own(each, 'Name') : each;
    return typeof name === 'string' ? name : 'without a name';
  });
  let body = template;
  for (const name of names) {
    if (name === LANGUAGE_EXTENSIONS) {
      const unrolled = unrollLoops(template, file);
      body = unrolled.body;
      for (const { loop, why } of unrolled.left) {
        report('transform', `loop Fn::ForEach::${loop} cannot be unrolled: ${why}; what it creates is not judged`, [
          'Transform',
        ]);
      }
    } else if (name !== SERVERLESS_TRANSFORM)
      report('transform', `transform ${name} rewrites the template at deployment; what it writes is not judged`, [
        'Transform',
      ]);
  }
  if (names.includes(SERVERLESS_TRANSFORM)) body = readAsServerless(body);
  if (callsMacros) reportMacros(body, report);
  if (!names.includes(LANGUAGE_EXTENSIONS)) reportStrayLoops(body, report);
  return body;
}

/** `Fn::Transform` anywhere, told once per resource or section. */
function reportMacros(body: { [key: string]: Json }, report: Report): void {
  const seen = new Set<string>();
  const stack: { node: Json; path: readonly [string, string?] | readonly [] }[] = [{ node: body, path: [] }];
  while (stack.length > 0) {
    const { node, path } = stack.pop()!;
    if (Array.isArray(node)) {
      for (const item of node) if (typeof item === 'object' && item !== null) stack.push({ node: item, path });
      continue;
    }
    if (!isObject(node)) continue;
    for (const key of Object.keys(node)) {
      const child = node[key]!;
      if (key === 'Fn::Transform') {
        const where = path.join('.');
        if (seen.has(where)) continue;
        seen.add(where);
        const name = isObject(child) && typeof child['Name'] === 'string' ? child['Name'] : 'without a name';
        const logicalId = path[0] === 'Resources' ? path[1] : undefined;
        report(
          'macro',
          `macro ${name} writes into ${where === '' ? 'the template' : where} at deployment; what it writes is not judged`,
          path as readonly string[],
          logicalId,
        );
      } else if (typeof child === 'object' && child !== null) {
        stack.push({ node: child, path: path.length === 0 ? [key] : path.length === 1 ? [path[0], key] : path });
      }
    }
  }
}

function reportStrayLoops(body: { [key: string]: Json }, report: Report): void {
  for (const name of Object.keys(own(body, 'Resources') as { [key: string]: Json })) {
    if (name.startsWith('Fn::ForEach::')) {
      report('transform', `${name} without transform ${LANGUAGE_EXTENSIONS}; what it creates is not judged`, [
        'Resources',
        name,
      ]);
    }
  }
}
