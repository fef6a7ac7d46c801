import type { Attestation } from '../model';

/** Version of the JSON form; it changes when a field changes its meaning or goes. */
const SCHEMA_VERSION = '1';

/** The attestation as JSON with a schema version. */
export const attestationAsJson = (attestation: Attestation): string =>
  `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...attestation }, undefined, 2)}\n`;
