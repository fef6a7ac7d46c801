/** The policies of the assembly that scripts work on. */
import { findRegion } from '../../lib/geo';
import { readPolicies } from '../../lib/proof';
import type { EnclavePolicies } from '../../lib/proof/policy/enclave-policies';
import { readApplication } from '../../lib/template';

/** @param path a cdk.out folder */
export const policiesAt = (path = 'cdk.out'): EnclavePolicies =>
  readPolicies(readApplication([{ path }], { partitionOf: (region) => findRegion(region)?.partition }));
