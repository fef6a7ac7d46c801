/** The policies of the shipped enclave, as they are synthesized. */
import { findRegion } from '../../lib/geo';
import { readPolicies } from '../../lib/proof';
import type { EnclavePolicies } from '../../lib/proof/policy/enclave-policies';
import { applicationOf } from '../../lib/template';
import type { Json } from '../../lib/template';
import { synthesise } from '../enclave/synthesised';
import type { Synthesised } from '../enclave/synthesised';

const partitionOf = (region: string): string | undefined => findRegion(region)?.partition;

/** The policies of a synthesised enclave. */
export const policiesOf = ({ stacks, templates }: Synthesised): EnclavePolicies =>
  readPolicies(
    applicationOf(
      [...templates].map(([stackName, template]) => {
        const { account, region } = stacks.get(stackName)!;
        return { stackName, account, region, template: template.toJSON() as Json };
      }),
      { partitionOf },
    ),
  );

let read: EnclavePolicies | undefined;

/** Read once per test file: synthesis takes seconds. */
export const shippedPolicies = (): EnclavePolicies => (read ??= policiesOf(synthesise()));
