/** What may be exported, on S3: a session per run, tagged with the transfer it is for, that lists and reads one dataset. */
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import type { STSClient, Tag } from '@aws-sdk/client-sts';
import { SESSION_TAGS, TICKET_PREFIX, TRANSFER_IDENTITY } from '../contract';
import type { Dataset } from '../decision/facts';
import type { ExportOrder, ExportSources, ListedObject, OpenedDataset } from '../exports/sources';
import { S3Source } from '../pseudonymise';
import { zoneOf } from '../transfer';
import { opened } from './sts-sessions';

/** The shortest session STS issues; no run of the function is longer. */
const SESSION_SECONDS = 900;

export class S3ExportSources implements ExportSources {
  /** @param settings of the client, without credentials: those come with each session */
  constructor(
    private readonly sts: STSClient,
    private readonly roleArn: string,
    private readonly settings: Omit<S3ClientConfig, 'credentials'> = {},
  ) {}

  async open(order: ExportOrder): Promise<OpenedDataset> {
    const { place, transfer } = order;
    const identity = `${TRANSFER_IDENTITY}${transfer.id}`;
    const credentials = await opened(
      this.sts,
      new AssumeRoleCommand({
        RoleArn: this.roleArn,
        RoleSessionName: identity,
        SourceIdentity: identity,
        DurationSeconds: SESSION_SECONDS,
        Tags: exportTags(order),
        Policy: JSON.stringify(exportSessionPolicy(place, this.roleArn)),
      }),
    );
    const client = new S3Client({ ...this.settings, credentials });
    return { source: new S3Source(client, place.source), list: () => listed(client, place) };
  }
}

/**
 * What an export's session is for. It has no reason and no second factor, which only a person has: a restricted bucket
 * refuses it whatever else goes wrong.
 */
export function exportTags({ transfer, runId }: Pick<ExportOrder, 'transfer' | 'runId'>): Tag[] {
  const { class: of, dataset, zone, ticket } = SESSION_TAGS;
  return [
    { Key: of, Value: transfer.class },
    { Key: dataset, Value: transfer.dataset },
    { Key: zone, Value: zoneOf(transfer.to) },
    { Key: ticket, Value: `${TICKET_PREFIX}${runId}` },
  ];
}

/** What the session can do at most: list and read this dataset, and have S3 decrypt it. */
export function exportSessionPolicy({ source, prefix }: Pick<Dataset, 'source' | 'prefix'>, roleArn: string): object {
  const bucket = `arn:${roleArn.split(':')[1]}:s3:::${source}`;
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 's3:GetObject', Resource: `${bucket}/${prefix}*` },
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: bucket,
        Condition: { StringEquals: { 's3:prefix': prefix } },
      },
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: { StringLike: { 'kms:ViaService': 's3.*' } },
      },
    ],
  };
}

async function* listed(client: S3Client, { source, prefix }: Dataset): AsyncGenerator<ListedObject> {
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket: source, Prefix: prefix, ContinuationToken }));
    for (const { Key: key, ETag: etag, LastModified: written } of page.Contents ?? []) {
      if (key === undefined || etag === undefined || written === undefined)
        throw new Error('S3 listed an object without key, entity tag or time');
      // A folder's own entry, which consoles make.
      if (!key.endsWith('/')) yield { key, etag, written };
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
}
