/** Which rules judged: hashes over what the catalogue and the table of places say, not over the files they stand in. */
import { actions, knownTypes, rowsOf, storeFacts, structuralPaths, verdictOf } from '../../catalogue';
import { COUNTRIES, OTHER_ZONES, REGIONS } from '../../geo';
import { canonicalJson, sha256 } from './canonical-json';

export interface RulesVersion {
  /** SHA-256 over every type, row and action of the catalogue. */
  readonly catalogue: string;
  /** SHA-256 over countries, Regions and zones. */
  readonly geography: string;
}

let known: RulesVersion | undefined;

/** Loads the whole catalogue, once. */
export function rulesVersion(): RulesVersion {
  return (known ??= hashed());
}

function hashed(): RulesVersion {
  const types = knownTypes().map((type) => [
    type,
    verdictOf(type),
    rowsOf(type),
    storeFacts(type) ?? null,
    structuralPaths(type),
  ]);
  return {
    catalogue: sha256(canonicalJson([types, actions()])),
    geography: sha256(canonicalJson([COUNTRIES, REGIONS, OTHER_ZONES])),
  };
}
