import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { ITEM_ACTIONS } from '../../policy';
import type { TableConfig } from '../../../config/schema';
import { tableName } from '../names';
import { dataTableRefusal } from '../perimeter/restricted-guard';
import { refusal } from '../refusal';
import type { SiteContext } from '../site-context';
import { tagWithClass } from '../tags';
import { keptTable } from './kept-table';

/** What a table refuses, whatever identity policies allow. */
function guard(at: SiteContext, endpointId: string): PolicyDocument {
  return new PolicyDocument({
    statements: [
      refusal('NobodyOutsideTheOrganisation', ITEM_ACTIONS, {
        StringNotEquals: { 'aws:PrincipalOrgID': at.enclave.organizationId },
      }),
      refusal('OnlyThroughTheSitesEndpoint', ITEM_ACTIONS, { StringNotEquals: { 'aws:SourceVpce': endpointId } }),
      refusal('NoReplicaNoExport', ['dynamodb:CreateTableReplica', 'dynamodb:ExportTableToPointInTime']),
      dataTableRefusal(at),
    ],
  });
}

/** A single-Region table: own key, point-in-time recovery, protected from deletion, reachable through the site's endpoint only. */
export class EnclaveTable extends Table {
  constructor(scope: Construct, id: string, at: SiteContext, store: TableConfig, key: IKey, endpointId: string) {
    super(scope, id, {
      tableName: tableName(at, store.name),
      partitionKey: { name: store.partitionKey, type: AttributeType.STRING },
      ...(store.sortKey ? { sortKey: { name: store.sortKey, type: AttributeType.STRING } } : {}),
      ...keptTable(key),
      resourcePolicy: guard(at, endpointId),
    });
    tagWithClass(this, store.class);
  }
}
