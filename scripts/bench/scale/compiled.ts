/** The product as JavaScript, as it is published: a compiler in the measured process would count as its time and memory. */
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './measure';

/** Below node_modules, so that packages are found and nothing looks at it. */
const COMPILED = join(ROOT, 'node_modules/.cache/enclave-bench');

/** Compiles file by file with the options of the build. Answers with the folder, which is laid out like the project. */
export function compile(): string {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (file) => readFileSync(file, 'utf8')) as {
    config: { compilerOptions: object };
  };
  const { options: compilerOptions } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  rmSync(COMPILED, { recursive: true, force: true });
  for (const folder of ['bin', 'config', 'lib', 'scripts/bench'])
    for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
      const fileName = join(ROOT, folder, name);
      if (name.endsWith('.json')) cpSync(fileName, join(COMPILED, folder, name), { recursive: true });
      if (!name.endsWith('.ts')) continue;
      const target = join(COMPILED, folder, `${name.slice(0, -'.ts'.length)}.js`);
      const { outputText } = ts.transpileModule(readFileSync(fileName, 'utf8'), { fileName, compilerOptions });
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, outputText);
    }
  cpSync(join(ROOT, 'package.json'), join(COMPILED, 'package.json'));
  return COMPILED;
}
