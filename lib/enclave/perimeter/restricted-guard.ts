/** What restricted stores of a site say themselves; the resource control policies of the organisation say it again. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  configurationRefusals,
  configurersIn,
  dataRoles,
  gatewayRefusals,
  onlyDataRolesTouchItems,
  onlyEnclaveRoles,
  onlyEnclaveRolesUseKey,
} from '../../policy';
import type { PerimeterSettings } from '../../policy';
import type { SiteContext } from '../site-context';
import { boundarySettings, perimeterSettings } from './settings';

/** This site alone: what stands here is touched by roles of here. */
const ofSite = <Settings extends Pick<PerimeterSettings, 'sites'>>(settings: Settings, id: string): Settings => ({
  ...settings,
  sites: settings.sites.filter((site) => site.id === id),
});

/**
 * Refusals of a restricted bucket and its objects. What a gateway session carries and who deploys is known from the
 * section about the organisation only; without it nobody but enclave roles touches the contents all the same.
 *
 * @param copying roles that S3 assumes to copy from here or to here
 */
export function restrictedBucketRefusals(
  { enclave, site }: SiteContext,
  resources: readonly string[],
  copying: readonly string[],
): PolicyStatement[] {
  const { organization } = enclave;
  const settings = organization && ofSite(perimeterSettings(enclave, organization), site.id);
  return [
    onlyEnclaveRoles(ofSite(boundarySettings(enclave), site.id), copying, resources),
    ...(settings
      ? [
          ...gatewayRefusals(settings, resources),
          ...configurationRefusals(configurersIn([site.account], settings), resources),
        ]
      : []),
  ].map((statement) => PolicyStatement.fromJson(statement));
}

/** ARN patterns of the roles of this site that work on data: its applications, and the data plane of its gateway. */
export const dataRolesOf = ({ enclave, site }: SiteContext): readonly string[] =>
  dataRoles(ofSite(boundarySettings(enclave), site.id));

/** Refusal of a table's items to everyone but data roles, whatever the class. */
export const dataTableRefusal = ({ enclave, site }: SiteContext): PolicyStatement =>
  PolicyStatement.fromJson(onlyDataRolesTouchItems(ofSite(boundarySettings(enclave), site.id)));

/**
 * Refusal of the use of a key of restricted objects to everyone but enclave roles.
 *
 * @param copying as for {@link restrictedBucketRefusals}
 */
export const restrictedKeyRefusal = ({ enclave, site }: SiteContext, copying: readonly string[]): PolicyStatement =>
  PolicyStatement.fromJson(onlyEnclaveRolesUseKey(ofSite(boundarySettings(enclave), site.id), copying));
