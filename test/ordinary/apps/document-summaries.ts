import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { frankfurt } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'document-summaries',
  what: 'function that has documents summarised by a Bedrock model and read by Textract in its own Region',
  build(app) {
    const stack = new Stack(app, 'Summaries', { env: frankfurt });
    const documents = new Bucket(stack, 'Documents');
    const summarise = new Function(stack, 'Summarise', {
      runtime: Runtime.PYTHON_3_13,
      handler: 'index.handler',
      code: Code.fromInline(
        'import boto3\nmodel = boto3.client("bedrock-runtime")\ndef handler(event, context):\n    pass\n',
      ),
      timeout: Duration.minutes(2),
    });
    documents.grantRead(summarise);
    summarise.addToRolePolicy(
      new PolicyStatement({
        actions: ['bedrock:InvokeModel'],
        resources: ['arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0'],
      }),
    );
    summarise.addToRolePolicy(new PolicyStatement({ actions: ['textract:DetectDocumentText'], resources: ['*'] }));
  },
};
