import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { requireCountry, requireRegion } from '../geo';
import type { Country } from '../geo';
import { stackName } from './names';
import { boundRoles } from './perimeter/bound-roles';
import type { SiteContext } from './site-context';
import { tagWithSite } from './tags';

/** A part of a site: named `<site>-<part>`, in one literal account and Region, protected from deletion, tagged, every role bounded. */
export abstract class EnclaveStack extends Stack {
  protected constructor(
    scope: Construct,
    part: string,
    readonly at: SiteContext,
    /** What the part is for; becomes the stack's description. */
    purpose: string,
    /** Region of the stack; another than the site's only for the keys of copies kept there. */
    region: string = at.site.placement.region,
    /** Country its stores stand in; another than the Region's only on an Outpost. */
    country: Country = requireCountry(requireRegion(region).country),
  ) {
    super(scope, stackName(at, part), {
      env: { account: at.site.account, region },
      terminationProtection: true,
      description: `${at.enclave.name} ${at.site.id}: ${purpose} (stands in ${country.name}; ${at.committedCountry.name} committed)`,
    });
    tagWithSite(this, at, country);
    boundRoles(this, at);
  }
}
