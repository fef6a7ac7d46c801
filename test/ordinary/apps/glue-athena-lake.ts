import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnCrawler, CfnDatabase, CfnJob, CfnTable, CfnTrigger } from 'aws-cdk-lib/aws-glue';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'glue-athena-lake',
  what: 'data lake: buckets, Glue database, crawler and job, Athena work group',
  build(app) {
    const stack = new Stack(app, 'Lake', { env: dublin });
    const encryptionKey = new Key(stack, 'Key', { enableKeyRotation: true, alias: 'lake' });
    const bucket = (id: string): Bucket =>
      new Bucket(stack, id, {
        encryption: BucketEncryption.KMS,
        encryptionKey,
        bucketKeyEnabled: true,
        enforceSSL: true,
      });
    const raw = bucket('Raw');
    const curated = bucket('Curated');
    const results = bucket('Results');
    raw.addLifecycleRule({
      transitions: [{ storageClass: StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(30) }],
    });
    const role = new Role(stack, 'GlueRole', {
      assumedBy: new ServicePrincipal('glue.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSGlueServiceRole')],
    });
    raw.grantRead(role);
    curated.grantReadWrite(role);
    const database = new CfnDatabase(stack, 'Database', {
      catalogId: stack.account,
      databaseInput: { name: 'lake', locationUri: curated.s3UrlForObject() },
    });
    new CfnTable(stack, 'Visits', {
      catalogId: stack.account,
      databaseName: database.ref,
      tableInput: {
        name: 'visits',
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: [{ name: 'day', type: 'string' }],
        storageDescriptor: {
          location: curated.s3UrlForObject('visits/'),
          inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
          serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
          columns: [{ name: 'visitor', type: 'string' }],
        },
      },
    });
    const crawler = new CfnCrawler(stack, 'Crawler', {
      role: role.roleArn,
      databaseName: database.ref,
      targets: { s3Targets: [{ path: raw.s3UrlForObject() }] },
      schedule: { scheduleExpression: 'cron(0 3 * * ? *)' },
      schemaChangePolicy: { deleteBehavior: 'LOG' },
    });
    const job = new CfnJob(stack, 'ToParquet', {
      role: role.roleArn,
      command: { name: 'glueetl', pythonVersion: '3', scriptLocation: raw.s3UrlForObject('scripts/to_parquet.py') },
      glueVersion: '5.0',
      workerType: 'G.1X',
      numberOfWorkers: 4,
      defaultArguments: {
        '--TempDir': curated.s3UrlForObject('tmp/'),
        '--enable-metrics': 'true',
        '--job-bookmark-option': 'job-bookmark-enable',
      },
    });
    new CfnTrigger(stack, 'AfterCrawl', {
      type: 'CONDITIONAL',
      actions: [{ jobName: job.ref }],
      predicate: { conditions: [{ crawlerName: crawler.ref, crawlState: 'SUCCEEDED', logicalOperator: 'EQUALS' }] },
      startOnCreation: true,
    });
    new CfnWorkGroup(stack, 'Analysts', {
      name: 'analysts',
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        resultConfiguration: {
          outputLocation: results.s3UrlForObject('athena/'),
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: encryptionKey.keyArn },
        },
      },
    });
  },
};
