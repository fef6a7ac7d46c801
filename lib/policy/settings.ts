/** What the perimeter is generated for: plain data, so that no policy depends on how an enclave is configured or built. */
import type { Delivery } from './deliveries';

export interface PerimeterSite {
  readonly id: string;
  readonly account: string;
  readonly region: string;
}

/** Identifiers of the organizational units the policies are attached to. */
export interface PerimeterUnits {
  /** Accounts of the sites. */
  readonly data: string;
  /** Accounts of a security gateway that stands outside the sites' accounts; absent when it stands in them. */
  readonly gateway?: string | undefined;
  /** The auditor's account. */
  readonly oversight: string;
}

export interface PerimeterSettings {
  /** Prefix of every physical name and path of roles. */
  readonly name: string;
  readonly partition: string;
  readonly organizationId: string;
  readonly sites: readonly PerimeterSite[];
  readonly auditor: { readonly account: string; readonly region: string };
  readonly units: PerimeterUnits;
  /** IAM prefixes of the services in use. Everything else is denied. */
  readonly services: readonly string[];
  /** Actions that AWS authorises outside the EEA and that hold no data. */
  readonly globalActions: readonly string[];
  /** Service principals that a role may be handed to. */
  readonly passRoleTo: readonly string[];
  /** Qualifier of the CDK bootstrap whose roles deploy. */
  readonly bootstrapQualifier: string;
  /** Path and name below `/<name>/`, for example `deployment/pipeline`. */
  readonly pipelineRole: string;
  readonly breakGlassRole: string;
  /** Configured names of the buckets that hold restricted data. */
  readonly restrictedBuckets: readonly string[];
  readonly gateway: GatewayConditions;
  /** Actions by which the attestor reads settings; it may do nothing else, and these everywhere. */
  readonly attestorReads: readonly string[];
  /** Roles that carry registered transfers to their recipients; absent: nothing leaves. */
  readonly deliveries?: readonly Delivery[] | undefined;
  /** ARNs of the roles that S3 assumes to carry copies home to sites that were lost; absent: none. */
  readonly recoveries?: readonly string[] | undefined;
}

/** What every session of the security gateway has to carry. */
export interface GatewayConditions {
  /** Pattern of an approved ticket, with `*` and `?`. */
  readonly ticket: string;
  /** Reasons for which data may be asked for. */
  readonly reasons: readonly string[];
}

/** Regions in which the accounts of the sites may act: their own ones, which are each other's partners. */
export const siteRegions = ({ sites }: Pick<PerimeterSettings, 'sites'>): readonly string[] =>
  distinct(sites.map((site) => site.region));

/** Every Region of the perimeter: the sites' and the auditor's. */
export const declaredRegions = (settings: Pick<PerimeterSettings, 'sites' | 'auditor'>): readonly string[] =>
  distinct([...siteRegions(settings), settings.auditor.region]);

/** Accounts of the sites and of the auditor. */
export const ownAccounts = ({ sites, auditor }: Pick<PerimeterSettings, 'sites' | 'auditor'>): readonly string[] =>
  distinct([...sites.map((site) => site.account), auditor.account]);

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
