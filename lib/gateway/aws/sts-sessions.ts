/** Sessions from STS: tagged with what they are for, named after the person, narrowed to one object. */
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import type { STSClient, Tag } from '@aws-sdk/client-sts';
import { SESSION_TAGS, TICKET_PREFIX } from '../contract';
import type { StoredPlace } from '../ports/objects';
import type { Session, SessionOrder, Sessions } from '../ports/sessions';

export class StsSessions implements Sessions {
  constructor(
    private readonly client: STSClient,
    private readonly roleArn: string,
  ) {}

  async open(order: SessionOrder): Promise<Session> {
    return opened(
      this.client,
      new AssumeRoleCommand({
        RoleArn: this.roleArn,
        RoleSessionName: order.person,
        SourceIdentity: order.person,
        DurationSeconds: order.seconds,
        Tags: sessionTags(order),
        Policy: JSON.stringify(sessionPolicy(order, this.roleArn)),
      }),
    );
  }
}

/** The session STS answers with. @throws when there is none in its answer */
export async function opened(client: STSClient, order: AssumeRoleCommand): Promise<Session> {
  const { Credentials } = await client.send(order);
  if (!Credentials?.AccessKeyId || !Credentials.SecretAccessKey || !Credentials.SessionToken)
    throw new Error('STS answered without credentials.');
  return {
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretAccessKey,
    sessionToken: Credentials.SessionToken,
  };
}

/** What the session is for. The second factor is no claim of ours: the authoriser believes no token without one. */
export function sessionTags({ class: of, dataset, purpose, grantId, zone, accessId }: SessionOrder): Tag[] {
  const values: Record<keyof typeof SESSION_TAGS, string> = {
    class: of,
    dataset,
    purpose,
    grantId,
    zone,
    ticket: `${TICKET_PREFIX}${accessId}`,
    secondFactor: 'true',
  };
  return Object.entries(SESSION_TAGS).map(([name, Key]) => ({ Key, Value: values[name as keyof typeof SESSION_TAGS] }));
}

/**
 * What the session can do at most: read this object, or the items under this one key, and have the service decrypt them.
 * The role's own policy bounds which keys.
 */
export function sessionPolicy({ source, key, partitionKey }: StoredPlace, roleArn: string): object {
  if (partitionKey !== undefined)
    return policyOf('dynamodb', {
      Effect: 'Allow',
      Action: 'dynamodb:Query',
      Resource: source,
      // Holds of no leading key at all as well; a query always has one, and nothing else is allowed.
      Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [key] } },
    });
  const partition = roleArn.split(':')[1];
  // Through an access point an object is named `<access point>/object/<key>`, in a bucket `<bucket>/<key>`.
  const object = source.startsWith('arn:') ? `${source}/object/${key}` : `arn:${partition}:s3:::${source}/${key}`;
  return policyOf('s3', { Effect: 'Allow', Action: 's3:GetObject', Resource: object });
}

const policyOf = (service: 's3' | 'dynamodb', read: object): object => ({
  Version: '2012-10-17',
  Statement: [
    read,
    {
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: { StringLike: { 'kms:ViaService': `${service}.*` } },
    },
  ],
});
