/**
 * Whether a call would reach somebody: the rules, filters and alarms of an assembly, as they were synthesized, are given a
 * full record of the call and followed to the topic of incidents and whom it tells.
 */
import { readFileSync } from 'node:fs';
import { stacksOf } from '../../bin/aws/assembly';
import type { AssemblyStack } from '../../bin/aws/assembly';
import { matches } from '../policy/event-pattern';
import { counts } from '../policy/filter-pattern';
import { alarmEvent, event, record } from '../policy/recorded-calls';
import type { Call } from '../policy/recorded-calls';

interface Declared {
  readonly id: string;
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** A rule of an event bus. */
interface Rule {
  readonly bus: unknown;
  readonly pattern: unknown;
  /** ARN, or reference, of each target. */
  readonly targets: readonly unknown[];
}

interface MetricFilter {
  readonly pattern: string;
  /** Namespace and name of what it counts. */
  readonly metrics: readonly string[];
}

/** What tells of calls in one account, and what of that is an incident. */
export interface Tellers {
  readonly rules: readonly Rule[];
  readonly filters: readonly MetricFilter[];
  /** Metrics that an alarm watches. */
  readonly alarmed: ReadonlySet<string>;
  /** Rules of the bus that the site's rules tell, as far as they lead to a topic with a subscription. */
  readonly incidents: readonly Rule[];
}

/**
 * @param assembly a cdk.out folder, its oversight included
 * @param account the account of the attacked site
 */
export function tellersOf(assembly: string, account: string): Tellers {
  const stacks = stacksOf(assembly).map((stack) => ({ stack, resources: resourcesOf(stack) }));
  const of = <T>(type: string, read: (one: Declared) => T, where: (stack: AssemblyStack) => boolean): readonly T[] =>
    stacks.flatMap(({ stack, resources }) =>
      where(stack) ? resources.filter(({ Type }) => Type === type).map(read) : [],
    );
  const here = (stack: AssemblyStack): boolean => stack.account === account;
  const elsewhere = (stack: AssemblyStack): boolean => stack.account !== account;
  const rules = of('AWS::Events::Rule', ruleOf, here).filter(
    ({ bus, targets }) => bus === undefined && targets.length > 0,
  );
  const told = new Set(rules.flatMap(({ targets }) => targets.map(String)));
  const heard = of('AWS::SNS::Subscription', ({ Properties }) => JSON.stringify(Properties['TopicArn']), elsewhere);
  return {
    rules,
    filters: of('AWS::Logs::MetricFilter', filterOf, here),
    alarmed: new Set(of('AWS::CloudWatch::Alarm', ({ Properties }) => metricOf(Properties, 'Namespace'), here)),
    incidents: of('AWS::Events::Rule', ruleOf, elsewhere).filter(
      ({ bus, targets }) =>
        [...told].some((arn) => arn.endsWith(`:event-bus/${String(bus)}`)) &&
        targets.some((target) => heard.includes(JSON.stringify(target))),
    ),
  };
}

/** Whether the call, which nobody of the deployment made, becomes an incident that somebody hears of. */
export function isTold(
  { rules, filters, alarmed, incidents }: Tellers,
  call: Call,
  recorded: 'here' | 'elsewhere',
): boolean {
  const reaches = (sent: never): boolean =>
    rules.some(({ pattern }) => matches(pattern, sent)) && incidents.some(({ pattern }) => matches(pattern, sent));
  if (recorded === 'here') return reaches(event(call));
  // No bus of the site sees it: the trail over all Regions does, and an alarm over its filter is an event of the site.
  const counted = filters.filter(({ pattern }) => counts(pattern, record(call)));
  return counted.some(({ metrics }) => metrics.some((metric) => alarmed.has(metric))) && reaches(alarmEvent('ALARM'));
}

function resourcesOf({ templateFile }: AssemblyStack): readonly Declared[] {
  const { Resources } = JSON.parse(readFileSync(templateFile, 'utf8')) as {
    Resources: Record<string, Omit<Declared, 'id'>>;
  };
  return Object.entries(Resources).map(([id, { Type, Properties }]) => ({ id, Type, Properties: Properties ?? {} }));
}

function ruleOf({ Properties }: Declared): Rule {
  const { EventBusName, EventPattern, State, Targets } = Properties as {
    EventBusName?: unknown;
    EventPattern: unknown;
    State?: string;
    Targets?: readonly { readonly Arn: unknown }[];
  };
  return {
    bus: EventBusName,
    pattern: EventPattern,
    // A rule that sleeps, or passes records of calls over, tells nobody.
    targets: State === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' ? (Targets ?? []).map(({ Arn }) => Arn) : [],
  };
}

const metricOf = (properties: object, namespace: 'Namespace' | 'MetricNamespace'): string => {
  const named = properties as Record<string, unknown>;
  return `${JSON.stringify(named[namespace])} ${JSON.stringify(named['MetricName'])}`;
};

const filterOf = ({ Properties }: Declared): MetricFilter => ({
  pattern: Properties['FilterPattern'] as string,
  metrics: (Properties['MetricTransformations'] as readonly object[]).map((one) => metricOf(one, 'MetricNamespace')),
});
