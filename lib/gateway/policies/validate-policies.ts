/** The check that synth makes: policies that do not validate, or speak of other lists than the settings, are refused. */
import type { GatewaySettings } from '../settings';
import { PolicyError } from './policy-error';
import { readPolicySource } from './policy-source';
import { parsePolicySet } from './policy-set';
import type { PolicySet } from './policy-set';

/**
 * Reads, parses and validates the policies of a folder against their schema and the gateway's settings.
 *
 * @throws PolicyError, one line per mistake; Cedar's mistakes in Cedar's own words
 */
export function validatePolicies(folder: string, settings: GatewaySettings): PolicySet {
  const set = parsePolicySet(readPolicySource(folder));
  const lines = [
    ...differences(
      set,
      'Purpose',
      settings.purposes.map(({ id }) => id),
    ),
    ...differences(
      set,
      'Role',
      settings.roles.map(({ id }) => id),
    ),
  ];
  if (lines.length > 0) throw new PolicyError(lines);
  return set;
}

interface SchemaJson {
  readonly Gateway?: { readonly entityTypes: Readonly<Record<string, { readonly enum?: readonly string[] }>> };
}

/** Ids that stand in the schema's enumeration or in the settings, but not in both. */
function differences(set: PolicySet, entityType: string, configured: readonly string[]): string[] {
  const listed = (JSON.parse(set.schemaJson) as SchemaJson).Gateway?.entityTypes[entityType]?.enum ?? [];
  const missing = (ids: readonly string[], from: readonly string[], where: string): string[] =>
    ids
      .filter((id) => !from.includes(id))
      .map(
        (id) => `${entityType} "${id}" is missing from ${where}; the closed list stands in both, or it is not closed.`,
      );
  return [
    ...missing(configured, listed, 'schema.cedarschema'),
    ...missing(listed, configured, 'the settings of the gateway'),
  ];
}
