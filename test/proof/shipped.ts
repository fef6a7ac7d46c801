/** The policies of the shipped enclave, as they are synthesized. */
import { findRegion } from '../../lib/geo';
import { readPolicies } from '../../lib/proof';
import type { EnclavePolicies } from '../../lib/proof/policy/enclave-policies';
import { applicationOf } from '../../lib/template';
import type { Json } from '../../lib/template';
import { synthesise } from '../enclave/synthesised';

const partitionOf = (region: string): string | undefined => findRegion(region)?.partition;

let read: EnclavePolicies | undefined;

/** Read once per test file: synthesis takes seconds. */
export function shippedPolicies(): EnclavePolicies {
  if (read) return read;
  const { stacks, templates } = synthesise();
  read = readPolicies(
    applicationOf(
      [...templates].map(([stackName, template]) => {
        const { account, region } = stacks.get(stackName)!;
        return { stackName, account, region, template: template.toJSON() as Json };
      }),
      { partitionOf },
    ),
  );
  return read;
}
