import type { Enclave } from '../../config/schema';
import type { Organization } from '../../test/emulator/emulator';

/** The organisation a local deployment needs: what the configuration names, empty of anything else. Undefined without its section. */
export function organizationOf({ organization, sites, auditor }: Enclave): Organization | undefined {
  if (!organization) return undefined;
  const { data, gateway, oversight } = organization.units;
  return {
    management: organization.managementAccount,
    units: gateway === undefined ? [data, oversight] : [data, gateway, oversight],
    accounts: [...sites.map(({ account }) => account), auditor.account],
  };
}
