import { Duration } from 'aws-cdk-lib/core';
import type { CfnResource } from 'aws-cdk-lib/core';
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';

import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ICodeSigningConfig } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import {
  ENTRY_FILES,
  ENVIRONMENT,
  EXPORTING_FUNCTION,
  FUNCTION_ENVIRONMENT,
  NO_PSEUDONYM_KEY,
} from '../../gateway/contract';
import type { FunctionName } from '../../gateway/contract';
import { acknowledge } from '../acknowledge';
import type { SiteKeys } from '../keys/keys-stack';
import { DATA_PLANE_ROLE, EXPORTS_DATA_ROLE, PSEUDONYMISER_ROLE, gatewayRoleArn } from '../names';
import type { SiteNetwork } from '../network/network-stack';
import type { SiteContext } from '../site-context';
import type { AuditTrail } from './audit-trail';
import type { ExportBucket } from './exports/export-bucket';
import { RUN_TIMEOUT } from './exports/export-runs';
import { GatewayFunction } from './gateway-function';
import type { KillSwitch } from './kill-switch';
import type { LedgerTable, PeopleTable } from './ledger';
import type { PolicyStore } from './policy-store';
import { continueWorkflow, requestWorkflowArn, startWorkflow } from './request-workflow';

export interface GatewayFunctionsProps {
  readonly at: SiteContext;
  /** Folder of the site's bundle. */
  readonly code: string;
  readonly signature: ICodeSigningConfig;
  readonly keys: SiteKeys;
  readonly network: SiteNetwork;
  readonly policyStore: PolicyStore;
  readonly ledger: LedgerTable;
  readonly people: PeopleTable;
  readonly audit: AuditTrail;
  readonly killSwitch: KillSwitch;
  /** Buckets of the transfers that leave the site, by id of the transfer. */
  readonly exports: ReadonlyMap<string, ExportBucket>;
}

