/** What an App needs so that a finding ends its process with an error, whatever the CLI was asked to do. */
import { CDK_APP_MODE_CONTEXT, FAIL_SYNTH_ON_VALIDATION_ERRORS_CONTEXT } from 'aws-cdk-lib/cx-api';

/**
 * The `postCliContext` of the App: `new App({ postCliContext: residencyGateContext() })`.
 *
 * The app process itself then exits with 1 on a finding. Without it the CLI decides, and lets pass: findings inside a
 * Stage, a validation plug-in that throws, stacks that were not selected, and everything under `--ignore-errors`. The
 * same keys in cdk.json have no effect, because the command line overrides them.
 */
export function residencyGateContext(): Record<string, unknown> {
  return { [FAIL_SYNTH_ON_VALIDATION_ERRORS_CONTEXT]: true, [CDK_APP_MODE_CONTEXT]: 'process' };
}
