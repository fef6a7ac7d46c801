/**
 * Lambda authoriser of the private REST API (type REQUEST): a valid token names the person, the VPC endpoint the country
 * of the network. Refusals are recorded; what it lets through is recorded with the decision that follows.
 */
import { z } from 'zod';
import type { GatewayPorts } from '../ports/ports';
import type { Issuer } from './issuer';
import { personOfToken } from './token';

const eventSchema = z.object({
  methodArn: z.string().regex(/^arn:[a-z-]+:execute-api:/),
  headers: z.record(z.string(), z.string().nullish()).nullish(),
  requestContext: z.object({ identity: z.object({ vpceId: z.string().nullish() }) }),
});

export interface AuthoriserPorts extends Pick<GatewayPorts, 'settings' | 'recorder' | 'now'> {
  readonly issuer: Issuer;
  /** Id of a VPC endpoint → country of the network behind it. */
  readonly networks: Readonly<Record<string, string>>;
}

/** What API Gateway takes as an answer. */
export interface Authorisation {
  readonly principalId: string;
  readonly policyDocument: object;
  readonly context: Readonly<Record<string, string>>;
}

const policy = (effect: 'Allow' | 'Deny', resource: string): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: effect, Action: 'execute-api:Invoke', Resource: resource }],
});

export function authoriserHandler(ports: AuthoriserPorts): (event: unknown) => Promise<Authorisation> {
  return async (event) => {
    const parsed = eventSchema.safeParse(event);
    const { settings, issuer, networks, recorder, now } = ports;
    const token = parsed.success ? bearer(parsed.data.headers ?? {}) : undefined;
    const person = token === undefined ? undefined : personOfToken(token, issuer, now(), settings.clockSkewSeconds);
    if (!parsed.success || person === undefined) {
      await recorder.record({ stage: 'authoriser', outcome: 'deny', reasons: ['token.not-believed'], policies: [] });
      return { principalId: 'nobody', policyDocument: policy('Deny', '*'), context: {} };
    }
    const { methodArn, requestContext } = parsed.data;
    const endpoint = requestContext.identity.vpceId ?? '';
    // An endpoint nobody has placed leaves the country open, which blocks.
    const network = Object.hasOwn(networks, endpoint) ? networks[endpoint] : undefined;
    return {
      principalId: person,
      policyDocument: policy('Allow', methodArn),
      context: { person, ...(network === undefined ? {} : { network }) },
    };
  };
}

function bearer(headers: Readonly<Record<string, string | null | undefined>>): string | undefined {
  const [, value] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization') ?? [];
  return /^Bearer ([\w.-]+)$/.exec(value ?? '')?.[1];
}
