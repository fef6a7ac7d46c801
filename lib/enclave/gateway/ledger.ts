/** The gateway's two tables: what was asked and granted, and who the people are. */
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { TABLE } from '../../gateway/contract';
import { serviceHost } from '../../geo';
import { ITEM_ACTIONS } from '../../policy';
import { gatewayRoleArn, ledgerTableName, peopleTableName, roleArn } from '../names';
import { refusal } from '../refusal';
import type { SiteContext } from '../site-context';
import { keptTable } from '../stores/kept-table';
import { tagWithClass } from '../tags';

export interface GatewayTableProps {
  readonly at: SiteContext;
  readonly key: IKey;
  /** Gateway endpoint through which alone items are read and written. */
  readonly endpointId: string;
}

interface Touched {
  readonly name: string;
  /** ARN patterns of the roles that read, and of those that write. */
  readonly readers: readonly string[];
  readonly writers: readonly string[];
}

const READS = [
  'dynamodb:BatchGetItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:GetItem',
  'dynamodb:Query',
  'dynamodb:Scan',
];

function guard({ at, endpointId }: GatewayTableProps, { readers, writers }: Touched): PolicyDocument {
  const writes = ITEM_ACTIONS.filter((action) => !READS.includes(action));
  return new PolicyDocument({
    statements: [
      refusal('NobodyOutsideTheOrganisation', ITEM_ACTIONS, {
        StringNotEquals: { 'aws:PrincipalOrgID': at.enclave.organizationId },
      }),
      refusal('OnlyThroughTheSitesEndpoint', ITEM_ACTIONS, { StringNotEquals: { 'aws:SourceVpce': endpointId } }),
      refusal('OnlyNamedRolesRead', READS, { ArnNotLike: { 'aws:PrincipalArn': [...readers, ...writers] } }),
      refusal('OnlyNamedRolesWrite', writes, { ArnNotLike: { 'aws:PrincipalArn': writers } }),
      refusal('NoReplicaNoExport', ['dynamodb:CreateTableReplica', 'dynamodb:ExportTableToPointInTime']),
    ],
  });
}

/** A single-Region table of documents: own key, point-in-time recovery, protected, reachable by named roles only. */
abstract class GatewayTable extends Table {
  protected constructor(scope: Construct, id: string, props: GatewayTableProps, touched: Touched) {
    super(scope, id, {
      tableName: touched.name,
      partitionKey: { name: TABLE.partitionKey, type: AttributeType.STRING },
      timeToLiveAttribute: TABLE.timeToLive,
      ...keptTable(props.key),
      resourcePolicy: guard(props, touched),
    });
    tagWithClass(this, 'audit');
  }

  /** What a role needs to open the items, as DynamoDB asks for it in the caller's name. */
  protected opening(at: SiteContext, key: IKey): PolicyStatement {
    return new PolicyStatement({
      sid: `Open${this.node.id}`,
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': serviceHost('dynamodb', at.region.name) } },
    });
  }
}

/** Requests, grants, accesses, single-use values and the noise account: written by the gateway's functions only. */
export class LedgerTable extends GatewayTable {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: GatewayTableProps,
  ) {
    const { at } = props;
    super(scope, id, props, { name: ledgerTableName(at), readers: [], writers: [gatewayRoleArn(at, '*')] });
  }

  readAndWrite(): PolicyStatement[] {
    return [
      new PolicyStatement({
        sid: 'Ledger',
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
        resources: [this.tableArn],
      }),
      this.opening(this.props.at, this.props.key),
    ];
  }
}

/** The directory of people: read by the gateway's functions, written only by a role that feeds it from the employers' records. */
export class PeopleTable extends GatewayTable {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: GatewayTableProps,
  ) {
    const { at } = props;
    super(scope, id, props, {
      name: peopleTableName(at),
      readers: [gatewayRoleArn(at, '*')],
      writers: [roleArn(at, `${at.enclave.name}/directory/*`)],
    });
  }

  look(): PolicyStatement[] {
    return [
      new PolicyStatement({ sid: 'People', actions: ['dynamodb:GetItem'], resources: [this.tableArn] }),
      this.opening(this.props.at, this.props.key),
    ];
  }
}
