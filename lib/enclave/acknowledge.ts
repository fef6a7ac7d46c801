import { Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * Accepts a finding of the AwsSolutions pack, with a reason a reviewer can check. Residency rules cannot be named here:
 * their only exception is a registered waiver.
 */
export function acknowledge(scope: IConstruct, id: `AwsSolutions-${string}`, reason: string): void {
  Validations.of(scope).acknowledge({ id, reason });
}
