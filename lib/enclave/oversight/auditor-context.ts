/** Names and ARNs of what stands in the auditor's account: agreed between its stack and the sites, as between sites. */
import { DefaultStackSynthesizer } from 'aws-cdk-lib/core';
import { requireCountry, requireRegion } from '../../geo';
import type { Country } from '../../geo';
import { siteRegions } from '../../policy';
import { partnerFilter } from '../../policy/detectors';
import type { Deployers, TrailFilter } from '../../policy/detectors';
import type { Enclave } from '../../../config/schema';
import { roleArn } from '../names';
import { boundarySettings } from '../perimeter/settings';
import { siteContext } from '../site-context';
import type { SiteContext } from '../site-context';

const prefix = ({ name }: Enclave): string => `${name}-oversight`;

export const auditorPartition = ({ auditor }: Enclave): string => requireRegion(auditor.region).partition;

/** Path of the auditor's roles, in the sites and in the auditor's own account. */
export const oversightPath = ({ name }: Enclave): string => `/${name}/oversight/`;

/** Country in which the auditor's Region stands: derived, never typed. */
export const auditorCountry = ({ auditor }: Enclave): Country => requireCountry(requireRegion(auditor.region).country);

/** Bucket of the trails, under Object Lock. */
export const archiveBucketName = (enclave: Enclave): string => `${prefix(enclave)}-archive-${enclave.auditor.account}`;

/** Bucket of recorded settings; apart, because AWS Config delivers into no bucket with Object Lock. */
export const settingsBucketName = (enclave: Enclave): string =>
  `${prefix(enclave)}-settings-${enclave.auditor.account}`;

export const auditorAccessLogsName = (enclave: Enclave): string =>
  `${prefix(enclave)}-access-logs-${enclave.auditor.account}`;

export const eventBusName = (enclave: Enclave): string => prefix(enclave);

export const eventBusArn = (enclave: Enclave): string =>
  `arn:${auditorPartition(enclave)}:events:${enclave.auditor.region}:${enclave.auditor.account}:event-bus/${eventBusName(enclave)}`;

/** ARN of a queue or function of the auditor's account that hears of incidents. */
export const subscriberArn = (enclave: Enclave, { protocol, name }: Enclave['auditor']['incidents'][number]): string =>
  `arn:${auditorPartition(enclave)}:${protocol}:${enclave.auditor.region}:${enclave.auditor.account}:${protocol === 'lambda' ? 'function:' : ''}${name}`;

/** Purpose of the key over the records: no site can use it but to write into the archive. */
export const RECORDS_KEY = 'records';

/** Alias of one of the auditor's keys, by its purpose. */
export const auditorKeyAlias = (enclave: Enclave, purpose: string): string =>
  `alias/${prefix(enclave)}/audit/${purpose}`;

export const recordsKeyAliasArn = (enclave: Enclave): string =>
  `arn:${auditorPartition(enclave)}:kms:${enclave.auditor.region}:${enclave.auditor.account}:${auditorKeyAlias(enclave, RECORDS_KEY)}`;

export const auditorRoot = (enclave: Enclave): string =>
  `arn:${auditorPartition(enclave)}:iam::${enclave.auditor.account}:root`;

/** ARN of the trail of a site; the archive and its key admit these and no other. */
export const trailArn = (at: SiteContext): string =>
  `arn:${at.region.partition}:cloudtrail:${at.region.name}:${at.site.account}:trail/${trailName(at)}`;

export const trailName = ({ enclave, site }: SiteContext): string => `${enclave.name}-${site.id}`;

/** Role with which AWS Config reads a site's settings and writes them down for the auditor. */
export const recorderRoleName = ({ enclave, site }: SiteContext): string =>
  `${enclave.name}-${site.id}-settings-recorder`;

/** Who deploys into an account: the CDK's roles of a Region, and the pipeline, which protects stacks itself. */
function deployersIn(enclave: Enclave, account: string, region: string): Deployers {
  const cdk = `cdk-${DefaultStackSynthesizer.DEFAULT_QUALIFIER}`;
  const { organization, name } = enclave;
  return {
    roles: ['cfn-exec', 'deploy'].map((role) => `${cdk}-${role}-role-${account}-${region}`),
    pipelines: organization
      ? [`arn:${auditorPartition(enclave)}:iam::${account}:role/${name}/${organization.pipelineRole}`]
      : [],
  };
}

/** Who deploys into the sites' own Regions, from where the bus of the auditor hears. */
export function deployers(enclave: Enclave): Deployers {
  const all = enclave.sites.map(({ account, placement }) => deployersIn(enclave, account, placement.region));
  return {
    roles: all.flatMap(({ roles }) => roles),
    pipelines: [...new Set(all.flatMap(({ pipelines }) => pipelines))],
  };
}

/** Filters for what is done with the account of a site in the Regions of its partners. */
export const partnerFilters = ({ enclave, site, region }: SiteContext): TrailFilter[] =>
  siteRegions(boundarySettings(enclave))
    .filter((other) => other !== region.name)
    .map((other) => partnerFilter(other, deployersIn(enclave, site.account, other)));

/** Role with which CloudFormation deploys into the auditor's account. */
export const auditorDeploymentRole = (enclave: Enclave): string =>
  `arn:${auditorPartition(enclave)}:iam::${enclave.auditor.account}:role/cdk-${DefaultStackSynthesizer.DEFAULT_QUALIFIER}-cfn-exec-role-${enclave.auditor.account}-${enclave.auditor.region}`;

/** Every site, in configuration order. */
export const allSites = (enclave: Enclave): SiteContext[] => enclave.sites.map(({ id }) => siteContext(enclave, id));

export const recorderRoleArn = (at: SiteContext): string => roleArn(at, recorderRoleName(at));
