/** Where the hand-written templates are deployed. */
import type { OrdinaryTemplates } from '../ordinary';

export const TEMPLATES: readonly OrdinaryTemplates[] = [
  {
    name: 'vpc-two-zones',
    what: 'VPC of the AWS samples, with parameters and exports',
    files: ['vpc-two-zones.yaml'],
    region: 'eu-west-1',
    withoutStores: true,
  },
  {
    name: 'network-and-database',
    what: 'PostgreSQL in the subnets another template exports, judged together',
    files: ['vpc-two-zones.yaml', 'rds-in-imported-vpc.yaml'],
    region: 'eu-central-1',
    account: '111122223333',
  },
  {
    name: 'lamp-instance',
    what: 'web server in a subnet given by parameter, with a data volume',
    files: ['lamp-instance.yaml'],
    region: 'eu-west-3',
  },
  {
    name: 'secure-bucket',
    what: 'bucket with access logs and a TLS-only policy, YAML anchors',
    files: ['secure-bucket.yaml'],
    region: 'eu-north-1',
  },
  {
    name: 'ecs-service',
    what: 'ECS service in JSON, subnets by parameter',
    files: ['ecs-service.json'],
    region: 'eu-central-1',
    account: '111122223333',
  },
  {
    name: 'dynamodb-autoscaling',
    what: 'table in JSON with auto scaling',
    files: ['dynamodb-autoscaling.json'],
    region: 'eu-west-1',
  },
  {
    name: 'queue-and-topic',
    what: 'topic and queue, encrypted if a condition says so',
    files: ['queue-and-topic.yaml'],
    region: 'eu-south-1',
  },
  {
    name: 'account-trail',
    what: 'CloudTrail with a condition for all Regions',
    files: ['account-trail.yaml'],
    region: 'eu-west-1',
  },
  {
    name: 'build-pipeline',
    what: 'CodePipeline written by hand',
    files: ['build-pipeline.yaml'],
    region: 'eu-west-1',
  },
  {
    name: 'aurora-by-environment',
    what: 'Aurora with a mapping for sizes and a reader in production only',
    files: ['aurora-by-environment.yaml'],
    region: 'eu-central-1',
  },
  {
    name: 'redis-by-stage',
    what: 'Redis with a mapping over Regions, of which only its own row is used',
    files: ['redis-by-stage.yaml'],
    region: 'eu-west-1',
  },
  {
    name: 'claims-workflow',
    what: 'state machine with the definition as text',
    files: ['claims-workflow.yaml'],
    region: 'eu-north-1',
  },
  {
    name: 'efs-with-backup',
    what: 'file system with a backup plan in its Region',
    files: ['efs-with-backup.yaml'],
    region: 'eu-west-1',
  },
  {
    name: 'contact-form',
    what: 'REST API with a direct integration with DynamoDB',
    files: ['contact-form.yaml'],
    region: 'eu-west-1',
  },
  {
    name: 'sam-notes-api',
    what: 'SAM: implicit REST API, Globals and a table, as the command line starts a project',
    files: ['sam-notes-api.yaml'],
    region: 'eu-west-1',
  },
  {
    name: 'sam-image-pipeline',
    what: 'SAM: bucket, queue and topic events, a layer, a packaged function, policy templates and documents',
    files: ['sam-image-pipeline.yaml'],
    region: 'eu-central-1',
    account: '111122223333',
  },
  {
    name: 'sam-order-workflow',
    what: 'SAM: workflow, HTTP API with IAM, table stream, schedule, rule and an embedded connector, in a VPC',
    files: ['sam-order-workflow.yaml'],
    region: 'eu-north-1',
    account: '111122223333',
  },
  {
    name: 'sam-members-api',
    what: 'SAM with language extensions: API with a user pool, image functions in a loop, GraphQL and a connector',
    files: ['sam-members-api.yaml'],
    region: 'eu-south-1',
    account: '111122223333',
  },
];
