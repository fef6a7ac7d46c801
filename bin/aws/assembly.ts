/** The assembly whose deployment is asked about: the one reader of its manifest outside the judge. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Application } from '../../lib/template';
import { UsageError, applicationAt } from '../input';

/** What the last synth wrote. @throws InputError, UsageError when the path is no cloud assembly. */
export function assemblyAt(path: string): Application {
  requireManifest(path);
  return applicationAt([path], {});
}

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

/** The stacks of an assembly folder, in manifest order. @throws UsageError when a stack has no literal account and Region */
export function stacksOf(folder: string): AssemblyStack[] {
  const manifest = JSON.parse(readFileSync(requireManifest(folder), 'utf8')) as Manifest;
  return Object.entries(manifest.artifacts)
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([id, { environment, properties }]) => {
      const [, account, region] = /^aws:\/\/(\d{12})\/([a-z0-9-]+)$/.exec(environment ?? '') ?? [];
      if (!account || !region)
        throw new UsageError(`${folder}: stack ${id} has no literal account and Region (${environment ?? 'none'}).`);
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

/** Bare templates do not say where they are deployed, so there is nothing to compare them with. */
export function requireManifest(path: string): string {
  const file = join(path, 'manifest.json');
  if (!existsSync(file))
    throw new UsageError(`${path}: no manifest.json in it. Give the folder that cdk synth wrote, usually cdk.out.`);
  return file;
}
