import { siteContext } from '../../lib/enclave/site-context';
import { statements, synthesise } from './synthesised';

const enclave = synthesise();
/** Keys of the sites; the auditor's own has its tests in oversight.test.ts. */
const ofSites = (type: string) => enclave.all(type).filter(({ stack }) => stack.stackName !== 'oversight');
const keys = ofSites('AWS::KMS::Key');
const policyOf = (key: (typeof keys)[number]) => statements(key.resource.Properties['KeyPolicy']);
const isCodes = (key: (typeof keys)[number]): boolean => key.resource.Properties['KeySpec'] === 'HMAC_256';

describe('every customer key', () => {
  test.each(
    keys.map((key) => [`${key.stack.stackName} ${String(key.resource.Properties['Description'])}`, key] as const),
  )('%s is single-Region, made by KMS, and outlives its stack', (_, { resource }) => {
    expect(resource.Properties).toMatchObject({ MultiRegion: false, Origin: 'AWS_KMS', PendingWindowInDays: 30 });
    expect(resource).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  test('rotates yearly, unless it makes codes: KMS rotates no HMAC key', () => {
    for (const key of keys) {
      expect(key.resource.Properties['EnableKeyRotation']).toBe(isCodes(key) ? undefined : true);
      expect(key.resource.Properties['RotationPeriodInDays']).toBe(isCodes(key) ? undefined : 365);
    }
  });

  test('has an alias of its own, named by site, class and purpose', () => {
    const names = ofSites('AWS::KMS::Alias').map(({ resource }) => String(resource.Properties['AliasName']));
    expect(names).toHaveLength(keys.length);
    expect(new Set(names.map((name, i) => `${ofSites('AWS::KMS::Alias')[i]!.stack.region} ${name}`)).size).toBe(
      keys.length,
    );
    for (const name of names)
      expect(name).toMatch(
        /^alias\/enclave-(dub|nordic)-\d\/(restricted|interoperable|public|aggregate|audit)\/[a-z0-9-]+$/,
      );
  });
});

describe('a key policy', () => {
  test('allows no wildcard principal and no kms:*', () => {
    for (const key of keys) {
      for (const s of policyOf(key).filter((x) => x.Effect === 'Allow')) {
        expect(JSON.stringify(s.Principal)).not.toContain('*');
        expect([s.Action].flat()).not.toContain('kms:*');
        expect([s.Action].flat().join()).not.toContain('*');
      }
    }
  });

  test('keeps administration and use apart: no Allow statement holds both', () => {
    const use = /^kms:(Decrypt|Encrypt|GenerateDataKey|ReEncrypt|GenerateMac|Sign)/;
    const administer = /^kms:(PutKeyPolicy|ScheduleKeyDeletion|DisableKey|EnableKeyRotation|TagResource)/;
    for (const key of keys) {
      for (const s of policyOf(key).filter((x) => x.Effect === 'Allow')) {
        const actions = [s.Action].flat();
        expect(actions.some((a) => use.test(a)) && actions.some((a) => administer.test(a))).toBe(false);
      }
    }
  });

  test('lets accounts use the key only through a service of the key’s own Region, for callers of the organisation', () => {
    for (const key of keys.filter((k) => !isCodes(k))) {
      const uses = policyOf(key).filter(
        (s) =>
          s.Effect === 'Allow' &&
          [s.Action].flat().includes('kms:Decrypt') &&
          JSON.stringify(s.Principal).includes(':root'),
      );
      for (const s of uses) {
        expect(s.Condition!['StringEquals']).toMatchObject({
          'aws:PrincipalOrgID': 'o-exampleorg1',
          'kms:CallerAccount': key.stack.account,
        });
        for (const via of [s.Condition!['StringEquals']!['kms:ViaService']].flat())
          expect(via).toMatch(
            new RegExp(`^(s3|rds|dynamodb|secretsmanager|sqs)\\.${key.stack.region}\\.amazonaws\\.com$`),
          );
      }
      const logs = policyOf(key).filter((s) =>
        JSON.stringify(s.Principal).includes(`logs.${key.stack.region}.amazonaws.com`),
      );
      expect(uses.length + logs.length).toBe(1);
    }
  });

  test.each([
    ['replication to another Region', 'kms:ReplicateKey'],
    ['moving the primary', 'kms:UpdatePrimaryRegion'],
    ['foreign key material', 'kms:ImportKeyMaterial'],
  ])('denies %s to everybody without condition', (_, action) => {
    for (const key of keys) {
      const denies = policyOf(key).filter((s) => s.Effect === 'Deny' && [s.Action].flat().includes(action));
      expect(denies).toHaveLength(1);
      expect(denies[0]!.Condition).toBeUndefined();
      expect(denies[0]!.Principal).toEqual({ AWS: '*' });
    }
  });

  test('denies grants to anything but AWS services, and loosening to anybody but the deployment and the key administrators', () => {
    for (const key of keys) {
      const bySid = new Map(policyOf(key).map((s) => [s.Sid, s]));
      expect(bySid.get('NoGrantsToOutsiders')!.Condition).toEqual({
        BoolIfExists: { 'kms:GrantIsForAWSResource': 'false' },
      });
      const loosening = bySid.get('LooseningOnlyByDeploymentOrKeyAdministrators')!;
      expect([loosening.Action].flat()).toEqual(
        expect.arrayContaining(['kms:PutKeyPolicy', 'kms:DisableKeyRotation', 'kms:ScheduleKeyDeletion']),
      );
      const site = enclave.config.sites.find((s) => s.account === key.stack.account)!;
      expect(loosening.Condition!['ArnNotEquals']!['aws:PrincipalArn']).toEqual([
        `arn:aws:iam::${site.account}:role/cdk-hnb659fds-cfn-exec-role-${site.account}-${key.stack.region}`,
        `arn:aws:iam::${site.account}:role/enclave-${site.id}-key-administrator`,
      ]);
    }
  });

  test('names no principal that may not exist yet: KMS would refuse the policy', () => {
    for (const key of keys) {
      for (const s of policyOf(key)) expect(JSON.stringify(s.Principal ?? '')).not.toMatch(/:(role|user)\//);
    }
  });
});

describe('the pseudonymisation key', () => {
  test('stands at the authority site only, makes codes only, for one role', () => {
    const codes = keys.filter(isCodes);
    expect(codes.map((k) => k.stack.stackName)).toEqual(['dub-1-keys']);
    expect(codes[0]!.resource.Properties).toMatchObject({ KeyUsage: 'GENERATE_VERIFY_MAC' });
    const policy = policyOf(codes[0]!);
    const allowed = policy.filter((s) => s.Effect === 'Allow' && [s.Action].flat().some((a) => a.includes('Mac')));
    expect(allowed).toHaveLength(1);
    expect(allowed[0]).toMatchObject({
      Action: 'kms:GenerateMac',
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/enclave/gateway/broker-pseudonymiser' },
      },
    });
  });

  test('verifies for nobody: verifying is guessing', () => {
    const deny = policyOf(keys.find(isCodes)!).find((s) => [s.Action].flat().includes('kms:VerifyMac'))!;
    expect(deny).toMatchObject({ Effect: 'Deny', Principal: { AWS: '*' } });
    expect(deny.Condition).toBeUndefined();
  });

  test('follows the configuration when another site is the authority', () => {
    const moved = synthesise({ ...enclave.config, pseudonymAuthority: 'nordic-1' });
    expect(
      moved
        .all('AWS::KMS::Key')
        .filter(isCodes)
        .map((k) => k.stack.stackName),
    ).toEqual(['nordic-1-keys']);
  });
});

test('no key serves two classes or two purposes', () => {
  const at = siteContext(enclave.config, 'dub-1');
  const perKey = new Map<string, Set<string>>();
  for (const type of ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::RDS::DBInstance', 'AWS::Logs::LogGroup']) {
    for (const { stack, resource } of enclave.all(type).filter(({ stack }) => stack.account === at.site.account)) {
      const used = [
        ...JSON.stringify(resource.Properties).matchAll(/"PublishOutputFnGetAtt(\w+?)Key[0-9A-F]{8}Arn/g),
      ].map((m) => m[1]!);
      const dataClass = (resource.Properties['Tags'] as { Key: string; Value: string }[]).find(
        (t) => t.Key === 'data-class',
      )!.Value;
      for (const key of used)
        perKey.set(key, (perKey.get(key) ?? new Set()).add(`${dataClass} ${type} ${stack.stackName}`));
    }
  }
  expect(perKey.size).toBeGreaterThan(8);
  for (const [, users] of [...perKey].filter(([key]) => !key.startsWith('auditlogs'))) expect(users.size).toBe(1);
});
