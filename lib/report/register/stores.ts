/** The stores of an application with where they stand, and how they are named and encrypted. */
import type { Flow } from '../../residency';
import type { Resource } from '../../template';
import { describe } from '../../template';
import { customerKeysOf } from '../customer-keys';
import type { CustomerKey } from '../customer-keys';
import type { RegisterInput } from './model';

export interface PlacedStore {
  readonly resource: Resource;
  /** The flow that says where it stands. */
  readonly placement: Flow;
}

/** Every store, in the order of the judgement. */
export function storesOf({
  application,
  judgement,
}: Pick<RegisterInput, 'application' | 'judgement'>): readonly PlacedStore[] {
  return judgement.flows.flatMap((placement) => {
    if (placement.rule !== 'store-placement') return [];
    const { stack, logicalId, region } = placement.store;
    const resource = application
      .stacksNamed(stack)
      .filter(({ source }) => source.region === region)
      .map((template) => template.resource(logicalId))
      .find((found) => found !== undefined);
    return resource ? [{ resource, placement }] : [];
  });
}

/** The keys a store is encrypted with where it stands: those of this application by name, others as written. Each once. */
export const keysOf = (store: Resource): readonly CustomerKey[] =>
  [...new Map(customerKeysOf(store).map((one) => [one.words, one])).values()].sort((a, b) =>
    a.words < b.words ? -1 : 1,
  );

export const encryptionOf = (store: Resource): readonly string[] => keysOf(store).map(({ words }) => words);

/** All a property may be, as words; undefined when it is not stated. */
export function stated(resource: Resource, property: string): string | undefined {
  const values = resource.at(property).flatMap((leaf) => leaf.possible.map((one) => describe(one.value)));
  return values.length === 0 ? undefined : [...new Set(values)].join(' or ');
}
