import { AccountPrincipal, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { SESSION_TAGS, TICKET_PREFIX, TRANSFER_IDENTITY } from '../../../gateway/contract';
import type { StoredDataset } from '../../../gateway/data-plane/stored-dataset';
import type { Transfer } from '../../../gateway/transfer';
import { serviceHost } from '../../../geo';
import { acknowledge } from '../../acknowledge';
import type { SiteKeys } from '../../keys/keys-stack';
import { EXPORTS_DATA_ROLE, PSEUDONYMISER_ROLE, gatewayRoleArn, gatewayRolePath } from '../../names';
import type { SiteContext } from '../../site-context';

export interface ExportAccessRoleProps {
  readonly at: SiteContext;
  readonly keys: SiteKeys;
  readonly transfers: readonly Transfer[];
  /** The datasets of those transfers, as this site keeps them. */
  readonly stored: readonly StoredDataset[];
  readonly stsEndpointId: string;
}

/**
 * The role datasets of registered transfers are read under, in sessions that say which transfer. Its sessions carry no
 * reason and no second factor, so restricted buckets refuse them; it is given none to read either.
 */
export class ExportAccessRole extends Role {
  constructor(scope: Construct, id: string, { at, keys, transfers, stored, stsEndpointId }: ExportAccessRoleProps) {
    const { partition } = at.region;
    const bucket = (source: string): string => `arn:${partition}:s3:::${source}`;
    const objects = stored.map(({ source, prefix }) => `${bucket(source)}/${prefix}*`);
    super(scope, id, {
      path: gatewayRolePath(at),
      roleName: EXPORTS_DATA_ROLE,
      description: 'Lists and reads the dataset of one registered transfer, in a tagged session',
      // Replaced below: the CDK has no words for conditions on tags and source identity in one statement.
      assumedBy: new AccountPrincipal(at.site.account),
      inlinePolicies: {
        read: new PolicyDocument({
          statements: [
            new PolicyStatement({ sid: 'ReadDatasets', actions: ['s3:GetObject'], resources: objects }),
            ...stored.map(
              ({ source, prefix, schema }) =>
                new PolicyStatement({
                  sid: `List${schema.name}`,
                  actions: ['s3:ListBucket'],
                  resources: [bucket(source)],
                  conditions: { StringEquals: { 's3:prefix': prefix } },
                }),
            ),
            new PolicyStatement({
              sid: 'OpenDatasets',
              actions: ['kms:Decrypt'],
              resources: [...new Set(stored.map(({ schema }) => keys.keyFor(schema.class, 'objects').keyArn))],
              conditions: { StringEquals: { 'kms:ViaService': serviceHost('s3', at.region.name) } },
            }),
          ],
        }),
      },
    });
    (this.node.defaultChild as CfnRole).assumeRolePolicyDocument = trust(at, transfers, stsEndpointId);
    for (const arn of objects)
      acknowledge(
        this,
        `AwsSolutions-IAM5[Resource::${arn}]`,
        'Objects of one dataset that a transfer is registered for.',
      );
  }
}

/** The function that treats what it reads, over the site's own endpoint, for a registered transfer, and no tag besides. */
function trust(at: SiteContext, transfers: readonly Transfer[], stsEndpointId: string): object {
  const { class: of, dataset, zone, ticket } = SESSION_TAGS;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ThePseudonymiserForARegisteredTransfer',
        Effect: 'Allow',
        Principal: { AWS: `arn:${at.region.partition}:iam::${at.site.account}:root` },
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
        Condition: {
          ArnEquals: { 'aws:PrincipalArn': gatewayRoleArn(at, PSEUDONYMISER_ROLE) },
          StringEquals: {
            'aws:PrincipalOrgID': at.enclave.organizationId,
            'aws:SourceVpce': stsEndpointId,
            'sts:SourceIdentity': transfers.map(({ id }) => `${TRANSFER_IDENTITY}${id}`),
            [`aws:RequestTag/${dataset}`]: [...new Set(transfers.map((transfer) => transfer.dataset))],
          },
          StringLike: { [`aws:RequestTag/${ticket}`]: `${TICKET_PREFIX}*` },
          'ForAllValues:StringEquals': { 'aws:TagKeys': [of, dataset, zone, ticket] },
        },
      },
    ],
  };
}
