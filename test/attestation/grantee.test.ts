import { Bounded } from '../../lib/attestation/bounded';
import { strangeGrantee } from '../../lib/attestation/keys/grantee';

const at = { account: '111122223333', region: 'eu-west-1' };

describe('who may hold a grant', () => {
  test.each([
    'dynamodb.amazonaws.com',
    'rds.eu-west-1.amazonaws.com',
    'arn:aws:iam::111122223333:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS',
  ])('%s is an AWS service at work for us', (grantee) => expect(strangeGrantee(grantee, at)).toBeUndefined());

  test.each([
    'rds.us-east-1.amazonaws.com',
    'rds.eu-west-2.amazonaws.com',
    'rds.amazonaws.com.example.org',
    'evil@rds.amazonaws.com',
    'amazonaws.com',
    'arn:aws:iam::111122223333:root',
    'arn:aws:iam::111122223333:role/application',
    'arn:aws:iam::111122223333:role/aws-service-role/AWSServiceRoleForRDS',
    'arn:aws:iam::111122223333:role/aws-service-role/example.org/AWSServiceRoleForRDS',
    'arn:aws:iam::999988887777:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS',
    'arn:aws-cn:iam::111122223333:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS',
    '*',
    '',
  ])('"%s" is a stranger', (grantee) => expect(strangeGrantee(grantee, at)).toEqual(expect.any(String)));
});

describe('bounded work', () => {
  test('never runs more tasks at a time than allowed, and runs all, failures included', async () => {
    const gate = new Bounded(3);
    let running = 0;
    let most = 0;
    const task = (index: number) => async (): Promise<number> => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
      if (index % 5 === 0) throw new Error('refused');
      return index;
    };
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => gate.run(task(index))));
    expect(most).toBe(3);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(16);
  });

  test.each([0, -1, 1.5, Number.NaN])('refuses the limit %p', (limit) =>
    expect(() => new Bounded(limit)).toThrow(RangeError),
  );
});
