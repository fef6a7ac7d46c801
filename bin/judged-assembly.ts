/** The assembly that evidence is about. Unlike one whose deployment is asked about, its stacks may be given a place by options. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Application } from '../lib/template';
import { UsageError, applicationAt } from './input';
import type { Deployment } from './input';

/** Reads a cloud assembly. @throws InputError, UsageError when the path is none: bare templates have no hash of a whole */
export function judgedAssembly(path: string, deployment: Deployment): Application {
  if (!existsSync(join(path, 'manifest.json')))
    throw new UsageError(`${path}: no manifest.json in it. Give the folder that cdk synth wrote, usually cdk.out.`);
  return applicationAt([path], deployment);
}