/** What one function has beyond what all have. */
interface Peculiarity {
  readonly statements?: readonly PolicyStatement[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly roleName?: string;
  readonly memory?: number;
  readonly concurrency?: number;
}

/** The functions that stand at every site. */
type EverySite = Exclude<FunctionName, typeof EXPORTING_FUNCTION>;

/** Where a Lambda function finds its bundle. */
const FILES = '/var/task/files';

/** The functions of the gateway, each with the least it needs. */
export class GatewayFunctions extends Construct {
  readonly byName: Readonly<Record<EverySite, GatewayFunction>>;
  /** Carries out registered transfers; absent at sites that none leaves. */
  readonly exporting: GatewayFunction | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: GatewayFunctionsProps,
  ) {
    super(scope, id);
    const { at, network, keys, code, signature } = props;
    const group = new SecurityGroup(this, 'Group', {
      vpc: network.vpc,
      description: 'Functions of the security gateway: HTTPS to the endpoints, nothing in',
      allowAllOutbound: false,
    });
    // Endpoints of S3 and DynamoDB are routes to public addresses; the VPC has no other route, and each endpoint its policy.
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'HTTPS, as far as the routes of an isolated VPC lead');
    const own = this.own();
    const common = { at, code, signature, vpc: network.vpc, group, logKey: keys.keyFor('audit', 'logs') };
    const names = (Object.keys(ENTRY_FILES) as FunctionName[]).filter((name) => name !== EXPORTING_FUNCTION);
    const made = names.map((name) => {
      const { statements = [], environment = {}, roleName, memory = 1024, concurrency = 20 } = own[name] ?? {};
      const built = new GatewayFunction(this, name, {
        ...common,
        name,
        environment: { ...this.environment(), ...environment },
        statements: [...this.every(), ...statements],
        memory,
        // API Gateway waits this long and no longer.
        timeout: Duration.seconds(29),
        concurrency,
        ...(roleName ? { roleName } : {}),
      });
      acknowledge(
        built.role,
        `AwsSolutions-IAM5[Resource::<${this.logicalIdOf(props.audit.archive)}.Arn>/decisions/*]`,
        'Records are added under this prefix, each with a name of its own.',
      );
      return [name, built] as const;
    });
    this.byName = Object.fromEntries(made) as Record<EverySite, GatewayFunction>;
    const { role } = this.byName['data-plane'];
    // Under the same role: one principal asks the pseudonymisation key for codes, and one fills export buckets.
    this.exporting =
      props.exports.size === 0
        ? undefined
        : new GatewayFunction(this, EXPORTING_FUNCTION, {
            ...common,
            name: EXPORTING_FUNCTION,
            sharedRole: role,
            environment: { ...this.environment(), ...this.treating(EXPORTS_DATA_ROLE), ...this.exportBuckets() },
            statements: [],
            memory: 2048,
            timeout: RUN_TIMEOUT,
            concurrency: 5,
          });
    const written: readonly (readonly [Construct, string])[] = [
      [props.audit.archive, 'quarantine/*'],
      ...[...props.exports.values()].map((bucket) => [bucket, '*'] as const),
    ];
    for (const [bucket, path] of written)
      acknowledge(
        role,
        `AwsSolutions-IAM5[Resource::<${this.logicalIdOf(bucket)}.Arn>/${path}]`,
        'What is put aside or exported gets a name of its own.',
      );
  }

  private environment(): Record<string, string> {
    const { at, policyStore, ledger, people, killSwitch, audit } = this.props;
    return {
      [ENVIRONMENT.site]: at.site.id,
      [ENVIRONMENT.files]: FILES,
      [ENVIRONMENT.ledgerTable]: ledger.tableName,
      [ENVIRONMENT.peopleTable]: people.tableName,
      [ENVIRONMENT.killSwitchParameter]: killSwitch.parameterName,
      [ENVIRONMENT.archiveBucket]: audit.archive.bucketName,
      [ENVIRONMENT.feedQueue]: audit.feed.queueUrl,
      [ENVIRONMENT.deadLetterQueue]: audit.deadLetters.queueUrl,
      [ENVIRONMENT.engine]: policyStore.id,
    };
  }

  /** Decide and record: what every function needs. */
  private every(): readonly PolicyStatement[] {
    const { policyStore, ledger, people, killSwitch, audit } = this.props;
    return [
      new PolicyStatement({
        sid: 'AskThePolicies',
        actions: ['verifiedpermissions:GetPolicy', 'verifiedpermissions:IsAuthorized'],
        resources: [policyStore.arn],
      }),
      ...ledger.readAndWrite(),
      ...people.look(),
      killSwitch.read(),
      ...audit.record(),
    ];
  }

  private own(): Partial<Record<FunctionName, Peculiarity>> {
    const { at, network, killSwitch } = this.props;
    const workflow = { [FUNCTION_ENVIRONMENT.workflow]: requestWorkflowArn(at) };
    return {
      authoriser: {
        environment: {
          // People of another network come by an endpoint of their own, which stands here with its country once it exists.
          [FUNCTION_ENVIRONMENT.networks]: `{"${network.apiEndpoint.vpcEndpointId}":"${at.actualCountry.code}"}`,
        },
        concurrency: 50,
      },
      request: { environment: workflow, statements: [startWorkflow(at)] },
      'await-approvals': { environment: workflow, statements: [continueWorkflow(at)] },
      'record-approval': { environment: workflow, statements: [continueWorkflow(at)] },
      'kill-switch': { statements: [killSwitch.write()], concurrency: 5 },
      'data-plane': {
        roleName: PSEUDONYMISER_ROLE,
        environment: this.treating(DATA_PLANE_ROLE),
        statements: this.dataPlane(),
        memory: 2048,
        concurrency: 10,
      },
    };
  }

  /** @param role under which the function's sessions read */
  private treating(role: string): Record<string, string> {
    const { at, audit } = this.props;
    return {
      [FUNCTION_ENVIRONMENT.dataAccessRole]: gatewayRoleArn(at, role),
      [FUNCTION_ENVIRONMENT.pseudonymKey]: this.pseudonymKey() ?? NO_PSEUDONYM_KEY,
      [FUNCTION_ENVIRONMENT.quarantineBucket]: audit.archive.bucketName,
    };
  }

  /** By their agreed names, not by reference: the text is JSON within a variable. */
  private exportBuckets(): Record<string, string> {
    const { exports } = this.props;
    const names = Object.fromEntries([...exports].map(([id, { physicalBucketName }]) => [id, physicalBucketName]));
    return { [FUNCTION_ENVIRONMENT.exportBuckets]: JSON.stringify(names) };
  }

  private dataPlane(): readonly PolicyStatement[] {
    const { at, audit, exports } = this.props;
    const key = this.pseudonymKey();
    return [
      new PolicyStatement({
        sid: 'OpenTaggedSessions',
        actions: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
        resources: [DATA_PLANE_ROLE, ...(exports.size > 0 ? [EXPORTS_DATA_ROLE] : [])].map((name) =>
          gatewayRoleArn(at, name),
        ),
      }),
      audit.putAside(),
      ...(key ? [new PolicyStatement({ sid: 'Codes', actions: ['kms:GenerateMac'], resources: [key] })] : []),
      ...[...exports.values()].flatMap((bucket) => bucket.fill()),
    ];
  }

  private pseudonymKey(): string | undefined {
    const { at, keys } = this.props;
    return at.enclave.pseudonymAuthority === at.site.id ? keys.keyFor('restricted', 'pseudonyms').keyArn : undefined;
  }

  private logicalIdOf(bucket: Construct): string {
    const resource = bucket.node.defaultChild as CfnResource;
    return resource.stack.getLogicalId(resource);
  }
}
