/** Ordinary stacks of some number of resources, as a cloud assembly on disk. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STACK_SIZE, ordinaryStack } from './ordinary-stack';
import type { OrdinaryStack } from './ordinary-stack';

/** Stacks with `resources` resources in all, no more than {@link STACK_SIZE} in each. */
export function ordinaryStacks(resources: number): readonly OrdinaryStack[] {
  const count = Math.ceil(resources / STACK_SIZE);
  return Array.from({ length: count }, (_, position) =>
    ordinaryStack(position, Math.min(STACK_SIZE, resources - position * STACK_SIZE)),
  );
}

/** Writes the assembly of {@link ordinaryStacks} to a folder, indented as the CDK does. Answers with its template files. */
export function writeOrdinaryAssembly(folder: string, resources: number): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const artifacts: Record<string, object> = {};
  const files = ordinaryStacks(resources).map(({ name, region, account, template }) => {
    const templateFile = `${name}.template.json`;
    const file = join(folder, templateFile);
    writeFileSync(file, JSON.stringify(template, undefined, 1));
    artifacts[name] = {
      type: 'aws:cloudformation:stack',
      environment: `aws://${account}/${region}`,
      properties: { templateFile, stackName: name },
      displayName: name,
    };
    return file;
  });
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version: '50.0.0', artifacts }, undefined, 1));
  return files;
}
