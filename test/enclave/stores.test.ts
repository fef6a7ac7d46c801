import { findRegion, requireCountry } from '../../lib/geo';
import { statements, synthesise } from './synthesised';

const enclave = synthesise();
const buckets = enclave.all('AWS::S3::Bucket');
const isAccessLog = (name: unknown): boolean => String(name).includes('-access-logs-');
const siteAccounts = new Set(enclave.config.sites.map(({ account }) => account));
/** Buckets of the sites; those of the auditor's account have their own promises in oversight.test.ts. */
const dataBuckets = buckets.filter(
  ({ stack, resource }) => siteAccounts.has(stack.account) && !isAccessLog(resource.Properties['BucketName']),
);

const policyOfBucket = (stack: string, logicalId: string) => {
  const found = enclave
    .all('AWS::S3::BucketPolicy')
    .find((p) => p.stack.stackName === stack && (p.resource.Properties['Bucket'] as { Ref: string }).Ref === logicalId);
  if (!found) throw new Error(`bucket ${logicalId} of ${stack} has no policy`);
  return statements(found.resource.Properties['PolicyDocument']);
};

describe('every bucket', () => {
  test('is versioned, closed to the public, free of ACLs and kept', () => {
    for (const { resource } of buckets) {
      expect(resource.Properties).toMatchObject({
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      });
      expect(resource).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    }
  });

  test('refuses plain HTTP and TLS below 1.2', () => {
    for (const { stack, logicalId } of buckets) {
      const denies = policyOfBucket(stack.stackName, logicalId).filter((s) => s.Effect === 'Deny');
      expect(denies.some((s) => s.Condition?.['Bool']?.['aws:SecureTransport'] === 'false')).toBe(true);
      expect(denies.some((s) => s.Condition?.['NumericLessThan']?.['s3:TlsVersion'] === 1.2)).toBe(true);
    }
  });

  test('that holds data enforces its own key and signature version 4, and logs into its site', () => {
    for (const { stack, logicalId, resource } of dataBuckets) {
      const bySid = new Map(policyOfBucket(stack.stackName, logicalId).map((s) => [s.Sid, s]));
      const key = (
        resource.Properties['BucketEncryption'] as {
          ServerSideEncryptionConfiguration: {
            ServerSideEncryptionByDefault: { SSEAlgorithm: string; KMSMasterKeyID: unknown };
          }[];
        }
      ).ServerSideEncryptionConfiguration[0]!.ServerSideEncryptionByDefault;
      expect(key.SSEAlgorithm).toBe('aws:kms');
      expect(bySid.get('OnlyOwnKey')!.Condition).toEqual({
        StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': key.KMSMasterKeyID },
        Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' },
      });
      expect(bySid.get('OnlySignatureVersion4')!.Condition).toEqual({
        StringNotEquals: { 's3:signatureversion': 'AWS4-HMAC-SHA256' },
      });
      expect(resource.Properties['LoggingConfiguration']).toMatchObject({
        DestinationBucketName: expect.stringMatching(new RegExp(`-access-logs-${stack.account}$`)),
      });
    }
  });

  test('that holds data gives it only through the endpoint of its own site, and to nobody outside the organisation', () => {
    for (const { stack, logicalId } of dataBuckets) {
      const site = enclave.config.sites.find((s) => s.account === stack.account)!.id;
      const bySid = new Map(policyOfBucket(stack.stackName, logicalId).map((s) => [s.Sid, s]));
      const endpoint = bySid.get('OnlyThroughTheSitesEndpoint')!;
      expect([endpoint.Action].flat()).toEqual(
        expect.arrayContaining(['s3:GetObject*', 's3:PutObject*', 's3:ListBucket*']),
      );
      expect(JSON.stringify(endpoint.Condition!['StringNotEquals']!['aws:SourceVpce'])).toContain(
        `"StackName":"${site}-network"`,
      );
      expect(bySid.get('NobodyOutsideTheOrganisation')!.Condition).toEqual({
        StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' },
      });
    }
  });

  test('is locked exactly when the configuration says so, its copies too', () => {
    for (const { resource } of dataBuckets) {
      const name = String(resource.Properties['BucketName']);
      const store = enclave.config.stores.find((s) => new RegExp(`-${s.name}-(of-[a-z]+-\\d-)?\\d{12}$`).test(name))!;
      const days = name.includes('-gateway-audit-')
        ? enclave.config.retention.logDays
        : store.kind === 'bucket'
          ? store.objectLockDays
          : undefined;
      expect(resource.Properties['ObjectLockConfiguration']).toEqual(
        days
          ? { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Days: days, Mode: 'COMPLIANCE' } } }
          : undefined,
      );
    }
  });

  test('of restricted data has an access point that answers only inside the VPC', () => {
    const points = enclave.all('AWS::S3::AccessPoint');
    const restricted = enclave.config.stores.filter((s) => s.kind === 'bucket' && s.class === 'restricted');
    expect(points).toHaveLength(restricted.length * enclave.config.sites.length);
    for (const { resource } of points) expect(resource.Properties['VpcConfiguration']).toBeDefined();
  });
});

