/** Modules in which single files may be replaced: what depends on a mutant is loaded anew, everything else stays. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

/** The part of Node's module that compiles a text in its place; it is not in the public types. */
interface Compilable {
  _compile(code: string, filename: string): void;
}
type Extension = (module: NodeModule, filename: string) => void;

export class World {
  private readonly compiled = new Map<string, string>();
  private readonly transpiledTexts = new Map<string, string>();
  private readonly replaced = new Map<string, string>();

  /** @param isVolatile tells which absolute file names are loaded anew after every change. */
  constructor(private readonly isVolatile: (file: string) => boolean) {
    const extensions = require.extensions as Record<string, Extension>;
    const usual = extensions['.ts']!;
    extensions['.ts'] = (module, filename) => {
      if (!this.isVolatile(filename)) return usual(module, filename);
      (module as unknown as Compilable)._compile(this.code(filename), filename);
    };
  }

  /** Puts other texts in the place of files, by absolute name, and forgets every volatile module. */
  become(texts: ReadonlyMap<string, string>): void {
    this.replaced.clear();
    for (const [file, text] of texts) {
      const known = this.transpiledTexts.get(text) ?? transpiled(text, file);
      this.transpiledTexts.set(text, known);
      this.replaced.set(file, known);
    }
    for (const file of Object.keys(require.cache)) if (this.isVolatile(file)) delete require.cache[file];
  }

  /** Loads a module in the present state of the world. */
  load<T>(file: string): T {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- which file is known at run time only
    return require(path.resolve(file)) as T;
  }

  private code(file: string): string {
    const replaced = this.replaced.get(file);
    if (replaced !== undefined) return replaced;
    const known = this.compiled.get(file) ?? transpiled(readFileSync(file, 'utf8'), file);
    this.compiled.set(file, known);
    return known;
  }
}

function transpiled(text: string, file: string): string {
  return ts.transpileModule(text, {
    fileName: file,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true },
  }).outputText;
}
