/** Every pack cdk-nag exports. */
import * as nag from 'cdk-nag';
import { NagPack } from 'cdk-nag';
import type { Tool } from './tool';
import { versionOf } from './version';

type Pack = new () => NagPack;

/** Rules of cdk-nag read constructs, so each pack is shown the App itself. */
export const nagPacks: readonly Tool[] = Object.entries(nag)
  .filter((entry): entry is [string, Pack] => {
    const [, exported] = entry;
    return typeof exported === 'function' && exported.prototype instanceof NagPack;
  })
  .map(([name, PackClass]) => ({
    name: `cdk-nag ${name.replace(/Checks$/, '')}`,
    version: versionOf('cdk-nag'),
    command: `Validations.of(app).addPlugins(new ${name}(app)); npx cdk synth`,
    findings: ({ app }) =>
      new PackClass().validateScope(app).violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath, resourceLogicalId }) => ({
          at: constructPath ?? resourceLogicalId ?? '',
          what: `${ruleName} ${constructPath ?? resourceLogicalId ?? ''}`,
        })),
      ),
  }));
