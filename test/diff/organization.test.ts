/** Organisation policies on one target are one policy, in however many documents and under whatever names they stand. */
import type { Json } from '../../lib/template';
import { resource } from './shop';
import { compare, lines, side } from './sides';

const deny = (sid: string, actions: readonly string[], more: { readonly [name: string]: Json } = {}): Json => ({
  Sid: sid,
  Effect: 'Deny',
  Action: [...actions],
  Resource: '*',
  ...more,
});
const NO_SHARING = deny('NoSharing', ['ram:CreateResourceShare', 'ram:AssociateResourceShare', 'rds:CopyDBSnapshot']);
const NO_USERS = deny('NoUsers', ['iam:CreateUser', 'iam:CreateAccessKey']);
const ONLY_HERE = deny('OnlyHere', ['s3:*'], {
  Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-north-1'] } },
});
const BOTH = ['ou-exam-data0001', 'ou-exam-gate0002'];

const policy = (
  statements: readonly Json[],
  targets: readonly Json[] | undefined = BOTH,
  type = 'SERVICE_CONTROL_POLICY',
): Json =>
  resource('AWS::Organizations::Policy', {
    Name: 'any',
    Type: type,
    ...(targets.length > 0 ? { TargetIds: [...targets] } : {}),
    Content: { Version: '2012-10-17', Statement: [...statements] },
  });
const organization = (resources: { readonly [logicalId: string]: Json }) =>
  side({ name: 'organization', resources: { ...resources } });

const BEFORE = organization({ One: policy([NO_SHARING, NO_USERS]), Two: policy([ONLY_HERE]) });
const SCPS = 'service control policies';

describe('no row, because nothing is allowed that was denied', () => {
  test.each<[string, { readonly [logicalId: string]: Json }]>([
    [
      'a statement moves to another policy of the same targets',
      { One: policy([NO_SHARING]), Two: policy([NO_USERS, ONLY_HERE]) },
    ],
    ['all statements move into one policy', { One: policy([ONLY_HERE, NO_USERS, NO_SHARING]) }],
    ['a policy is made for each statement', { A: policy([NO_USERS]), B: policy([ONLY_HERE]), C: policy([NO_SHARING]) }],
    [
      'the targets are listed in another order',
      { One: policy([NO_SHARING, NO_USERS], [...BOTH].reverse()), Two: policy([ONLY_HERE]) },
    ],
    [
      'the actions of a statement are spread over two policies',
      {
        One: policy([deny('First', ['ram:CreateResourceShare']), NO_USERS]),
        Two: policy([ONLY_HERE, deny('Rest', ['ram:AssociateResourceShare', 'rds:CopyDBSnapshot'])]),
      },
    ],
    [
      'a policy is attached once for each target',
      {
        One: policy([NO_SHARING, NO_USERS], BOTH.slice(0, 1)),
        Other: policy([NO_SHARING, NO_USERS], BOTH.slice(1)),
        Two: policy([ONLY_HERE]),
      },
    ],
  ])('%s', (_words, resources) => {
    expect(lines(compare(BEFORE, organization(resources)))).toEqual([]);
  });
  test('a policy that is attached to nothing says the same in other words', () => {
    const one = organization({ One: policy([NO_SHARING, NO_USERS], []) });
    expect(compare(one, organization({ One: policy([NO_USERS, NO_SHARING], []) })).rows).toEqual([]);
  });
});

