/** Names and ARNs of what stands in the auditor's account: agreed between its stack and the sites, as between sites. */
import { DefaultStackSynthesizer } from 'aws-cdk-lib/core';
import { requireCountry, requireRegion } from '../../geo';
import type { Country } from '../../geo';
import type { Enclave } from '../../../config/schema';
import { roleArn } from '../names';
import { siteContext } from '../site-context';
import type { SiteContext } from '../site-context';

const prefix = ({ name }: Enclave): string => `${name}-oversight`;

const partition = ({ auditor }: Enclave): string => requireRegion(auditor.region).partition;

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
  `arn:${partition(enclave)}:events:${enclave.auditor.region}:${enclave.auditor.account}:event-bus/${eventBusName(enclave)}`;

/** Alias of the auditor's one key: no site can use it but to write into the archive. */
export const recordsKeyAlias = (enclave: Enclave): string => `alias/${prefix(enclave)}/audit/records`;

export const recordsKeyAliasArn = (enclave: Enclave): string =>
  `arn:${partition(enclave)}:kms:${enclave.auditor.region}:${enclave.auditor.account}:${recordsKeyAlias(enclave)}`;

export const auditorRoot = (enclave: Enclave): string =>
  `arn:${partition(enclave)}:iam::${enclave.auditor.account}:root`;

/** ARN of the trail of a site; the archive and its key admit these and no other. */
export const trailArn = (at: SiteContext): string =>
  `arn:${at.region.partition}:cloudtrail:${at.region.name}:${at.site.account}:trail/${trailName(at)}`;

export const trailName = ({ enclave, site }: SiteContext): string => `${enclave.name}-${site.id}`;

/** Role with which AWS Config reads a site's settings and writes them down for the auditor. */
export const recorderRoleName = ({ enclave, site }: SiteContext): string =>
  `${enclave.name}-${site.id}-settings-recorder`;

/** Roles with which CloudFormation deploys into the sites. */
export const deploymentRoleNames = ({ sites }: Enclave): string[] =>
  sites.map(
    ({ account, placement }) =>
      `cdk-${DefaultStackSynthesizer.DEFAULT_QUALIFIER}-cfn-exec-role-${account}-${placement.region}`,
  );

/** Role with which CloudFormation deploys into the auditor's account. */
export const auditorDeploymentRole = (enclave: Enclave): string =>
  `arn:${partition(enclave)}:iam::${enclave.auditor.account}:role/cdk-${DefaultStackSynthesizer.DEFAULT_QUALIFIER}-cfn-exec-role-${enclave.auditor.account}-${enclave.auditor.region}`;

/** Every site, in configuration order. */
export const allSites = (enclave: Enclave): SiteContext[] => enclave.sites.map(({ id }) => siteContext(enclave, id));

export const recorderRoleArn = (at: SiteContext): string => roleArn(at, recorderRoleName(at));
