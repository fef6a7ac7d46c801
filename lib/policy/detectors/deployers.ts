/** Who deploys, as records of calls name them: exactly these roles, so that a namesake of another account is a stranger. */
export interface Deployers {
  /** Names of the CDK's roles; each holds its account and Region. */
  readonly roles: readonly string[];
  /** ARNs of the roles of the pipeline itself, whose name alone would say little; none without an organisation. */
  readonly pipelines: readonly string[];
}
