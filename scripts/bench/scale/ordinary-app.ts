/**
 * An ordinary CDK application of about some number of resources, synthesised in this process:
 * `ordinary-app.ts none|residency|solutions RESOURCES [MODULE] [FILE]`. The folder is that of `CDK_OUTDIR`, as when the CLI
 * runs it.
 *
 * A check is loaded only where it is asked for: to load it is part of what it costs. MODULE is where the gate is loaded from
 * (the compiled one, as it is published); left out, it is the source. FILE is given the CPU seconds spent inside the gate.
 */
import { writeFileSync } from 'node:fs';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib/core';
import type { IPolicyValidationContext } from 'aws-cdk-lib/core';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type * as CdkNag from 'cdk-nag';
import type { Construct } from 'constructs';
import type * as Gate from '../../../lib/nag';
import { STACK_SIZE } from './ordinary-stack';

/** Resources of one service below: counted in the template it makes. */
const SERVICE_SIZE = 13;
const ENV = { account: '111111111111', region: 'eu-west-1' };
const ZONES = ['eu-west-1a', 'eu-west-1b'];

/** The stack's services write to `next`, the first queue of the stack before it. */
function ordinaryStack(app: App, position: number, size: number, next: IQueue | undefined): IQueue {
  const stack = new Stack(app, `shop-${position}`, { env: ENV });
  const vpc = new Vpc(stack, 'Vpc', {
    availabilityZones: ZONES,
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [{ name: 'services', subnetType: SubnetType.PRIVATE_ISOLATED }],
  });
  let first: IQueue | undefined;
  for (let index = 0; index < Math.max(1, Math.floor((size - 10) / SERVICE_SIZE)); index += 1) {
    const orders = service(stack, index, vpc, index === 0 ? next : first);
    first ??= orders;
  }
  return first!;
}

function service(stack: Construct, index: number, vpc: Vpc, next: IQueue | undefined): IQueue {
  const refused = new Queue(stack, `Refused${index}`, { enforceSSL: true });
  const orders = new Queue(stack, `Orders${index}`, {
    enforceSSL: true,
    deadLetterQueue: { queue: refused, maxReceiveCount: 5 },
    visibilityTimeout: Duration.minutes(5),
  });
  const table = new TableV2(stack, `Table${index}`, {
    partitionKey: { name: 'customer', type: AttributeType.STRING },
    sortKey: { name: 'placed', type: AttributeType.STRING },
  });
  const receipts = new Bucket(stack, `Receipts${index}`, { enforceSSL: true, versioned: true });
  const code = new Lambda(stack, `Function${index}`, {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => undefined;'),
    environment: { TABLE: table.tableName, RECEIPTS: receipts.bucketName },
    logGroup: new LogGroup(stack, `Log${index}`),
    vpc,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
  });
  table.grantReadWriteData(code);
  receipts.grantReadWrite(code);
  next?.grantSendMessages(code);
  code.addEventSource(new SqsEventSource(orders));
  new Alarm(stack, `Errors${index}`, { metric: code.metricErrors(), threshold: 1, evaluationPeriods: 3 });
  return orders;
}

const [gate = 'none', resources = '1000', gateModule = '../../../lib/nag', file] = process.argv.slice(2);
// What the CDK would look up in the account.
const zones = `availability-zones:account=${ENV.account}:region=${ENV.region}`;
const app = new App({ analyticsReporting: false, context: { [zones]: ZONES } });
let queue: IQueue | undefined;
for (let position = 0; position < Math.ceil(Number(resources) / STACK_SIZE); position += 1)
  queue = ordinaryStack(app, position, Math.min(STACK_SIZE, Number(resources) - position * STACK_SIZE), queue);

/* eslint-disable @typescript-eslint/no-require-imports */
if (gate === 'residency') {
  let inside = 0;
  const counted = <T>(part: () => T): T => {
    const start = process.cpuUsage();
    const result = part();
    const { user, system } = process.cpuUsage(start);
    inside += (user + system) / 1e6;
    return result;
  };
  const { ResidencyChecks } = counted(() => require(gateModule) as typeof Gate);
  class CountedChecks extends ResidencyChecks {
    override validate(context: IPolicyValidationContext): ReturnType<Gate.ResidencyChecks['validate']> {
      return counted(() => super.validate(context));
    }
  }
  Validations.of(app).addPlugins(
    new CountedChecks(app, {
      onJudgement: ({ counts, findings }) =>
        process.stdout.write(`${JSON.stringify({ resources: counts.resources, findings: findings.length })}\n`),
    }),
  );
  process.once('exit', () => file && writeFileSync(file, JSON.stringify({ cpuSeconds: inside })));
}
if (gate === 'solutions') {
  const { AwsSolutionsChecks } = require('cdk-nag') as typeof CdkNag;
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}
app.synth();
