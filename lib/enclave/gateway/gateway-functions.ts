import { Duration } from 'aws-cdk-lib/core';
import type { CfnResource } from 'aws-cdk-lib/core';
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';

import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ENTRY_FILES, ENVIRONMENT, FUNCTION_ENVIRONMENT, NO_PSEUDONYM_KEY } from '../../gateway/contract';
import type { FunctionName } from '../../gateway/contract';
import { acknowledge } from '../acknowledge';
import type { SiteKeys } from '../keys/keys-stack';
import { DATA_PLANE_ROLE, PSEUDONYMISER_ROLE, gatewayRoleArn } from '../names';
import type { SiteNetwork } from '../network/network-stack';
import type { SiteContext } from '../site-context';
import type { AuditTrail } from './audit-trail';
import { CodeSignature } from './code-signature';
import type { ExportBucket } from './export-bucket';
import { GatewayFunction } from './gateway-function';
import type { KillSwitch } from './kill-switch';
import type { LedgerTable, PeopleTable } from './ledger';
import type { PolicyStore } from './policy-store';
import { continueWorkflow, requestWorkflowArn, startWorkflow } from './request-workflow';

export interface GatewayFunctionsProps {
  readonly at: SiteContext;
  /** Folder of the site's bundle. */
  readonly code: string;
  readonly keys: SiteKeys;
  readonly network: SiteNetwork;
  readonly policyStore: PolicyStore;
  readonly ledger: LedgerTable;
  readonly people: PeopleTable;
  readonly audit: AuditTrail;
  readonly killSwitch: KillSwitch;
  readonly exports: readonly ExportBucket[];
}

/** What one function has beyond what all have. */
interface Peculiarity {
  readonly statements?: readonly PolicyStatement[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly roleName?: string;
  readonly memory?: number;
  readonly concurrency?: number;
}

/** Where a Lambda function finds its bundle. */
const FILES = '/var/task/files';

/** The functions of the gateway, each with the least it needs. */
export class GatewayFunctions extends Construct {
  readonly byName: Readonly<Record<FunctionName, GatewayFunction>>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: GatewayFunctionsProps,
  ) {
    super(scope, id);
    const { at, network, keys, code } = props;
    const group = new SecurityGroup(this, 'Group', {
      vpc: network.vpc,
      description: 'Functions of the security gateway: HTTPS to the endpoints, nothing in',
      allowAllOutbound: false,
    });
    // Endpoints of S3 and DynamoDB are routes to public addresses; the VPC has no other route, and each endpoint its policy.
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'HTTPS, as far as the routes of an isolated VPC lead');
    const signature = new CodeSignature(this, 'Signature').config;
    const own = this.own();
    const made = Object.keys(ENTRY_FILES).map((key) => {
      const name = key as FunctionName;
      const { statements = [], environment = {}, roleName, memory = 1024, concurrency = 20 } = own[name] ?? {};
      const built = new GatewayFunction(this, name, {
        at,
        name,
        code,
        signature,
        vpc: network.vpc,
        group,
        logKey: keys.keyFor('audit', 'logs'),
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
    this.byName = Object.fromEntries(made) as Record<FunctionName, GatewayFunction>;
    const { role } = this.byName['data-plane'];
    const written: readonly (readonly [Construct, string])[] = [
      [props.audit.archive, 'quarantine/*'],
      ...props.exports.map((bucket) => [bucket, '*'] as const),
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
    const { at, network, audit, killSwitch } = this.props;
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
        environment: {
          [FUNCTION_ENVIRONMENT.dataAccessRole]: gatewayRoleArn(at, DATA_PLANE_ROLE),
          [FUNCTION_ENVIRONMENT.pseudonymKey]: this.pseudonymKey() ?? NO_PSEUDONYM_KEY,
          [FUNCTION_ENVIRONMENT.quarantineBucket]: audit.archive.bucketName,
        },
        statements: this.dataPlane(),
        memory: 2048,
        concurrency: 10,
      },
    };
  }

  private dataPlane(): readonly PolicyStatement[] {
    const { at, audit, exports } = this.props;
    const key = this.pseudonymKey();
    return [
      new PolicyStatement({
        sid: 'OpenTaggedSessions',
        actions: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
        resources: [gatewayRoleArn(at, DATA_PLANE_ROLE)],
      }),
      audit.putAside(),
      ...(key ? [new PolicyStatement({ sid: 'Codes', actions: ['kms:GenerateMac'], resources: [key] })] : []),
      ...exports.map((bucket) => bucket.fill()),
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
