/**
 * The identity of a flow: which store, by which rule and channel, to where. It does not change with the order of
 * resources, the formatting of a template or, where a store has a physical name, its logical id.
 */
import { hash } from 'node:crypto';
import type { Resource } from '../template';
import { physicalNameOf } from './labels';
import type { Place } from './model';

/** Hexadecimal digits of a fingerprint: 64 bits, short enough to copy, long enough not to collide by accident. */
export const FINGERPRINT_LENGTH = 16;

/** What a fingerprint looks like. */
export const FINGERPRINT = new RegExp(`^[0-9a-f]{${FINGERPRINT_LENGTH}}$`);

/** The store's physical name, else its construct path, else `stack/logicalId`. */
export function storeIdentity(resource: Resource): string {
  return (
    physicalNameOf(resource) ?? resource.constructPath ?? `${resource.template.source.stackName}/${resource.logicalId}`
  );
}

/** @param parts store identity and type, rule, channel, and what the destination is */
export function fingerprint(identity: string, type: string, rule: string, channel: string, destination: Place): string {
  const parts = [
    identity,
    type,
    rule,
    channel,
    destination.kind,
    destination.value,
    destination.region ?? '',
    destination.account ?? '',
  ];
  return hash('sha256', JSON.stringify(parts), 'hex').slice(0, FINGERPRINT_LENGTH);
}
