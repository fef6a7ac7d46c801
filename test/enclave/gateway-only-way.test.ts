import { sessionTags } from '../../lib/gateway/aws/sts-sessions';
import { deniedBy, matching } from '../policy/evaluator';
import type { Request } from '../policy/evaluator';
import { ENDPOINT, plainPolicy } from './plain-policies';
import { synthesise } from './synthesised';

const enclave = synthesise();
const AT = {
  'aws:PrincipalOrgID': 'o-exampleorg1',
  'aws:SourceVpce': ENDPOINT,
  's3:signatureversion': 'AWS4-HMAC-SHA256',
};
const TAGS = sessionTags({
  person: 'kari',
  class: 'restricted',
  dataset: 'records',
  purpose: 'legal-obligation',
  grantId: '00000000-0000-4000-8000-000000000000',
  accessId: '00000000-0000-4000-8000-000000000001',
  zone: 'EEA',
  source: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/enclave-dub-1-records',
  key: 'records/2026/a.csv',
  seconds: 900,
});
const PERSON = { 'aws:SourceIdentity': 'kari' };

interface Role {
  readonly arn: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly properties: Record<string, unknown>;
}

/** Every role of every site, by the ARN it will have; roles without a name of their own get CloudFormation's. */
const roles: Role[] = enclave.all('AWS::IAM::Role').map(({ stack, logicalId, resource: { Properties: p } }) => ({
  arn: `arn:aws:iam::${stack.account}:role${String(p['Path'] ?? '/')}${String(p['RoleName'] ?? `${stack.stackName}-${logicalId}-A1B2C3`)}`,
  stack: stack.stackName,
  logicalId,
  properties: p,
}));
const isDataPlane = ({ arn }: Role): boolean => arn.endsWith('role/enclave/gateway/data-plane');
const ofSites = new Set(enclave.config.sites.map(({ account }) => account));

/** Buckets of configured stores and their copies, by name, with their policies. */
const buckets = enclave
  .all('AWS::S3::BucketPolicy')
  .filter(({ stack }) => /-(stores|replica-of-[a-z]+-\d)$/.test(stack.stackName))
  .map(({ stack, resource }) => {
    const { Ref: id } = resource.Properties['Bucket'] as { Ref: string };
    const bucket = enclave.templates.get(stack.stackName)!.toJSON()['Resources'] as Record<
      string,
      { Properties: { BucketName: string } }
    >;
    return {
      arn: `arn:aws:s3:::${bucket[id]!.Properties.BucketName}`,
      account: stack.account,
      policy: plainPolicy(enclave, stack.stackName, resource.Properties['PolicyDocument']),
    };
  });

const read = (role: Role, resource: string, more: Request['context'] = {}): Request => ({
  action: 's3:GetObject',
  resource,
  context: { ...AT, 'aws:PrincipalArn': role.arn, ...more },
});

