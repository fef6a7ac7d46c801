import { Repository } from 'aws-cdk-lib/aws-codecommit';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CodePipeline, CodePipelineSource, ManualApprovalStep, ShellStep } from 'aws-cdk-lib/pipelines';
import { Stack, Stage } from 'aws-cdk-lib/core';
import type { StageProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ACCOUNTS } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

class Service extends Stage {
  constructor(scope: Construct, id: string, props: StageProps) {
    super(scope, id, props);
    const stack = new Stack(this, 'Service');
    const table = new Table(stack, 'Data', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    const handler = new Function(stack, 'Handler', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => {};'),
    });
    table.grantReadData(handler);
  }
}

export const application: OrdinaryApp = {
  name: 'cross-account-pipeline',
  what: 'CDK pipeline in a tools account that deploys to two accounts in Dublin and Stockholm',
  build(app) {
    const tools = new Stack(app, 'Tools', { env: { account: ACCOUNTS.tools, region: 'eu-west-1' } });
    const pipeline = new CodePipeline(tools, 'Pipeline', {
      crossAccountKeys: true,
      synth: new ShellStep('Synth', {
        input: CodePipelineSource.codeCommit(new Repository(tools, 'Source', { repositoryName: 'service' }), 'main'),
        commands: ['npm ci', 'npm test', 'npx cdk synth'],
      }),
    });
    pipeline.addStage(new Service(app, 'Acceptance', { env: { account: ACCOUNTS.workload, region: 'eu-west-1' } }));
    pipeline.addStage(new Service(app, 'Production', { env: { account: ACCOUNTS.production, region: 'eu-north-1' } }), {
      pre: [new ManualApprovalStep('Promote')],
    });
  },
};