describe('a widening', () => {
  test('a statement that is lost is one row, which names the targets, the statement and a request', () => {
    const difference = compare(BEFORE, organization({ One: policy([NO_SHARING]), Two: policy([ONLY_HERE]) }));
    expect(lines(difference)).toEqual([`widens policies changed ${BOTH.join(', ')} (${SCPS})`]);
    expect(difference.rows).toMatchObject([
      {
        why: expect.stringContaining('NoUsers denied before') as string,
        sample: { action: expect.stringMatching(/^iam:create/iu) as string },
      },
    ]);
  });
  test('a policy that is deleted is a row, although no resource is left that could be named', () => {
    const difference = compare(BEFORE, organization({ One: policy([NO_SHARING, NO_USERS]) }));
    expect(lines(difference)).toEqual([`widens policies changed ${BOTH.join(', ')} (${SCPS})`]);
    const nothing = compare(BEFORE, organization({}));
    expect(lines(nothing)).toEqual([`widens policies gone ${BOTH.join(', ')} (${SCPS})`]);
    expect(nothing.rows[0]!.source).toBeDefined();
  });
  test('a policy that leaves one of its targets names that target', () => {
    const difference = compare(
      BEFORE,
      organization({ One: policy([NO_SHARING, NO_USERS]), Two: policy([ONLY_HERE], BOTH.slice(1)) }),
    );
    expect(lines(difference)).toEqual([`widens policies changed ${BOTH[0]} (${SCPS})`]);
  });
  test('a statement that moves to other targets is lost on those it left', () => {
    const difference = compare(
      BEFORE,
      organization({
        One: policy([NO_SHARING]),
        Two: policy([ONLY_HERE]),
        New: policy([NO_USERS], ['ou-exam-over0003']),
      }),
    );
    expect(lines(difference)).toEqual([
      `widens policies changed ${BOTH.join(', ')} (${SCPS})`,
      `narrows policies appeared ou-exam-over0003 (${SCPS})`,
    ]);
  });
  test('a statement that moves to a policy of another kind is lost to its own kind', () => {
    const difference = compare(
      BEFORE,
      organization({
        One: policy([NO_SHARING]),
        Two: policy([ONLY_HERE]),
        New: policy([NO_USERS], BOTH, 'RESOURCE_CONTROL_POLICY'),
      }),
    );
    expect(lines(difference)).toEqual([
      `widens policies changed ${BOTH.join(', ')} (${SCPS})`,
      `narrows policies appeared ${BOTH.join(', ')} (resource control policies)`,
    ]);
  });
  test('a condition that is loosened in one of several policies is found among all of them', () => {
    const wider = deny('OnlyHere', ['s3:*'], {
      Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-north-1', 'us-east-1'] } },
    });
    const difference = compare(BEFORE, organization({ One: policy([wider]), Two: policy([NO_USERS, NO_SHARING]) }));
    expect(difference.rows).toMatchObject([
      { effect: 'widens', sample: { action: expect.stringMatching(/^s3:/) as string } },
    ]);
  });
  test('an allow list that grows, because nobody sees whether FullAWSAccess is attached beside it', () => {
    const allow = (...actions: readonly string[]): Json => ({ Effect: 'Allow', Action: [...actions], Resource: '*' });
    const list = (...actions: readonly string[]) => organization({ List: policy([allow(...actions)]) });
    expect(compare(list('s3:*'), list('s3:*', 'ec2:*')).verdict).toBe('residencyWidened');
    expect(compare(list('s3:*', 'ec2:*'), list('s3:*')).verdict).toBe('residencyNarrowed');
  });
  test('a policy that cannot be read and goes may have denied', () => {
    const other = {
      AI: resource('AWS::Organizations::Policy', { Type: 'X', TargetIds: BOTH, Content: { services: {} } }),
    };
    const difference = compare(organization(other), organization({}));
    expect(lines(difference)).toEqual([`widens policies gone ${BOTH.join(', ')} (policies of type X)`]);
  });
});

test('a policy that gets its first target narrows there, and was no protection before', () => {
  const loose = organization({ One: policy([NO_USERS], []) });
  const attached = organization({ One: policy([NO_USERS]) });
  expect(lines(compare(loose, attached))).toEqual([`narrows policies appeared ${BOTH.join(', ')} (${SCPS})`]);
  expect(lines(compare(attached, loose))).toEqual([`widens policies gone ${BOTH.join(', ')} (${SCPS})`]);
});

test('a unit of the application is named as a reviewer knows it, and may be renamed', () => {
  const unit = (id: string, statements: readonly Json[]) =>
    organization({
      [id]: resource('AWS::Organizations::OrganizationalUnit', { Name: 'data', ParentId: 'r-exam' }),
      One: policy(statements, [{ Ref: id }]),
    });
  expect(compare(unit('Data', [NO_USERS]), unit('Sites', [NO_USERS])).rows).toEqual([]);
  expect(lines(compare(unit('Data', [NO_USERS]), unit('Sites', [NO_SHARING])))).toEqual([
    `widens policies changed organization/Sites (${SCPS})`,
  ]);
});
