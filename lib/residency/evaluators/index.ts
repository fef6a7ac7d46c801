/** Every evaluator a catalogue row may name; the catalogue's list and this one are the same by type. */
import type { EvaluatorSlug } from '../../catalogue';
import { accountRegister } from './account-register';
import { arnRegion } from './arn-region';
import { bedrockProfile } from './bedrock-profile';
import { cidrEgress } from './cidr-egress';
import { cidrIngress } from './cidr-ingress';
import { endpointServiceName } from './endpoint-service-name';
import { flagDeny } from './flag-deny';
import { flagRequire } from './flag-require';
import { geoLiteral } from './geo-literal';
import { hostAllowlist } from './host-allowlist';
import { jsonScan } from './json-scan';
import { openIntegration } from './open-integration';
import { outpostRequired } from './outpost-required';
import { policyScan } from './policy-scan';
import type { Evaluator } from './question';
import { regionLiteral } from './region-literal';
import { regionSibling } from './region-sibling';
import { replicasCovered } from './replicas-covered';
import { s3Name } from './s3-name';
import { sameSite } from './same-site';
import { snsEndpoint } from './sns-endpoint';
import { stackRegion } from './stack-region';
import { subnetPosture } from './subnet-posture';
import { typeDeny } from './type-deny';
import { zoneInEea } from './zone-in-eea';

export const EVALUATOR_CODE = {
  regionLiteral,
  stackRegion,
  arnRegion,
  s3Name,
  regionSibling,
  accountRegister,
  zoneInEea,
  flagDeny,
  flagRequire,
  hostAllowlist,
  policyScan,
  cidrIngress,
  cidrEgress,
  subnetPosture,
  jsonScan,
  bedrockProfile,
  snsEndpoint,
  endpointServiceName,
  geoLiteral,
  replicasCovered,
  openIntegration,
  outpostRequired,
  typeDeny,
  sameSite,
} as const satisfies Readonly<Record<EvaluatorSlug, Evaluator>>;

/** The evaluator of that slug, or undefined. */
export function evaluatorOf(slug: string): Evaluator | undefined {
  return Object.hasOwn(EVALUATOR_CODE, slug) ? EVALUATOR_CODE[slug as EvaluatorSlug] : undefined;
}

export type { Answer, Evaluator, Question } from './question';
