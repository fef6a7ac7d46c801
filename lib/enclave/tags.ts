import { Tags } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { Country } from '../geo';
import type { SiteContext, StoreClass } from './site-context';

/** Tags everything below `scope` with where it was promised to stand, where it stands, and who pays. */
export function tagWithSite(scope: IConstruct, at: SiteContext, actual: Country): void {
  const tags = Tags.of(scope);
  tags.add('site', at.site.id);
  tags.add('committed-country', at.site.commitment.country);
  tags.add('actual-country', actual.code);
  tags.add('operator', at.enclave.operator.name);
  tags.add('cost-centre', at.enclave.costCentre);
}

/** Tags a store, its key or its log with the class of the data in it. */
export function tagWithClass(scope: IConstruct, dataClass: StoreClass): void {
  Tags.of(scope).add('data-class', dataClass);
}
