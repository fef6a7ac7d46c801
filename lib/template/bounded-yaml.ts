/**
 * YAML as the library parses it, refused before it nests deeper than the library's recursion can follow: where its stack ends
 * in the middle of a regular expression, the engine ends the whole process.
 */
import { Composer, Lexer, Parser } from 'yaml';
import type { Document, LineCounter, ParseOptions, DocumentOptions, SchemaOptions } from 'yaml';
import { LIMITS } from './limits';

/** What the parser keeps open besides maps and lists: the document and what stands at its end. */
const BESIDE_NESTING = 8;

export class YamlTooDeep extends RangeError {}

/** The documents of a text: one, unless more are written. @throws YamlTooDeep */
export function boundedYaml(
  text: string,
  options: ParseOptions & DocumentOptions & SchemaOptions & { readonly lineCounter: LineCounter },
): readonly Document.Parsed[] {
  return [
    ...new Composer(options).compose(boundedTokens(text, options.lineCounter), true, text.length),
  ] as Document.Parsed[];
}

function* boundedTokens(text: string, lines: LineCounter): ReturnType<Parser['parse']> {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > LIMITS.jsonDepth + BESIDE_NESTING) throw new YamlTooDeep();
  }
  yield* parser.end();
}
