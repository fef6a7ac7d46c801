import type { ICodeSigningConfig } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { EnclaveStack } from '../enclave-stack';
import { exportPurpose } from '../keys/key-plan';
import type { SiteKeys } from '../keys/keys-stack';
import type { SiteNetwork } from '../network/network-stack';
import type { SiteContext } from '../site-context';
import { AuditTrail } from './audit-trail';
import { DataAccessRole } from './data-access-role';
import { ExportAccessRole } from './exports/export-access-role';
import { ExportBucket } from './exports/export-bucket';
import { ExportRuns } from './exports/export-runs';
import { GatewayAlarms } from './gateway-alarms';
import { GatewayFunctions } from './gateway-functions';
import type { GatewayPlan } from './gateway-plan';
import { transfersOf } from './gateway-plan';
import { KillSwitch } from './kill-switch';
import { LedgerTable, PeopleTable } from './ledger';
import { PolicyStore } from './policy-store';
import { PrivateApi } from './private-api';
import { RequestWorkflow } from './request-workflow';
import { storedDatasets } from './site-files';

export interface GatewayStackProps {
  readonly keys: SiteKeys;
  readonly network: SiteNetwork;
  readonly plan: GatewayPlan;
  /** What the code has to be signed under; stands in a stack that is there before. */
  readonly signature: ICodeSigningConfig;
}

/** The one path by which people and transfers reach the data of a site; docs/gateway.md tells the way of a request. */
export class GatewayStack extends EnclaveStack {
  constructor(scope: Construct, at: SiteContext, { keys, network, plan, signature }: GatewayStackProps) {
    super(scope, 'gateway', at, 'security gateway: decisions, sessions, records');
    const code = plan.code[at.site.id];
    if (code === undefined) throw new Error(`${this.stackName} has no code: bundle the functions for ${at.site.id}.`);
    const logKey = keys.keyFor('audit', 'logs');
    const endpointId = network.s3Endpoint.vpcEndpointId;
    const table = { at, key: keys.keyFor('audit', 'ledger'), endpointId: network.dynamodbEndpoint.vpcEndpointId };

    const policyStore = new PolicyStore(this, 'Policies', plan);
    const audit = new AuditTrail(this, 'Audit', { at, keys, endpointId });
    const transfers = transfersOf(plan, at.site.id);
    const exports = new Map(
      transfers.map((transfer) => [
        transfer.id,
        new ExportBucket(this, `export-${transfer.id}`, {
          at,
          transfer,
          key: keys.keyFor(transfer.class, exportPurpose(transfer)),
          endpointId,
        }),
      ]),
    );
    const functions = new GatewayFunctions(this, 'Functions', {
      at,
      code,
      signature,
      keys,
      network,
      policyStore,
      ledger: new LedgerTable(this, 'Ledger', table),
      people: new PeopleTable(this, 'People', table),
      audit,
      killSwitch: new KillSwitch(this, 'KillSwitch', at),
      exports,
    });
    // The functions are asked only once every policy stands: a store with half of them would lack what forbids.
    functions.node.addDependency(...policyStore.policies);
    const called = (name: keyof typeof functions.byName) => functions.byName[name].function;
    const stsEndpointId = network.stsEndpoint.vpcEndpointId;
    new DataAccessRole(this, 'DataPlane', { at, plan, keys, stsEndpointId });
    const workflow = new RequestWorkflow(this, 'Requests', {
      at,
      logKey,
      approvalSeconds: plan.settings.approvalSeconds,
      checkRequest: called('check-request'),
      awaitApprovals: called('await-approvals'),
      issueGrant: called('issue-grant'),
    });
    new PrivateApi(this, 'Api', {
      at,
      logKey,
      endpoint: network.apiEndpoint,
      authoriser: called('authoriser'),
      functions: {
        request: called('request'),
        'record-approval': called('record-approval'),
        broker: called('broker'),
        'data-plane': called('data-plane'),
        'kill-switch': called('kill-switch'),
        revoke: called('revoke'),
      },
    });
    const { exporting } = functions;
    const exportRuns = exporting && new ExportRuns(this, 'Exports', { at, logKey, transfers, run: exporting.function });
    if (exporting) {
      const exported = new Set(transfers.map(({ dataset }) => dataset));
      const stored = storedDatasets(at, plan.datasets).filter(({ schema }) => exported.has(schema.name));
      new ExportAccessRole(this, 'ExportsData', { at, keys, transfers, stored, stsEndpointId });
    }
    new GatewayAlarms(this, 'Alarms', { at, audit, functions, workflow, ...(exportRuns ? { exportRuns } : {}) });
  }
}