describe('the only way to stored data is a session of the gateway', () => {
  test('no role of the enclave, of any site, reads an object of any store directly, even through the right endpoint', () => {
    expect(buckets.length).toBeGreaterThan(25);
    const others = roles.filter((role) => !isDataPlane(role));
    expect(others.length).toBeGreaterThan(40);
    // S3 assumes the replication roles itself, to copy between sites; what they may do is in stores.test.ts.
    const people = others.filter(({ arn }) => !arn.endsWith('-replication'));
    for (const { arn, policy } of buckets) {
      for (const role of people) {
        expect([role.arn, deniedBy([policy], read(role, `${arn}/a`))]).toEqual([
          role.arn,
          expect.arrayContaining([
            expect.stringMatching(/^Only(EnclaveRolesTouchRestrictedData|NamedRolesTouchTheContents)$/),
          ]),
        ]);
      }
    }
  });

  test('nor does any role have an own permission to, the data plane and the replication apart', () => {
    const attached = enclave.all('AWS::IAM::Policy').map(({ stack, resource: { Properties } }) => ({
      stack: stack.stackName,
      roles: JSON.stringify(Properties['Roles']),
      document: plainPolicy(enclave, stack.stackName, Properties['PolicyDocument']),
    }));
    for (const role of roles.filter((r) => !isDataPlane(r) && !r.arn.endsWith('-replication'))) {
      const inline = (role.properties['Policies'] ?? []) as { PolicyDocument: unknown }[];
      const documents = [
        ...inline.map(({ PolicyDocument }) => plainPolicy(enclave, role.stack, PolicyDocument)),
        ...attached
          .filter(({ stack, roles: of }) => stack === role.stack && of.includes(`"${role.logicalId}"`))
          .map(({ document }) => document),
      ];
      for (const { arn } of buckets)
        expect([role.arn, matching('Allow', documents, read(role, `${arn}/a`))]).toEqual([role.arn, []]);
    }
  });

  test('no table of a store gives an item to any role of the enclave', () => {
    const tables = enclave.all('AWS::DynamoDB::Table').filter(({ stack }) => stack.stackName.endsWith('-stores'));
    for (const { stack, resource } of tables) {
      const { PolicyDocument } = resource.Properties['ResourcePolicy'] as { PolicyDocument: unknown };
      const policy = plainPolicy(enclave, stack.stackName, PolicyDocument);
      for (const role of roles.filter((r) => !isDataPlane(r)))
        expect(deniedBy([policy], { ...read(role, '*'), action: 'dynamodb:GetItem' })).toContain(
          'OnlyEnclaveRolesTouchRestrictedData',
        );
    }
  });

  test('the data plane reads with the tags and the person the functions send, of its own site only, and nothing without one of them', () => {
    const planes = roles.filter(isDataPlane);
    expect(planes).toHaveLength(ofSites.size);
    const carried = Object.fromEntries(TAGS.map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value!]));
    for (const role of planes) {
      for (const { arn, account, policy } of buckets) {
        const own = role.arn.includes(`::${account}:`);
        const refused = deniedBy([policy], read(role, `${arn}/a`, { ...carried, ...PERSON }));
        expect([role.arn, arn, refused.length === 0]).toEqual([role.arn, arn, own]);
        if (own && /-(media|records)-/.test(arn)) {
          expect(deniedBy([policy], read(role, `${arn}/a`, carried))).toEqual(['GatewayNeedsAPerson']);
          expect(deniedBy([policy], read(role, `${arn}/a`, PERSON)).length).toBe(3);
        }
      }
    }
  });
});

describe('a session of the data plane', () => {
  const opened: Request['context'] = {
    'aws:PrincipalOrgID': 'o-exampleorg1',
    'aws:SourceVpce': ENDPOINT,
    'sts:SourceIdentity': 'kari',
    'aws:TagKeys': TAGS.map(({ Key }) => Key!),
    ...Object.fromEntries(TAGS.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value!])),
  };
  const trust = (plane: Role) => plainPolicy(enclave, plane.stack, plane.properties['AssumeRolePolicyDocument']);
  const openedBy = (caller: Role, plane: Role, context: Request['context'] = opened): boolean =>
    ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'].every(
      (action) =>
        matching('Allow', [trust(plane)], { action, context: { ...context, 'aws:PrincipalArn': caller.arn } }).length >
        0,
    );

  test('is opened by the function that treats what it reads, of the same site, and by no other role', () => {
    for (const plane of roles.filter(isDataPlane)) {
      const openers = roles.filter((role) => openedBy(role, plane)).map(({ arn }) => arn);
      expect(openers).toEqual([plane.arn.replace(/data-plane$/, 'broker-pseudonymiser')]);
    }
  });

  test.each(Object.keys(opened).filter((key) => !/gw:(class|dataset|grant|zone)|TagKeys/.test(key)))(
    'is not opened without %s',
    (key) => {
      const plane = roles.find(isDataPlane)!;
      const opener = roles.find(({ arn }) => arn === plane.arn.replace(/data-plane$/, 'broker-pseudonymiser'))!;
      const { [key]: _, ...rest } = opened;
      expect(openedBy(opener, plane, rest)).toBe(false);
    },
  );
});
