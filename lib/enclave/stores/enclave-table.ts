import { RemovalPolicy } from 'aws-cdk-lib/core';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { ITEM_ACTIONS } from '../../policy';
import type { TableConfig } from '../../../config/schema';
import { tableName } from '../names';
import { dataTableRefusal } from '../perimeter/restricted-guard';
import type { SiteContext } from '../site-context';
import { tagWithClass } from '../tags';

/** What a table refuses, whatever identity policies allow. */
function guard(at: SiteContext, endpointId: string): PolicyDocument {
  const refuse = (
    sid: string,
    actions: string[],
    conditions?: Record<string, Record<string, unknown>>,
  ): PolicyStatement =>
    // '*' is the table itself in a table's own policy; the table cannot name its ARN without a cycle.
    new PolicyStatement({
      sid,
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions,
      resources: ['*'],
      ...(conditions ? { conditions } : {}),
    });
  return new PolicyDocument({
    statements: [
      refuse('NobodyOutsideTheOrganisation', ITEM_ACTIONS, {
        StringNotEquals: { 'aws:PrincipalOrgID': at.enclave.organizationId },
      }),
      refuse('OnlyThroughTheSitesEndpoint', ITEM_ACTIONS, { StringNotEquals: { 'aws:SourceVpce': endpointId } }),
      refuse('NoReplicaNoExport', ['dynamodb:CreateTableReplica', 'dynamodb:ExportTableToPointInTime']),
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
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      resourcePolicy: guard(at, endpointId),
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    tagWithClass(this, store.class);
  }
}
