import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A stack of a cloud assembly, with the literal place it deploys to. */
export interface AssemblyStack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly templateFile: string;
}

interface Manifest {
  readonly artifacts: Record<
    string,
    {
      readonly type: string;
      readonly environment?: string;
      readonly properties?: { readonly templateFile?: string; readonly stackName?: string };
    }
  >;
}

/** The stacks of an assembly folder, in manifest order. Throws when a stack has no literal account and Region. */
export function stacksOf(folder: string): AssemblyStack[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  return Object.entries(manifest.artifacts)
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([id, { environment, properties }]) => {
      const [, account, region] = /^aws:\/\/(\d{12})\/([a-z0-9-]+)$/.exec(environment ?? '') ?? [];
      if (!account || !region)
        throw new Error(`${folder}: stack ${id} has no literal account and Region (${environment ?? 'none'}).`);
      return {
        name: properties?.stackName ?? id,
        account,
        region,
        templateFile: join(folder, properties?.templateFile ?? `${id}.template.json`),
      };
    });
}

/** The accounts and Regions an assembly deploys to, each once. */
export function environmentsOf(stacks: readonly AssemblyStack[]): { account: string; region: string }[] {
  const all = new Map(stacks.map(({ account, region }) => [`${account}/${region}`, { account, region }]));
  return [...all.values()];
}
