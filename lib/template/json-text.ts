/** JSON with what `JSON.parse` does not give: a bound on depth, the line of an error, the line of a path. */
import { InputError } from './input-error';
import { LIMITS } from './limits';
import type { Json } from './model';

const QUOTE = 34;
const BACKSLASH = 92;

/** Offset just after the string that opens at `start`; the length of the text when it never closes. */
function afterString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
  return text.length;
}

/** Line starts of a text, for offsets to lines. */
export class Lines {
  private starts: number[] | undefined;

  constructor(private readonly text: string) {}

  /** One-based. */
  at(offset: number): number {
    if (!this.starts) {
      this.starts = [0];
      for (let end = this.text.indexOf('\n'); end >= 0; end = this.text.indexOf('\n', end + 1))
        this.starts.push(end + 1);
    }
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }
}

/**
 * Parses JSON text that may come from anywhere.
 * @throws InputError with the line of the first error, or when it nests too deeply.
 */
export function parseJson(text: string, file: string): Json {
  return parseTemplate(text, file).value;
}

/** The same, and whether a key of it calls a macro. */
export function parseTemplate(text: string, file: string): { readonly value: Json; readonly callsMacros: boolean } {
  // A parsed value is measured several times faster than text, but text of any depth must not become a value first.
  if (text.length > PARSED_UNREAD) refuseDepth(text, file);
  try {
    const value = JSON.parse(text) as Json;
    const seen = { callsMacros: false, keys: 0 };
    if (isDeeper(value, LIMITS.jsonDepth, seen)) refuseDepth(text, file);
    // Of a key that is written twice the value holds one, and CloudFormation need not take the same.
    if (keysIn(text) !== seen.keys) refuseRepeatedKey(text, file);
    return { value, callsMacros: seen.callsMacros };
  } catch (error) {
    if (error instanceof InputError) throw error;
    refuseDepth(text, file);
    const { offset, seen } = firstError(text);
    const line = new Lines(text).at(offset);
    throw new InputError(`not valid JSON: ${seen}`, file, 'Restore the file or synthesise it again.', line);
  }
}

/** Characters of text that may be parsed before its depth is known: twice the largest template CloudFormation accepts. */
const PARSED_UNREAD = 2 * 1024 * 1024;

function refuseDepth(text: string, file: string): void {
  const tooDeep = offsetBeyondDepth(text);
  if (tooDeep === undefined) return;
  throw new InputError(
    `JSON nested more than ${LIMITS.jsonDepth} levels deep`,
    file,
    'CloudFormation does not accept it either; flatten the template.',
    new Lines(text).at(tooDeep),
  );
}

/** Whether maps and lists nest more than `levels` deep. Notes on the way what a second walk would have to look for. */
function isDeeper(value: Json, levels: number, seen: { callsMacros: boolean; keys: number }): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const item = value[index]!;
      if (typeof item === 'object' && isDeeper(item, levels - 1, seen)) return true;
    }
    return false;
  }
  for (const key in value) {
    seen.keys += 1;
    if (key === MACRO) seen.callsMacros = true;
    const child = value[key]!;
    if (typeof child === 'object' && isDeeper(child, levels - 1, seen)) return true;
  }
  return false;
}

const MACRO = 'Fn::Transform';

function offsetBeyondDepth(text: string): number | undefined {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    switch (text.charCodeAt(index)) {
      case QUOTE:
        index = afterString(text, index) - 1;
        break;
      case 91: // [
      case 123: // {
        depth += 1;
        if (depth > LIMITS.jsonDepth) return index;
        break;
      case 93:
      case 125:
        depth -= 1;
    }
  }
  return undefined;
}

const COLON = 58;

/** Keys of maps, in text that is known to parse: the strings with a colon behind them. */
function keysIn(text: string): number {
  let keys = 0;
  for (let start = text.indexOf('"'); start >= 0;) {
    let end = afterString(text, start);
    while (text.charCodeAt(end) <= 32) end += 1;
    if (text.charCodeAt(end) === COLON) keys += 1;
    start = text.indexOf('"', end);
  }
  return keys;
}

/** @throws InputError at the first key that its map has already */
function refuseRepeatedKey(text: string, file: string): void {
  const maps: Set<string>[] = [];
  for (let index = 0; index < text.length; index += 1) {
    switch (text.charCodeAt(index)) {
      case QUOTE: {
        const end = afterString(text, index);
        let next = end;
        while (text.charCodeAt(next) <= 32) next += 1;
        if (text.charCodeAt(next) === COLON) {
          const name = JSON.parse(text.slice(index, end)) as string;
          if (maps.at(-1)!.has(name)) {
            throw new InputError(
              `key ${JSON.stringify(name)} is written twice`,
              file,
              'Only one of them would be read; remove the other.',
              new Lines(text).at(index),
            );
          }
          maps.at(-1)!.add(name);
        }
        index = end - 1;
        break;
      }
      case 123: // {
        maps.push(new Set());
        break;
      case 125:
        maps.pop();
    }
  }
}

const TOKEN =
  // JSON forbids these control characters inside a string.
  // eslint-disable-next-line no-control-regex
  /[\s]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-]))/uy;

type Expected = 'value' | 'first-key' | 'key' | 'colon' | 'next' | 'first-value' | 'end';

