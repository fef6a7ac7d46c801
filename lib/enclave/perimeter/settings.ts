/** What the configuration says to the policies of the perimeter. */
import { DefaultStackSynthesizer } from 'aws-cdk-lib/core';
import { requireRegion } from '../../geo';
import type { BoundarySettings, Delivery, PerimeterSettings } from '../../policy';
import type { Enclave } from '../../../config/schema';
import { attestorActions } from '../attestation/attestor-policy';
import { recoveriesOf } from '../recovery/recovery';

type Organization = NonNullable<Enclave['organization']>;

const partitionOf = (enclave: Enclave): string => requireRegion(enclave.sites[0]!.placement.region).partition;

const sitesOf = ({ sites }: Enclave): PerimeterSettings['sites'] =>
  sites.map(({ id, account, placement }) => ({ id, account, region: placement.region }));

/**
 * Settings of the permission boundary, which every enclave has, with an organisation or without.
 *
 * @param deliveries roles that carry registered transfers out; whoever makes a policy that has to let them passes them
 */
export const boundarySettings = (enclave: Enclave, deliveries: readonly Delivery[] = []): BoundarySettings => ({
  name: enclave.name,
  partition: partitionOf(enclave),
  organizationId: enclave.organizationId,
  sites: sitesOf(enclave),
  auditor: enclave.auditor,
  ...(deliveries.length > 0 ? { deliveries } : {}),
});

/** Settings of the whole perimeter. */
export function perimeterSettings(
  enclave: Enclave,
  organization: Organization,
  deliveries: readonly Delivery[] = [],
): PerimeterSettings {
  const recoveries = recoveriesOf(enclave).map(({ roleArn }) => roleArn);
  return {
    ...boundarySettings(enclave, deliveries),
    units: organization.units,
    services: Object.keys(organization.services),
    globalActions: organization.globalActions,
    passRoleTo: organization.passRoleTo,
    bootstrapQualifier: DefaultStackSynthesizer.DEFAULT_QUALIFIER,
    pipelineRole: organization.pipelineRole,
    breakGlassRole: organization.breakGlassRole,
    restrictedBuckets: enclave.stores.flatMap((s) => (s.kind === 'bucket' && s.class === 'restricted' ? [s.name] : [])),
    gateway: organization.gateway,
    attestorReads: attestorActions(),
    ...(recoveries.length > 0 ? { recoveries } : {}),
  };
}
