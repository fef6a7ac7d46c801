import { AccountRootPrincipal, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { TICKET_PREFIX } from '../../gateway/contract';
import type { StoredDataset } from '../../gateway/data-plane/stored-dataset';
import { serviceHost } from '../../geo';
import { gatewayDataPlaneTrust } from '../../policy';
import { acknowledge } from '../acknowledge';
import type { SiteKeys } from '../keys/keys-stack';
import { DATA_PLANE_ROLE, gatewayRolePath } from '../names';
import { boundarySettings } from '../perimeter/settings';
import type { SiteContext } from '../site-context';
import type { GatewayPlan } from './gateway-plan';
import { storedDatasets } from './site-files';

export interface DataAccessRoleProps {
  readonly at: SiteContext;
  readonly plan: GatewayPlan;
  readonly keys: SiteKeys;
  /** Endpoint through which alone its sessions are opened. */
  readonly stsEndpointId: string;
}

/**
 * The role stored data is read under, in sessions of one object, or of the items of one key, each. Only the function that
 * treats what it reads opens them, with the person as source identity and the access in the tags; it can read objects of the
 * datasets and nothing else.
 */
export class DataAccessRole extends Role {
  constructor(scope: Construct, id: string, { at, plan, keys, stsEndpointId }: DataAccessRoleProps) {
    const stored = storedDatasets(at, plan.datasets);
    const inTables = stored.filter(({ partitionKey }) => partitionKey !== undefined);
    const inBuckets = stored.filter((dataset) => !inTables.includes(dataset));
    const objects = inBuckets.map(({ source, prefix }) =>
      source.startsWith('arn:')
        ? `${source}/object/${prefix}*`
        : `arn:${at.region.partition}:s3:::${source}/${prefix}*`,
    );
    const classes = [...new Set(inBuckets.map(({ schema }) => schema.class))];
    super(scope, id, {
      path: gatewayRolePath(at),
      roleName: DATA_PLANE_ROLE,
      description: 'Reads one object, or the items of one key, for one approved access, in a tagged session',
      // Replaced below: the CDK has no words for conditions on tags and source identity in one statement.
      assumedBy: new AccountRootPrincipal(),
      inlinePolicies: {
        read: new PolicyDocument({
          statements: [
            new PolicyStatement({ sid: 'ReadDatasets', actions: ['s3:GetObject'], resources: objects }),
            new PolicyStatement({
              sid: 'OpenDatasets',
              actions: ['kms:Decrypt'],
              resources: classes.map((of) => keys.keyFor(of, 'objects').keyArn),
              conditions: { StringEquals: { 'kms:ViaService': serviceHost('s3', at.region.name) } },
            }),
            ...(inTables.length > 0 ? items(at, keys, inTables) : []),
          ],
        }),
      },
    });
    const gateway = at.enclave.organization?.gateway ?? {
      ticket: `${TICKET_PREFIX}*`,
      reasons: plan.settings.purposes.map((purpose) => purpose.id),
    };
    (this.node.defaultChild as CfnRole).assumeRolePolicyDocument = gatewayDataPlaneTrust(
      { ...boundarySettings(at.enclave), gateway },
      at.site.account,
      [stsEndpointId],
    );
    for (const arn of objects)
      acknowledge(
        this,
        `AwsSolutions-IAM5[Resource::${arn}]`,
        'Objects of one dataset; each session is narrowed to one of them.',
      );
  }
}

/** Items of the datasets in tables; each session is narrowed to one partition key. No index, no scan. */
const items = (at: SiteContext, keys: SiteKeys, inTables: readonly StoredDataset[]): PolicyStatement[] => [
  new PolicyStatement({
    sid: 'ReadTables',
    actions: ['dynamodb:Query'],
    resources: inTables.map(({ source }) => source),
  }),
  new PolicyStatement({
    sid: 'OpenTables',
    actions: ['kms:Decrypt'],
    resources: [...new Set(inTables.map(({ schema }) => keys.keyFor(schema.class, 'tables').keyArn))],
    conditions: { StringEquals: { 'kms:ViaService': serviceHost('dynamodb', at.region.name) } },
  }),
];
