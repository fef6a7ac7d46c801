/** Names and ARNs of the scheduled attestation: agreed between the auditor's account and the sites. */
import type { Enclave } from '../../../config/schema';
import { roleArn } from '../names';
import { auditorPartition, oversightPath } from '../oversight/auditor-context';
import type { SiteContext } from '../site-context';

/** Role of every account, the auditor's own included, that reads settings for the attestation. */
export const ATTESTOR = 'attestor';

/** Role of the function in the auditor's account, the only one that may assume the attestors. */
export const ATTESTATION_ROLE = 'attestation';

const inPath = (enclave: Enclave, name: string): string => `${oversightPath(enclave).slice(1)}${name}`;

/** Path and name, as `--role` of `enclave attest` takes it. */
export const attestorRoleName = (enclave: Enclave): string => inPath(enclave, ATTESTOR);

export const attestorRoleArn = (at: SiteContext): string => roleArn(at, attestorRoleName(at.enclave));

/** The attestor of the auditor's own account, and what the function names when it becomes it. */
export const ownAttestorArn = (enclave: Enclave): string =>
  `arn:${auditorPartition(enclave)}:iam::${enclave.auditor.account}:role/${attestorRoleName(enclave)}`;
export const ownExternalId = ({ organizationId }: Enclave): string => `${organizationId}/oversight`;

export const attestationRoleArn = (enclave: Enclave): string =>
  `arn:${auditorPartition(enclave)}:iam::${enclave.auditor.account}:role/${inPath(enclave, ATTESTATION_ROLE)}`;

/** Bucket of published assemblies and of unfinished runs. */
export const attestationBucketName = ({ name, auditor }: Enclave): string =>
  `${name}-oversight-attestation-${auditor.account}`;

export const attestationFunctionName = ({ name }: Enclave): string => `${name}-oversight-attestation`;

/** Namespace of the figures of every run. */
export const attestationMetrics = ({ name }: Enclave): string => `${name}/attestation`;
