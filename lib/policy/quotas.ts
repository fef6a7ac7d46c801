/**
 * Sizes the services accept. Source: AWS Organizations user guide, "Quotas and service limits", and the property page of
 * `AWS::Organizations::Policy` (5,120, 10,000 and 2,500 characters); IAM, S3, KMS and PrivateLink quota pages; read 2026-11-22.
 */
export const QUOTAS = {
  SERVICE_CONTROL_POLICY: 5_120,
  RESOURCE_CONTROL_POLICY: 5_120,
  DECLARATIVE_POLICY_EC2: 10_000,
  AISERVICES_OPT_OUT_POLICY: 2_500,
  /** Characters of a customer-managed policy, white space not counted; a permission boundary is one. */
  managedPolicy: 6_144,
  /** Default of the adjustable quota (up to 4,096). */
  roleTrust: 2_048,
  bucketPolicy: 20_480,
  keyPolicy: 32_768,
  endpointPolicy: 20_480,
} as const;

export type OrganizationPolicyType = Extract<keyof typeof QUOTAS, `${string}_${string}`>;

/** Policies of one type that can be attached to one root, unit or account; SCP and RCP count the FullAWSAccess that AWS attaches. */
export const ATTACHED_AT_MOST = 5;
