import { enclave } from '../../config/enclave';
import { parseEnclave } from '../../config/parse';
import type { Enclave } from '../../config/schema';
import { Emulator } from '../../test/emulator/emulator';
import type { Organization, StartOptions } from '../../test/emulator/emulator';
import type { FoundEmulator } from '../../test/emulator/find';

/** The organisation the enclave names, empty of anything else. Undefined without its section. */
function organizationOf({ organization, sites, auditor }: Enclave): Organization | undefined {
  if (!organization) return undefined;
  const { data, gateway, oversight } = organization.units;
  return {
    management: organization.managementAccount,
    units: gateway === undefined ? [data, oversight] : [data, gateway, oversight],
    accounts: [...sites.map(({ account }) => account), auditor.account],
  };
}

/**
 * An emulator into which the configured enclave can be deployed: its organisation stands, and callers that name no Region
 * act in that of the first site. Every stack names its own.
 */
export function startEnclaveEmulator(
  found: FoundEmulator,
  more: Pick<StartOptions, 'detachedLog'> = {},
): Promise<Emulator> {
  const config = parseEnclave(enclave);
  const organization = organizationOf(config);
  return Emulator.start(found, {
    env: process.env,
    region: config.sites[0]!.placement.region,
    ...more,
    ...(organization ? { organization } : {}),
  });
}