describe('copies', () => {
  const aimed = dataBuckets.filter(({ resource }) => resource.Properties['ReplicationConfiguration']);
  const rulesOf = (b: (typeof aimed)[number]) =>
    (
      b.resource.Properties['ReplicationConfiguration'] as {
        Rules: {
          Destination: { Bucket: string; Account: string; EncryptionConfiguration: { ReplicaKmsKeyID: string } };
        }[];
      }
    ).Rules;

  test('every primary bucket of a site with a partner is copied, and no copy is copied on', () => {
    const primaries =
      enclave.config.stores.filter((s) => s.kind === 'bucket').length * enclave.config.replication.length;
    expect(aimed).toHaveLength(primaries);
    for (const { stack } of aimed) expect(stack.stackName).toMatch(/-stores$/);
  });

  test('every copy goes to a bucket that the partner’s stack makes in another EEA Region, under that site’s own key', () => {
    for (const source of aimed) {
      for (const { Destination } of rulesOf(source)) {
        const target = buckets.find(
          ({ resource }) => `arn:aws:s3:::${String(resource.Properties['BucketName'])}` === Destination.Bucket,
        )!;
        expect(target).toBeDefined();
        expect(target.stack.account).toBe(Destination.Account);
        expect(target.stack.region).not.toBe(source.stack.region);
        expect(requireCountry(findRegion(target.stack.region)!.country).eea).toBe(true);
        const aliases = enclave
          .all('AWS::KMS::Alias')
          .map(
            ({ stack, resource }) =>
              `arn:aws:kms:${stack.region}:${stack.account}:${String(resource.Properties['AliasName'])}`,
          );
        expect(aliases).toContain(Destination.EncryptionConfiguration.ReplicaKmsKeyID);
        expect(Destination.EncryptionConfiguration.ReplicaKmsKeyID).toContain(
          `:${target.stack.region}:${target.stack.account}:`,
        );
      }
    }
  });

  test('the copying role reaches exactly its own buckets and their copies', () => {
    const roles = enclave
      .all('AWS::IAM::Role')
      .filter(({ resource }) => String(resource.Properties['RoleName'] ?? '').endsWith('-replication'));
    expect(roles).toHaveLength(enclave.config.replication.length);
    for (const { stack, resource } of roles) {
      const pair = enclave.config.replication.find((p) => stack.stackName === `${p.from}-stores`)!;
      const policy = statements((resource.Properties['Policies'] as { PolicyDocument: unknown }[])[0]!.PolicyDocument);
      const named = policy
        .flatMap((s) => [s.Resource].flat())
        .filter((r): r is string => typeof r === 'string' && r.startsWith('arn:aws:s3'));
      expect(named.length).toBeGreaterThan(0);
      for (const arn of named)
        expect(arn).toMatch(
          new RegExp(
            `^arn:aws:s3:::enclave-(${pair.from}-[a-z]+-\\d{12}|${pair.to}-[a-z]+-of-${pair.from}-\\d{12})(/\\*)?$`,
          ),
        );
      for (const s of policy) for (const action of [s.Action].flat()) expect(action).not.toMatch(/\*/);
    }
  });

  test('stand in a stack deployed before the source’s stores, with no cycle between sites', () => {
    for (const { from, to } of enclave.config.replication) {
      expect(enclave.stacks.get(`${from}-stores`)!.dependencies.map((s) => s.stackName)).toContain(
        `${to}-replica-of-${from}`,
      );
    }
    const visit = (name: string, path: string[]): void => {
      expect(path).not.toContain(name);
      for (const next of enclave.stacks.get(name)!.dependencies) visit(next.stackName, [...path, name]);
    };
    for (const name of enclave.stacks.keys()) visit(name, []);
  });
});

