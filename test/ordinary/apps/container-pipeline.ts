import { BuildSpec, LinuxBuildImage, PipelineProject } from 'aws-cdk-lib/aws-codebuild';
import { Repository as Source } from 'aws-cdk-lib/aws-codecommit';
import { Artifact, Pipeline } from 'aws-cdk-lib/aws-codepipeline';
import {
  CodeBuildAction,
  CodeCommitSourceAction,
  EcsDeployAction,
  ManualApprovalAction,
} from 'aws-cdk-lib/aws-codepipeline-actions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Cluster, ContainerImage, FargateService, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'container-pipeline',
  what: 'CodeCommit, CodeBuild, ECR and a rolling deployment to ECS after an approval',
  build(app) {
    const stack = new Stack(app, 'Delivery', { env: dublin });
    const images = new Repository(stack, 'Images', { lifecycleRules: [{ maxImageCount: 50 }] });
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const task = new FargateTaskDefinition(stack, 'Task');
    task.addContainer('web', {
      image: ContainerImage.fromEcrRepository(images),
      portMappings: [{ containerPort: 80 }],
    });
    const service = new FargateService(stack, 'Service', {
      cluster: new Cluster(stack, 'Cluster', { vpc }),
      taskDefinition: task,
      minHealthyPercent: 100,
    });
    const build = new PipelineProject(stack, 'Build', {
      environment: { buildImage: LinuxBuildImage.STANDARD_7_0, privileged: true },
      environmentVariables: { REPOSITORY: { value: images.repositoryUri } },
      timeout: Duration.minutes(20),
      buildSpec: BuildSpec.fromObject({
        version: '0.2',
        phases: {
          pre_build: {
            commands: ['aws ecr get-login-password | docker login --username AWS --password-stdin ${REPOSITORY%%/*}'],
          },
          build: { commands: ['docker build -t $REPOSITORY:latest .', 'docker push $REPOSITORY:latest'] },
          post_build: {
            commands: ['printf \'[{"name":"web","imageUri":"%s"}]\' $REPOSITORY:latest > imagedefinitions.json'],
          },
        },
        artifacts: { files: ['imagedefinitions.json'] },
      }),
    });
    images.grantPullPush(build);
    const source = new Artifact();
    const built = new Artifact();
    new Pipeline(stack, 'Pipeline', {
      stages: [
        {
          stageName: 'Source',
          actions: [
            new CodeCommitSourceAction({
              actionName: 'Main',
              repository: new Source(stack, 'Source', { repositoryName: 'web' }),
              branch: 'main',
              output: source,
            }),
          ],
        },
        {
          stageName: 'Build',
          actions: [new CodeBuildAction({ actionName: 'Image', project: build, input: source, outputs: [built] })],
        },
        { stageName: 'Approve', actions: [new ManualApprovalAction({ actionName: 'GoLive' })] },
        { stageName: 'Deploy', actions: [new EcsDeployAction({ actionName: 'Roll', service, input: built })] },
      ],
    });
  },
};
