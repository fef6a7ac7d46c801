/** An application of many stores: every second one is copied, some of the copies leave. */
import { findRegion } from '../../lib/geo';
import { DATA_CLASSES, NOTHING_REGISTERED, judge } from '../../lib/residency';
import type { Judgement } from '../../lib/residency';
import { applicationOf } from '../../lib/template';
import type { Json } from '../../lib/template';

const ACCOUNT = '111122223333';
const ABROAD = ['eu-west-2', 'us-east-1', 'ap-southeast-1'];
const AT_HOME = ['eu-north-1', 'eu-central-1', 'eu-west-3'];

/** Roughly `flows` flows: each store stands somewhere, and each is copied. */
export function largeJudgement(flows: number): Judgement {
  const count = Math.ceil(flows / 2);
  const resources: Record<string, Json> = {};
  for (let index = 0; index < count; index += 1) {
    const cls = DATA_CLASSES[index % DATA_CLASSES.length]!;
    const away = index % 40 === 0;
    const region = (away ? ABROAD : AT_HOME)[(index >> 3) % 3]!;
    resources[`Table${index}`] = {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: {
        TableName: `records-${index}-of-${cls}`,
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
        Replicas: [{ Region: region, Tags: [{ Key: 'data-class', Value: cls }] }],
      },
    };
  }
  const template = { Resources: resources } as Json;
  const application = applicationOf([{ stackName: 'large', account: ACCOUNT, region: 'eu-west-1', template }], {
    partitionOf: (region) => findRegion(region)?.partition,
  });
  return judge(application, {
    ...NOTHING_REGISTERED,
    classDefault: 'restricted',
    now: new Date('2026-11-22T00:00:00Z'),
  });
}
