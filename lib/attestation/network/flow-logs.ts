/** Flow logs: whom they tell who talks with whom. */
import type { FlowLog } from '@aws-sdk/client-ec2';
import { regionsOf } from '../arn-parts';
import { claimThat, orDefault, sameText, shown } from '../comparison';
import { inventoryOf } from '../service';
import type { DeclaredThing, Found, Kind } from '../service';
import type { Declared } from '../declared';
import { NETWORK_READS } from './network-reader';

interface FoundFlowLog extends Found {
  readonly item: FlowLog;
}

const NO_ROLE = 'no role of another account';

/** An ARN, or the name of a log group: templates state either, and EC2 answers with what was stated. */
const destinationOf = (log: DeclaredThing): Declared => {
  const arn = log.at('LogDestination');
  return arn.kind === 'absent' ? log.at('LogGroupName') : arn;
};

export const FLOW_LOGS: Kind<FoundFlowLog, FlowLog> = {
  name: 'flow logs',
  types: ['AWS::EC2::FlowLog'],
  channels: ['flow-log-destination', 'flow-log-cross-account-role'],
  undeclared: {
    why: 'flow logs tell their destination who talks with whom',
    remedy: 'Delete it (ec2:DeleteFlowLogs); find in CloudTrail who made it.',
  },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(NETWORK_READS.flowLogs, {}, ({ FlowLogs }) => FlowLogs), (item) =>
      item.FlowLogId === undefined
        ? undefined
        : {
            id: item.FlowLogId,
            arn: item.FlowLogId,
            seen: `of ${item.ResourceId ?? '?'} to ${item.LogDestination ?? item.LogGroupName ?? '?'}`,
            reaches: regionsOf(item.LogDestination),
            item,
          },
    ),
  evidence: ({ item }) => Promise.resolve(item),
  claims: (log) => {
    const destination = destinationOf(log);
    const role = orDefault(log.at('DeliverCrossAccountRole'), NO_ROLE);
    return [
      claimThat('destination', `to ${shown(destination)}`, ({ LogDestination, LogGroupName }) =>
        sameText(
          log.at('LogDestination').kind === 'absent'
            ? (LogGroupName ?? groupIn(LogDestination) ?? LogDestination)
            : LogDestination,
          destination,
          'it tells somebody else',
        ),
      ),
      claimThat('delivery-role', `as ${shown(role)}`, ({ DeliverCrossAccountRole }) =>
        sameText(DeliverCrossAccountRole ?? NO_ROLE, role, 'another account delivers it'),
      ),
    ];
  },
};

/** The name in the ARN of a log group. */
const groupIn = (arn: string | undefined): string | undefined => /:log-group:([^:]+)/u.exec(arn ?? '')?.[1];
