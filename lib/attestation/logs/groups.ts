/** Log groups: under which key, and to whom every new line is sent. */
import type { LogGroup, SubscriptionFilter } from '@aws-sdk/client-cloudwatch-logs';
import { companions } from '../companion';
import { DECLARE_OR_DELETE, claimOn, claimThat, orDefault, sameSet, sameText, setWords, shown } from '../comparison';
import type { DeclaredSet } from '../comparison';
import { declaredAt } from '../declared';
import type { Answer, Claim } from '../model';
import { inventoryOf } from '../service';
import type { Context, DeclaredThing, Found, Kind } from '../service';
import { LOG_READS } from './logs-reader';

interface FoundGroup extends Found {
  readonly item: LogGroup;
}

interface GroupEvidence {
  readonly item: LogGroup;
  readonly subscriptions: Answer<readonly SubscriptionFilter[]>;
}

export const GROUPS: Kind<FoundGroup, GroupEvidence> = {
  name: 'log groups',
  types: ['AWS::Logs::LogGroup'],
  channels: ['log-subscription-destination'],
  undeclared: {
    why: 'no template declares this log group, so nobody has judged what is written to it and who is sent it',
    remedy: DECLARE_OR_DELETE,
  },
  list: async (context) =>
    inventoryOf(await context.reading.list(LOG_READS.groups, {}, ({ logGroups }) => logGroups), (item) => ({
      id: item.logGroupName ?? '',
      arn: item.logGroupArn ?? item.arn ?? item.logGroupName ?? '',
      seen: `kept ${item.retentionInDays === undefined ? 'for ever' : `${item.retentionInDays} days`}`,
      derived: isOfDeclaredDatabase(item.logGroupName ?? '', context),
      item,
    })),
  evidence: async ({ id: logGroupName, item }, { reading }) => ({
    item,
    subscriptions: await reading.list(LOG_READS.subscriptions, { logGroupName }, (page) => page.subscriptionFilters),
  }),
  claims: groupClaims,
};

/** RDS makes the group of an exported log itself, under a name that holds the instance's (RDS user guide, "Publishing logs"). */
function isOfDeclaredDatabase(name: string, { application, deployment, place }: Context): boolean {
  const instance = /^\/aws\/rds\/instance\/([^/]+)\//u.exec(name)?.[1];
  if (instance === undefined) return false;
  return application.ofType('AWS::RDS::DBInstance').some((resource) => {
    const id = deployment.idOf(resource);
    const { account, region } = resource.template.source;
    return account === place.account && region === place.region && id.kind === 'answer' && id.value === instance;
  });
}

function groupClaims(group: DeclaredThing): Claim<GroupEvidence>[] {
  const key = orDefault(group.at('KmsKeyId'), 'a key of CloudWatch');
  const days = orDefault(group.at('RetentionInDays'), 'for ever');
  const destinations = subscriptionsOf(group);
  return [
    claimThat('encryption', `under ${shown(key)}`, ({ item }) =>
      sameText(item.kmsKeyId ?? 'a key of CloudWatch', key, 'it is encrypted under another key'),
    ),
    claimThat('retention', `kept ${shown(days)} days`, ({ item }) =>
      sameText(item.retentionInDays ?? 'for ever', days, 'it is kept for another time'),
    ),
    claimOn(
      'subscriptions',
      setWords(destinations, 'sent to nobody'),
      (evidence) => evidence.subscriptions,
      (found) =>
        sameSet(
          found.map(({ destinationArn }) => destinationArn ?? 'a destination'),
          destinations,
          'sent to nobody',
          'Delete the subscription filter (logs:DeleteSubscriptionFilter), and find in CloudTrail who made it.',
        ),
    ),
  ];
}

function subscriptionsOf(group: DeclaredThing): DeclaredSet {
  const filters = companions(group, 'AWS::Logs::SubscriptionFilter', 'LogGroupName');
  const declared = filters.map(({ resource }) => declaredAt(resource, 'DestinationArn', group.deployment.textOf));
  const open = declared.find((each) => each.kind === 'open');
  if (open?.kind === 'open') return open;
  if (filters.some(({ always }) => !always))
    return { kind: 'open', why: 'a condition decides on a subscription filter' };
  return { kind: 'fixed', value: declared.flatMap((each) => (each.kind === 'fixed' ? [String(each.value)] : [])) };
}