/** Where JSON text goes wrong, for texts that are known not to parse. `JSON.parse` tells no position for half its errors. */
function firstError(text: string): { offset: number; seen: string } {
  const stack: ('{' | '[')[] = [];
  let expected = 'value' as Expected;
  let offset = 0;
  const blank = /\s*/uy;
  const stop = (): { offset: number; seen: string } => {
    blank.lastIndex = offset;
    blank.exec(text);
    const at = blank.lastIndex;
    if (at >= text.length)
      return {
        offset: text.trimEnd().length,
        seen: text.trim() === '' ? 'the file is empty' : 'the text ends in the middle',
      };
    return { offset: at, seen: `unexpected ${JSON.stringify(text.slice(at, at + 12).split('\n')[0])}` };
  };
  const closed = (): void => {
    expected = stack.length === 0 ? 'end' : 'next';
  };
  for (;;) {
    TOKEN.lastIndex = offset;
    const token = TOKEN.exec(text);
    if (!token) return stop();
    const [, mark, string, scalar] = token;
    const value = expected === 'value' || expected === 'first-value';
    if (value && (string !== undefined || scalar !== undefined)) closed();
    else if (value && (mark === '{' || mark === '[')) {
      stack.push(mark);
      expected = mark === '{' ? 'first-key' : 'first-value';
    } else if (mark === ']' && stack.at(-1) === '[' && (expected === 'first-value' || expected === 'next')) {
      stack.pop();
      closed();
    } else if (mark === '}' && stack.at(-1) === '{' && (expected === 'first-key' || expected === 'next')) {
      stack.pop();
      closed();
    } else if (string !== undefined && (expected === 'key' || expected === 'first-key')) expected = 'colon';
    else if (mark === ':' && expected === 'colon') expected = 'value';
    else if (mark === ',' && expected === 'next') expected = stack.at(-1) === '{' ? 'key' : 'value';
    else return stop();
    offset = TOKEN.lastIndex;
  }
}

interface Place {
  readonly key: number;
  readonly value: number;
}

/** Resources that are searched for in a text before it is read once for all. */
const MOST_SEARCHED = 16;

/** From where to where the resources are written, in a text laid out as the CDK writes it; an empty stretch in any other. */
function resourcesIn(text: string): readonly [number, number] {
  const start = text.indexOf('\n "Resources": {');
  const end = text.indexOf('\n "', start + 1);
  return [start, start < 0 ? start : end < 0 ? text.length : end];
}

/** Finds the line of a path in text that is known to parse. Scans only what lies on the way. */
export class JsonLines {
  private readonly lines: Lines;
  private readonly members = new Map<number, Map<string, Place>>();
  private searched = 0;
  private resources: readonly [number, number] | undefined;

  constructor(private readonly text: string) {
    this.lines = new Lines(text);
  }

  /** Line of the key (or item) at the path, or of the nearest ancestor that exists. */
  find(path: readonly (string | number)[]): number {
    const resource = this.resource(path);
    let place: Place = resource ?? { key: this.skipBlank(0), value: this.skipBlank(0) };
    for (const [level, step] of path.entries()) {
      if (resource && level < 2) continue;
      const next = this.child(place.value, String(step), level < 2);
      if (!next) break;
      place = next;
    }
    return this.lines.at(place.key);
  }

  /**
   * A resource of a template that is laid out as the CDK writes it, where no other line begins as its line does. Of a few
   * the text is searched; who asks for many has the text read once.
   */
  private resource([section, logicalId]: readonly (string | number)[]): Place | undefined {
    if (section !== 'Resources' || typeof logicalId !== 'string' || this.searched === MOST_SEARCHED) return undefined;
    this.searched += 1;
    const line = `\n  ${JSON.stringify(logicalId)}: {`;
    const [start, end] = (this.resources ??= resourcesIn(this.text));
    const at = this.text.indexOf(line, start);
    return at >= 0 && at < end ? { key: at + '\n  '.length, value: at + line.length - 1 } : undefined;
  }

  private child(start: number, wanted: string, keep: boolean): Place | undefined {
    const known = this.members.get(start);
    if (known) return known.get(wanted);
    const found = new Map<string, Place>();
    const { text } = this;
    const object = text[start] === '{';
    if (!object && text[start] !== '[') return undefined;
    let offset = this.skipBlank(start + 1);
    for (let position = 0; text[offset] !== '}' && text[offset] !== ']' && offset < text.length; position += 1) {
      const key = offset;
      let name = String(position);
      if (object) {
        const end = afterString(text, offset);
        name = JSON.parse(text.slice(offset, end)) as string;
        offset = this.skipBlank(this.skipBlank(end) + 1);
      }
      const place = { key, value: offset };
      if (name === wanted && !keep) return place;
      found.set(name, place);
      offset = this.skipBlank(this.afterValue(offset));
      if (text[offset] === ',') offset = this.skipBlank(offset + 1);
    }
    if (keep) this.members.set(start, found);
    return found.get(wanted);
  }

  private skipBlank(offset: number): number {
    let at = offset;
    while (this.text.charCodeAt(at) <= 32) at += 1;
    return at;
  }

  private afterValue(start: number): number {
    const { text } = this;
    if (text.charCodeAt(start) === QUOTE) return afterString(text, start);
    let depth = 0;
    for (let index = start; index < text.length; index += 1) {
      switch (text.charCodeAt(index)) {
        case QUOTE:
          index = afterString(text, index) - 1;
          break;
        case 91:
        case 123:
          depth += 1;
          break;
        case 93:
        case 125:
          if (depth === 0) return index;
          depth -= 1;
          if (depth === 0) return index + 1;
          break;
        case 44: // ,
          if (depth === 0) return index;
      }
    }
    return text.length;
  }
}
