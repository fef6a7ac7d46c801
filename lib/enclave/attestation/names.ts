/** Names and ARNs of the scheduled attestation: agreed between the auditor's account and the sites. */
import type { Enclave } from '../../../config/schema';
import { requireRegion } from '../../geo';
import { roleArn } from '../names';
import type { SiteContext } from '../site-context';

/** Path of the auditor's roles, in the sites and in the auditor's own account. */
export const oversightPath = ({ name }: Enclave): string => `/${name}/oversight/`;

/** Role of every site that reads settings for the attestation. */
export const ATTESTOR = 'attestor';

/** Role of the function in the auditor's account, the only one that may assume the attestors. */
export const ATTESTATION_ROLE = 'attestation';

const inPath = (enclave: Enclave, name: string): string => `${oversightPath(enclave).slice(1)}${name}`;

/** Path and name, as `--role` of `enclave attest` takes it. */
export const attestorRoleName = (enclave: Enclave): string => inPath(enclave, ATTESTOR);

export const attestorRoleArn = (at: SiteContext): string => roleArn(at, attestorRoleName(at.enclave));

export const attestationRoleArn = (enclave: Enclave): string =>
  `arn:${partition(enclave)}:iam::${enclave.auditor.account}:role/${inPath(enclave, ATTESTATION_ROLE)}`;

/** Bucket of published assemblies and of unfinished runs. */
export const attestationBucketName = ({ name, auditor }: Enclave): string =>
  `${name}-oversight-attestation-${auditor.account}`;

export const attestationFunctionName = ({ name }: Enclave): string => `${name}-oversight-attestation`;

/** Namespace of the figures of every run. */
export const attestationMetrics = ({ name }: Enclave): string => `${name}/attestation`;

/** Prefixes of its bucket: what is compared with, and runs that are not done. */
export const ASSEMBLY_PREFIX = 'assembly/';
export const RUNS_PREFIX = 'runs/';

/** Prefix of the attestations in the archive; the trails have prefixes of their own. */
export const ATTESTATIONS_PREFIX = 'attestation/';

export const partition = ({ auditor }: Enclave): string => requireRegion(auditor.region).partition;
