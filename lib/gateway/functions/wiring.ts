/** Joins the handlers to AWS: clients are made once per function instance, and take Region and endpoint from the SDK. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { VerifiedPermissionsClient } from '@aws-sdk/client-verifiedpermissions';
import { DynamoDbLedger } from '../aws/dynamodb-ledger';
import { S3Archive } from '../aws/s3-archive';
import { SfnWorkflow } from '../aws/sfn-workflow';
import { SqsFeed } from '../aws/sqs-feed';
import { SsmSwitchStore } from '../aws/ssm-switch-store';
import { VerifiedPermissionsEngine } from '../aws/verified-permissions-engine';
import { DecisionRecorder } from '../audit/recorder';
import { ENVIRONMENT } from '../contract';
import { CedarEngine } from '../policies/cedar-engine';
import type { PolicyEngine } from '../policies/policy-engine';
import { LedgerDirectory } from '../ports/ledger-directory';
import type { GatewayPorts } from '../ports/ports';
import type { Workflow } from '../ports/workflow';
import { functionConfiguration, workflowArn } from './environment';
import type { FunctionConfiguration } from './environment';

/** Over private endpoints a call that takes longer is lost; attempts beyond the first are the recorder's. */
const CLIENT = { maxAttempts: 3 };

/** The ports of every function. @throws SettingsError, PolicyError when the configuration is wrong */
export function gatewayPorts(configuration: FunctionConfiguration = functionConfiguration()): GatewayPorts {
  const { environment, settings, policies, registers } = configuration;
  const site = environment[ENVIRONMENT.site];
  const engine = engineOf(configuration);
  const dynamo = new DynamoDBClient(CLIENT);
  const queues = new SQSClient(CLIENT);
  const now = Date.now;
  const newId = randomUUID;
  return {
    site,
    settings,
    registers,
    engine,
    directory: new LedgerDirectory(new DynamoDbLedger(dynamo, environment[ENVIRONMENT.peopleTable])),
    ledger: new DynamoDbLedger(dynamo, environment[ENVIRONMENT.ledgerTable]),
    killSwitch: new SsmSwitchStore(new SSMClient(CLIENT), environment[ENVIRONMENT.killSwitchParameter]),
    recorder: new DecisionRecorder({
      site,
      engine: { name: engine.name, policyHash: policies.hash },
      archive: new S3Archive(new S3Client(CLIENT), environment[ENVIRONMENT.archiveBucket]),
      feed: new SqsFeed(queues, environment[ENVIRONMENT.feedQueue]),
      deadLetters: new SqsFeed(queues, environment[ENVIRONMENT.deadLetterQueue]),
      persistence: { attempts: 4, firstWait: 100, sleep: async (ms) => void (await sleep(ms)), random: Math.random },
      now,
      newId,
    }),
    now,
    newId,
  };
}

/** The same, for functions that drive the request workflow. */
export function workflowPorts(): GatewayPorts & { readonly workflow: Workflow } {
  return { ...gatewayPorts(), workflow: new SfnWorkflow(new SFNClient(CLIENT), workflowArn()) };
}

function engineOf({ environment, policies }: FunctionConfiguration): PolicyEngine {
  const engine = environment[ENVIRONMENT.engine];
  return engine === 'cedar-wasm'
    ? new CedarEngine(policies)
    : new VerifiedPermissionsEngine(new VerifiedPermissionsClient(CLIENT), engine, policies);
}
