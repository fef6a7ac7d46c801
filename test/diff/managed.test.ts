/** A managed policy of the application is part of the permissions of whoever it is attached to. */
import type { Json } from '../../lib/template';
import { READS_ORDERS, SHOP, permissions, resource, shop } from './shop';
import { compare, lines, side } from './sides';

const NEVER_ELSEWHERE: Json = {
  Sid: 'NeverElsewhere',
  Effect: 'Deny',
  Action: 's3:*',
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:ResourceAccount': '111111111111' } },
};
const managed = (statements: readonly Json[], more: { readonly [name: string]: Json } = {}): Json =>
  resource('AWS::IAM::ManagedPolicy', {
    PolicyDocument: { Version: '2012-10-17', Statement: [...statements] },
    ...more,
  });
const role = (SHOP['Worker'] as { Properties: { [name: string]: Json } }).Properties;
const worker = (more: { readonly [name: string]: Json }): Json => resource('AWS::IAM::Role', { ...role, ...more });
const holding = (...arns: readonly Json[]): Json => worker({ ManagedPolicyArns: [...arns] });

const INLINE = side(shop({ Work: permissions(READS_ORDERS, NEVER_ELSEWHERE) }));

describe('a statement that moves out of a role’s own policy is no change', () => {
  test('into a managed policy that the role names', () => {
    const head = side(
      shop({ Work: permissions(READS_ORDERS), Guard: managed([NEVER_ELSEWHERE]), Worker: holding({ Ref: 'Guard' }) }),
    );
    expect(lines(compare(INLINE, head))).toEqual([]);
    expect(lines(compare(head, INLINE))).toEqual([]);
  });
  test('into a managed policy that names the role', () => {
    const head = side(
      shop({ Work: permissions(READS_ORDERS), Guard: managed([NEVER_ELSEWHERE], { Roles: [{ Ref: 'Worker' }] }) }),
    );
    expect(lines(compare(INLINE, head))).toEqual([]);
  });
});

describe('a widening of the role', () => {
  const attached = (statements: readonly Json[], ...more: readonly Json[]) =>
    side(shop({ Guard: managed(statements), Worker: holding({ Ref: 'Guard' }, ...more) }));
  test('a denial that falls in a managed policy', () => {
    expect(lines(compare(attached([NEVER_ELSEWHERE]), attached([READS_ORDERS])))).toEqual([
      'widens policies changed shop/Worker (permissions)',
    ]);
  });
  test('a denial that is detached, although the policy stays', () => {
    const loose = side(shop({ Guard: managed([NEVER_ELSEWHERE]), Worker: worker({}) }));
    expect(lines(compare(attached([NEVER_ELSEWHERE]), loose))).toEqual([
      'widens policies changed shop/Worker (permissions)',
    ]);
  });
  test.each(['arn:aws:iam::aws:policy/AWSDenyAll', 'arn:aws:iam::999999999999:policy/theirs'])(
    '%s, attached or detached: nobody sees what it denies',
    (foreign) => {
      const [without, beside] = [attached([NEVER_ELSEWHERE]), attached([NEVER_ELSEWHERE], foreign)];
      const row = 'shop/Worker (attached managed policies)';
      expect(lines(compare(without, beside))).toContain(`widens policies appeared ${row}`);
      expect(lines(compare(beside, without))).toContain(`widens policies gone ${row}`);
    },
  );
  test('never a policy of AWS that grants and goes, with others left', () => {
    const [reads, logs] = ['ReadOnlyAccess', 'CloudWatchLogsFullAccess'].map(
      (name) => `arn:aws:iam::aws:policy/${name}`,
    );
    const difference = compare(attached([NEVER_ELSEWHERE], reads!, logs!), attached([NEVER_ELSEWHERE], reads!));
    expect(lines(difference)).toContain('narrows policies changed shop/Worker (attached managed policies)');
    expect(difference.verdict).toBe('residencyNarrowed');
  });
  test('a managed policy that bounds a role is compared as it stands', () => {
    const bounded = (statements: readonly Json[]) =>
      side(shop({ Guard: managed(statements), Worker: worker({ PermissionsBoundary: { Ref: 'Guard' } }) }));
    expect(lines(compare(bounded([NEVER_ELSEWHERE]), bounded([READS_ORDERS])))).toContain(
      'widens policies changed shop/Guard (permissions)',
    );
  });
});
