/** The assembly whose deployment is asked about. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Application } from '../../lib/template';
import { UsageError, applicationAt } from '../input';

/** What the last synth wrote. @throws InputError, UsageError when the path is no cloud assembly. */
export function assemblyAt(path: string): Application {
  // Bare templates do not say where they are deployed, so there is nothing to compare them with.
  if (!existsSync(join(path, 'manifest.json')))
    throw new UsageError(`${path}: no manifest.json in it. Give the folder that cdk synth wrote, usually cdk.out.`);
  return applicationAt([path], {});
}
