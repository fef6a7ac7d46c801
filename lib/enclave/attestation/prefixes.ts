/** Where objects of the scheduled attestation stand; apart from the names, for the function must not carry the CDK. */

/** Prefixes of its bucket: what is compared with, and runs that are not done. */
export const ASSEMBLY_PREFIX = 'assembly/';
export const RUNS_PREFIX = 'runs/';

/** Prefix of the attestations in the archive; the trails have prefixes of their own. */
export const ATTESTATIONS_PREFIX = 'attestation/';
