/** Which service writes an event into CloudTrail, and where the event appears. */

/**
 * IAM prefixes whose calls CloudTrail records under another name than `<prefix>.amazonaws.com`. Source: the CloudTrail
 * chapter of each service's guide, read 2026-11-22.
 */
const RECORDED_AS: Readonly<Record<string, string>> = {
  cloudwatch: 'monitoring',
  'rds-data': 'rdsdataapi',
  tag: 'tagging',
};

/** The event source of an IAM action's service, such as `monitoring.amazonaws.com` of `cloudwatch`. */
export const eventSourceOf = (prefix: string): string => `${RECORDED_AS[prefix] ?? prefix}.amazonaws.com`;

/**
 * Services whose calls CloudTrail records in one Region outside the EEA (us-east-1 or us-west-2) wherever the caller is:
 * no event bus of a site ever sees them. A trail over all Regions does. Source: CloudTrail user guide, "Global service
 * events", and the guide of each service; read 2026-11-22.
 */
export const RECORDED_ELSEWHERE: ReadonlySet<string> = new Set(
  [
    'account',
    'bcm-data-exports',
    'budgets',
    'chime',
    'cloudfront',
    'cur',
    'globalaccelerator',
    'iam',
    'marketplacecommerceanalytics',
    'networkmanager',
    'organizations',
    'route53',
  ].map(eventSourceOf),
);
