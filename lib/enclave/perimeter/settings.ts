/** What the configuration says to the policies of the perimeter. */
import { DefaultStackSynthesizer } from 'aws-cdk-lib/core';
import { requireRegion } from '../../geo';
import type { BoundarySettings, PerimeterSettings } from '../../policy';
import type { Enclave } from '../../../config/schema';

type Organization = NonNullable<Enclave['organization']>;

const partitionOf = (enclave: Enclave): string => requireRegion(enclave.sites[0]!.placement.region).partition;

const sitesOf = ({ sites }: Enclave): PerimeterSettings['sites'] =>
  sites.map(({ id, account, placement }) => ({ id, account, region: placement.region }));

/** Settings of the permission boundary, which every enclave has, with an organisation or without. */
export const boundarySettings = (enclave: Enclave): BoundarySettings => ({
  name: enclave.name,
  partition: partitionOf(enclave),
  organizationId: enclave.organizationId,
  sites: sitesOf(enclave),
  auditor: enclave.auditor,
});

/** Settings of the whole perimeter. */
export function perimeterSettings(enclave: Enclave, organization: Organization): PerimeterSettings {
  return {
    ...boundarySettings(enclave),
    units: organization.units,
    services: Object.keys(organization.services),
    globalActions: organization.globalActions,
    passRoleTo: organization.passRoleTo,
    bootstrapQualifier: DefaultStackSynthesizer.DEFAULT_QUALIFIER,
    pipelineRole: organization.pipelineRole,
    breakGlassRole: organization.breakGlassRole,
    restrictedBuckets: enclave.stores.flatMap((s) => (s.kind === 'bucket' && s.class === 'restricted' ? [s.name] : [])),
    gateway: organization.gateway,
  };
}
