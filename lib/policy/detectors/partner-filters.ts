/**
 * Filters over a trail's log group for the Regions of the partners: a site keeps keys of its backups there, so calls are
 * made, but none of its event buses stands there. Whatever changes something and is not the deployment's is counted.
 */
import type { Deployers } from './deployers';
import { FILTER_CHARACTERS } from './trail-filters';
import type { TrailFilter } from './trail-filters';

const ISSUER = '$.userIdentity.sessionContext.sessionIssuer';

/**
 * One filter for the account of a site in one Region of its partners.
 *
 * @param deployers those who deploy into this account and this Region
 * @throws Error when CloudWatch Logs would not take the pattern for its length
 */
export function partnerFilter(region: string, { roles, pipelines }: Deployers): TrailFilter {
  const others = [
    ...roles.map((name) => `(${ISSUER}.userName != "${name}")`),
    ...pipelines.map((arn) => `(${ISSUER}.arn != "${arn}")`),
  ].join(' && ');
  const pattern = `{ ${[
    '($.eventType = "AwsApiCall")',
    // Contents that S3 copies are data events; they show at the copies' own site.
    '($.managementEvent IS TRUE)',
    '($.readOnly IS FALSE)',
    `($.awsRegion = "${region}")`,
    // Services that work on copies of backups call in their own name.
    '($.userIdentity.invokedBy NOT EXISTS)',
    `((${ISSUER}.userName NOT EXISTS) || (${others}))`,
  ].join(' && ')} }`;
  if (pattern.length > FILTER_CHARACTERS)
    throw new Error(
      `The filter for calls in ${region} has ${pattern.length} characters; the limit is ${FILTER_CHARACTERS}.`,
    );
  return {
    name: `calls-in-${region}`,
    description: 'A call that changes something in the Region of a partner and that the deployment did not make',
    pattern,
  };
}
