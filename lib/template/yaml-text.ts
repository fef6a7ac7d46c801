/** YAML templates with CloudFormation's short forms (`!Ref`, `!Sub`, …), read into the JSON they stand for. */
import { LineCounter, isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Document, Node, Pair, Scalar } from 'yaml';
import { YamlTooDeep, boundedYaml } from './bounded-yaml';
import { InputError } from './input-error';
import { LIMITS } from './limits';
import type { Json } from './model';
import { put } from './scalar';

export interface YamlText {
  readonly value: Json;
  lineOf(path: readonly (string | number)[]): number;
}

/** @throws InputError with the line of the first error, or when aliases or nesting grow without bound. */
export function parseYaml(text: string, file: string): YamlText {
  const counter = new LineCounter();
  const tooDeep = (): InputError =>
    new InputError(
      `YAML nested more than ${LIMITS.jsonDepth} levels deep`,
      file,
      'CloudFormation does not accept it either; flatten the template.',
    );
  let documents: readonly Document.Parsed[];
  try {
    // Duplicate keys are looked for below: the library's own test takes quadratic time.
    documents = boundedYaml(text, { lineCounter: counter, uniqueKeys: false, logLevel: 'error', merge: false });
  } catch (error) {
    if (error instanceof YamlTooDeep) throw tooDeep();
    throw new InputError(
      `not valid YAML: ${error instanceof Error ? error.message : String(error)}`,
      file,
      'Correct the file.',
    );
  }
  const [document, another] = documents;
  const [first] = document!.errors;
  if (first || another) {
    const [what, at] = first
      ? [first.message, first.pos[0]]
      : ['more than one YAML document in the file', another!.range[0]];
    throw new InputError(`not valid YAML: ${what}`, file, 'Correct the YAML at this line.', counter.linePos(at).line);
  }
  const reader = new Reader(file, counter, tooDeep);
  return {
    value: reader.read(document!.contents, 0),
    lineOf: (path) => lineOf(document!.contents, path, counter, reader.anchors),
  };
}

/** `!GetAtt` → `Fn::GetAtt`; the two that are not called `Fn::` keep their names. */
function longForm(tag: string | undefined): string | undefined {
  if (tag === undefined || !/^![A-Za-z]/u.test(tag)) return undefined;
  const name = tag.slice(1);
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
}

class Reader {
  readonly anchors = new Map<string, Node>();
  private nodes = 0;

  constructor(
    private readonly file: string,
    private readonly counter: LineCounter,
    private readonly tooDeep: () => InputError,
  ) {}

  read(node: unknown, depth: number): Json {
    if (depth > LIMITS.jsonDepth) throw this.tooDeep();
    this.nodes += 1;
    if (this.nodes > LIMITS.nodes) {
      throw new InputError(
        `YAML aliases expand to more than ${LIMITS.nodes} nodes`,
        this.file,
        'Write the template without nested aliases.',
      );
    }
    if (node === null || node === undefined) return null;
    if (isAlias(node)) {
      const target = this.anchors.get(node.source);
      if (!target) throw this.error(`alias *${node.source} has no anchor before it`, node);
      return this.read(target, depth + 1);
    }
    if (!isMap(node) && !isSeq(node) && !isScalar(node))
      throw this.error('YAML that stands for no value', node as Node);
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    const form = longForm(node.tag);
    const inner = isMap(node)
      ? this.map(node.items, depth)
      : isSeq(node)
        ? node.items.map((item) => this.read(item, depth + 1))
        : scalar(node, form !== undefined);
    return form === undefined ? inner : { [form]: inner };
  }

  private map(pairs: readonly Pair[], depth: number): Json {
    const object: { [key: string]: Json } = {};
    const merged: Json[] = [];
    for (const pair of pairs) {
      const name = this.key(pair.key, depth);
      const value = this.read(pair.value, depth + 1);
      if (name === '<<') {
        merged.push(...(Array.isArray(value) ? value : [value]));
        continue;
      }
      if (Object.hasOwn(object, name))
        throw this.error(`key ${JSON.stringify(name)} is written twice`, pair.key as Node);
      put(object, name, value);
    }
    for (const source of merged) {
      if (typeof source !== 'object' || source === null || Array.isArray(source)) continue;
      for (const [name, value] of Object.entries(source)) {
        if (!Object.hasOwn(object, name)) put(object, name, value);
      }
    }
    return object;
  }

  private key(key: unknown, depth: number): string {
    const node = isAlias(key) ? this.anchors.get(key.source) : key;
    if (isScalar(node)) {
      if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
      return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
    }
    if (depth > LIMITS.jsonDepth) throw this.tooDeep();
    throw this.error('a key that is not text', (isMap(node) || isSeq(node) ? node : undefined) as Node | undefined);
  }

  private error(what: string, node: Node | undefined): InputError {
    const offset = node?.range?.[0];
    return new InputError(
      `not a template: ${what}`,
      this.file,
      'Correct the YAML at this line.',
      offset === undefined ? undefined : this.counter.linePos(offset).line,
    );
  }
}

/**
 * Scalars as CloudFormation reads them: the booleans of YAML 1.1, but numbers with a leading zero (account ids) and
 * beyond exact integers stay text.
 */
function scalar(node: Scalar, tagged: boolean): Json {
  const { value } = node;
  const source = node.source ?? '';
  if (node.type === 'PLAIN' && typeof value === 'string' && !tagged) {
    if (/^(?:yes|Yes|YES|on|On|ON)$/u.test(source)) return true;
    if (/^(?:no|No|NO|off|Off|OFF)$/u.test(source)) return false;
  }
  if (typeof value === 'number')
    return /^[-+]?0\d/u.test(source) ||
      (Number.isInteger(value) && !Number.isSafeInteger(value)) ||
      !Number.isFinite(value)
      ? source
      : value;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : source;
}

function lineOf(
  root: unknown,
  path: readonly (string | number)[],
  counter: LineCounter,
  anchors: ReadonlyMap<string, Node>,
): number {
  let node: unknown = root;
  let offset = (isMap(root) || isSeq(root) || isScalar(root) ? root.range?.[0] : undefined) ?? 0;
  for (const step of path) {
    if (isAlias(node)) node = anchors.get(node.source);
    if ((isMap(node) || isSeq(node) || isScalar(node)) && longForm(node.tag) === step) continue;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) break;
      offset = (pair.key as Scalar).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (!isMap(node) && !isSeq(node) && !isScalar(node)) break;
      offset = node.range?.[0] ?? offset;
    } else break;
  }
  return counter.linePos(offset).line;
}
