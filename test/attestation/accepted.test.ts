import { parseAccepted } from '../../lib/attestation';
import { acceptedOf } from '../../lib/attestation/accepted';
import type { Unexpected } from '../../lib/attestation';

const TODAY = '2026-11-22';
const entry = {
  type: 'AWS::S3::Bucket',
  name: 'arn:aws:s3:::cdk-hnb659fds-assets-*',
  class: 'public',
  owner: 'Platform team',
  reason: 'Bootstrap',
  expires: '2027-12-31',
};
const thing = (change: Partial<Unexpected> = {}): Unexpected => ({
  id: 'x',
  type: 'AWS::S3::Bucket',
  account: '111122223333',
  region: 'eu-west-1',
  name: 'arn:aws:s3:::cdk-hnb659fds-assets-111122223333-eu-west-1',
  seen: 'bucket',
  reaches: [],
  dataClass: 'unknown',
  why: '',
  remedy: '',
  ...change,
});
const judged = (change: object, found: readonly Unexpected[] = [thing()]) =>
  acceptedOf(found, parseAccepted({ accepted: [{ ...entry, ...change }] }, 'accepted.yaml'), TODAY);

describe('the register of what may stand undeclared', () => {
  test('takes what it names out of the unexpected, with owner and end', () => {
    const { unexpected, accepted, claims } = judged({});
    expect(unexpected).toEqual([]);
    expect(accepted).toMatchObject([{ owner: 'Platform team', expires: '2027-12-31', thing: { dataClass: 'public' } }]);
    expect(claims).toMatchObject([{ verdict: 'holds' }]);
  });

  test('an entry that is over accepts nothing, and is broken', () => {
    const { unexpected, claims } = judged({ expires: '2026-11-21' });
    expect(unexpected).toHaveLength(1);
    expect(claims).toMatchObject([{ verdict: 'broken', why: 'an expired entry accepts nothing' }]);
  });

  test('an entry that matches nothing is broken, as it would cover what comes next', () => {
    expect(judged({ region: 'eu-north-1' })).toMatchObject({ unexpected: [{}], claims: [{ verdict: 'broken' }] });
  });

  test.each([
    ['another type', thing({ type: 'AWS::S3::AccessPoint' })],
    ['another name', thing({ name: 'arn:aws:s3:::thief' })],
    ['a store that its tags call restricted', thing({ dataClass: 'restricted' })],
  ])('%s stays unexpected', (_title, found) => {
    expect(judged({}, [found]).unexpected).toEqual([found]);
  });

  test.each<[string, object, RegExp]>([
    ['no owner', { owner: undefined }, /accepted\[0\]\.owner/u],
    ['a name that means everything', { name: '*' }, /at least ten characters/u],
    ['an unknown key', { note: 'x' }, /note/u],
    ['a date that is none', { expires: 'soon' }, /YYYY-MM-DD/u],
  ])('%s is refused in one line', (_title, change, words) => {
    const read = () => parseAccepted({ accepted: [{ ...entry, ...change }] }, 'accepted.yaml');
    expect(read).toThrow(words);
    expect(read).toThrow(/^[^\n]*$/u);
  });
});