describe('every database', () => {
  const databases = enclave.all('AWS::RDS::DBInstance');

  test('is private, encrypted under own keys, protected from deletion, and keeps its own secret', () => {
    for (const { resource } of databases) {
      expect(resource.Properties).toMatchObject({
        Engine: 'postgres',
        PubliclyAccessible: false,
        StorageEncrypted: true,
        DeletionProtection: true,
        DeleteAutomatedBackups: false,
        MultiAZ: true,
        EnableIAMDatabaseAuthentication: true,
        ManageMasterUserPassword: true,
        EnablePerformanceInsights: true,
      });
      expect(resource.Properties['MasterUserPassword']).toBeUndefined();
      for (const [property, purpose] of [
        ['KmsKeyId', 'restricteddatabaseKey'],
        ['PerformanceInsightsKMSKeyId', 'restrictedinsightsKey'],
        ['MasterUserSecret', 'restrictedsecretsKey'],
      ] as const) {
        expect(JSON.stringify(resource.Properties[property])).toContain(purpose);
      }
      expect(resource).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    }
  });

  test('forces TLS and loads no extension that reaches out of it', () => {
    for (const { resource } of enclave.all('AWS::RDS::DBParameterGroup')) {
      const parameters = resource.Properties['Parameters'] as Record<string, string>;
      expect(parameters['rds.force_ssl']).toBe('1');
      for (const away of [
        'aws_s3',
        'aws_lambda',
        'aws_commons',
        'dblink',
        'postgres_fdw',
        'oracle_fdw',
        'pglogical',
        '*',
      ])
        expect(parameters['rds.allowed_extensions']!.split(',')).not.toContain(away);
    }
  });

  test('copies its backups only to the partner’s Region, under a key of the own account there', () => {
    for (const { stack, resource } of databases) {
      const site = stack.stackName.replace(/-stores$/, '');
      const partner = enclave.config.replication.find((p) => p.from === site)!.to;
      const region = enclave.config.sites.find((s) => s.id === partner)!.placement.region;
      expect(resource.Properties['AutomaticBackupReplicationRegion']).toBe(region);
      expect(resource.Properties['AutomaticBackupReplicationKmsKeyId']).toMatchObject({
        'Fn::GetStackOutput': { StackName: `${site}-backup-keys`, Region: region },
      });
      expect(enclave.stacks.get(`${site}-backup-keys`)).toMatchObject({ region, account: stack.account });
    }
  });

  test('copies no backup when its site has no partner', () => {
    const alone = synthesise({ ...enclave.config, replication: [] });
    for (const { resource } of alone.all('AWS::RDS::DBInstance'))
      expect(resource.Properties['AutomaticBackupReplicationRegion']).toBeUndefined();
    expect([...alone.stacks.keys()].filter((name) => /backup-keys|replica/.test(name))).toEqual([]);
  });

  test('logs into a group declared with the site’s key before the database is made', () => {
    for (const { stack, resource } of databases) {
      const group = enclave
        .all('AWS::Logs::LogGroup')
        .find(
          (g) =>
            g.resource.Properties['LogGroupName'] ===
            `/aws/rds/instance/${String(resource.Properties['DBInstanceIdentifier'])}/postgresql`,
        )!;
      expect(group.stack).toBe(stack);
      expect((resource as unknown as { DependsOn: string[] }).DependsOn).toContain(group.logicalId);
    }
  });
});

test('every table is single-Region, under its own key, recoverable, protected, and refuses replicas and exports', () => {
  for (const { resource } of enclave.all('AWS::DynamoDB::Table')) {
    expect(resource.Properties).toMatchObject({
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    });
    const ofGateway = String(resource.Properties['TableName']).includes('-gateway-');
    expect(JSON.stringify(resource.Properties['SSESpecification'])).toContain(
      ofGateway ? 'auditledgerKey' : 'restrictedtablesKey',
    );
    const policy = statements((resource.Properties['ResourcePolicy'] as { PolicyDocument: unknown }).PolicyDocument);
    expect(policy.find((s) => s.Sid === 'NoReplicaNoExport')).toMatchObject({
      Effect: 'Deny',
      Action: ['dynamodb:CreateTableReplica', 'dynamodb:ExportTableToPointInTime'],
    });
    expect(policy.map((s) => s.Effect)).toEqual(Array<string>(ofGateway ? 5 : 4).fill('Deny'));
  }
  expect(() => enclave.all('AWS::DynamoDB::GlobalTable')).toThrow(/no resource of type/);
});
