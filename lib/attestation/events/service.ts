/** Attests EventBridge: rules and where they send, buses and who may put, destinations outside AWS. */
import type { DescribeEventBusCommandOutput, Target } from '@aws-sdk/client-eventbridge';
import { regionsOf } from '../arn-parts';
import { companions } from '../companion';
import {
  DELETE,
  claimOn,
  claimOnAnswer,
  listOf,
  orDefault,
  samePolicy,
  sameSet,
  sameText,
  setOf,
  setWords,
  shown,
  within,
} from '../comparison';
import { kindsService } from '../kinds';
import { broken, holds } from '../model';
import type { Answer, Missing } from '../model';
import { inventoryOf, listed } from '../service';
import type { Context, Found, Inventory, Kind } from '../service';
import { EVENT_READS } from './events-reader';
import { answeredSettings, statedSettings } from './target-settings';

interface FoundRule extends Found {
  readonly state: string;
  readonly targets: Answer<readonly Target[]>;
}

/** CloudFormation's id of a rule: its name on the default bus, `bus|name` on another. */
const ruleId = (name: string, bus: string): string => (bus === 'default' ? name : `${bus}|${name}`);

const RULES: Kind<FoundRule, FoundRule> = {
  name: 'event rules',
  types: ['AWS::Events::Rule'],
  channels: [
    'event-target',
    'event-target-dead-letters',
    'event-target-input',
    'event-target-task-network',
    'event-target-task-public',
    'event-target-exec',
  ],
  undeclared: { why: 'no template declares this rule, which sends what it matches to its targets', remedy: DELETE },
  list: rulesOf,
  evidence: (rule) => Promise.resolve(rule),
  claims: (rule) => {
    const targets = setOf(rule.at('Targets'), (value) =>
      listOf(value).flatMap((target) => targetWords(within(target, 'Arn'), within(target, 'DeadLetterConfig', 'Arn'))),
    );
    const state = orDefault(rule.at('State'), 'ENABLED');
    const told = setOf(rule.at('Targets'), (value) => listOf(value).flatMap(statedSettings));
    return [
      claimOn(
        'target-settings',
        setWords(told, 'the event as it is'),
        ({ targets: answer }: FoundRule) => answer,
        (found) => sameSet(found.flatMap(answeredSettings), told, 'the event as it is'),
      ),
      claimOn(
        'targets',
        setWords(targets, 'no target'),
        ({ targets: answer }: FoundRule) => answer,
        (found) =>
          sameSet(
            found.flatMap((target) => targetWords(target.Arn, target.DeadLetterConfig?.Arn)),
            targets,
            'no target',
          ),
      ),
      claimOn(
        'state',
        shown(state),
        (found: FoundRule): Answer<string> => ({ kind: 'answer', value: found.state }),
        (seen) => sameText(seen, state, 'the rule is switched otherwise'),
      ),
    ];
  },
};

const targetWords = (arn: unknown, deadLetters: unknown): string[] => [
  String(arn),
  ...(deadLetters === undefined || deadLetters === null ? [] : [`dead letters to ${String(deadLetters)}`]),
];

async function rulesOf({ reading }: Context): Promise<Inventory<FoundRule>> {
  const buses = await reading.list(EVENT_READS.buses, {}, ({ EventBuses }) => EventBuses);
  if (buses.kind === 'missing') return { found: [], gaps: [buses] };
  const gaps: Missing[] = [];
  const found = await Promise.all(
    buses.value.map(async ({ Name: EventBusName = 'default' }) => {
      const rules = await reading.list(EVENT_READS.rules, { EventBusName }, ({ Rules }) => Rules);
      if (rules.kind === 'missing') {
        gaps.push({ ...rules, why: `${rules.why} for bus ${EventBusName}` });
        return [];
      }
      return Promise.all(
        rules.value.map(async (item): Promise<FoundRule> => {
          const Rule = item.Name ?? '';
          const targets = await reading.list(EVENT_READS.targets, { Rule, EventBusName }, ({ Targets }) => Targets);
          const arns = targets.kind === 'answer' ? targets.value.map(({ Arn }) => Arn) : [];
          return {
            id: ruleId(Rule, EventBusName),
            arn: item.Arn ?? Rule,
            seen: targets.kind === 'answer' ? `to ${arns.join(', ') || 'nobody'}` : `targets not seen: ${targets.why}`,
            reaches: regionsOf(...arns),
            state: item.State ?? 'ENABLED',
            targets,
            // Rules AWS services keep for themselves; nobody else can change them.
            derived: item.ManagedBy !== undefined,
          };
        }),
      );
    }),
  );
  return { found: found.flat(), gaps };
}

interface FoundBus extends Found {
  readonly bus: Answer<DescribeEventBusCommandOutput | undefined>;
}

const DEFAULT_BUS = 'default';

const BUSES: Kind<FoundBus, FoundBus['bus']> = {
  name: 'event buses',
  types: ['AWS::Events::EventBus'],
  channels: ['event-bus-policy', 'event-bus-statement', 'event-bus-principal', 'event-bus-dead-letters'],
  undeclared: { why: 'no template declares this bus, or what lets others put events on it', remedy: DELETE },
  list: async ({ reading, application, place }) => {
    const buses = await reading.list(EVENT_READS.buses, {}, ({ EventBuses }) => EventBuses);
    if (buses.kind === 'missing') return { found: [], gaps: [buses] };
    const gaps: Missing[] = [];
    const found = await Promise.all(
      buses.value.map(async (item): Promise<FoundBus> => {
        const Name = item.Name ?? DEFAULT_BUS;
        const bus = await reading.one(EVENT_READS.bus, { Name });
        if (bus.kind === 'missing') gaps.push({ ...bus, why: `${bus.why} for bus ${Name}` });
        const policy = bus.kind === 'answer' ? bus.value?.Policy : undefined;
        const stated = application
          .ofType('AWS::Events::EventBusPolicy')
          .some(({ template: { source } }) => source.account === place.account && source.region === place.region);
        return {
          id: Name,
          arn: item.Arn ?? Name,
          seen: policy === undefined ? 'no policy' : `policy ${policy.replace(/\s+/gu, ' ').slice(0, 200)}`,
          // Every account has a default bus; only a policy that nobody declares makes it a door.
          derived: Name === DEFAULT_BUS && (policy === undefined || stated),
          bus,
        };
      }),
    );
    return { found, gaps };
  },
  evidence: ({ bus }) => Promise.resolve(bus),
  claims: (bus) => {
    const policy = bus.at('Policy');
    const key = orDefault(bus.at('KmsKeyIdentifier'), 'a key of EventBridge');
    const statements = companions(bus, 'AWS::Events::EventBusPolicy', 'EventBusName').length;
    const deadLetters = setOf(bus.at('DeadLetterConfig.Arn'), (value) => [String(value)]);
    return [
      claimOnAnswer('dead-letters', setWords(deadLetters, 'what is not delivered goes nowhere'), (found) => {
        const to = found?.DeadLetterConfig?.Arn;
        return sameSet(to === undefined ? [] : [to], deadLetters, 'nowhere');
      }),
      claimOnAnswer(
        'policy',
        statements > 0
          ? `${statements} declared statements`
          : policy.kind === 'absent'
            ? 'no policy'
            : 'the policy of the template',
        (found) => {
          if (statements === 0) return samePolicy(found?.Policy, policy);
          const seen = listOf(
            within(found?.Policy === undefined ? undefined : (JSON.parse(found.Policy) as never), 'Statement'),
          ).length;
          return seen === statements
            ? holds(`${seen} statements`)
            : broken(`${seen} statements`, `the templates declare ${statements}`, DELETE);
        },
      ),
      claimOnAnswer('encryption', `under ${shown(key)}`, (found) =>
        sameText(found?.KmsKeyIdentifier ?? 'a key of EventBridge', key, 'it is encrypted under another key'),
      ),
    ];
  },
};

const API_DESTINATIONS = listed({
  name: 'API destinations',
  types: ['AWS::Events::ApiDestination'],
  channels: [],
  undeclared: { why: 'events can be sent to this address on the internet', remedy: DELETE },
  list: async ({ reading }) =>
    inventoryOf(
      await reading.list(EVENT_READS.apiDestinations, {}, ({ ApiDestinations }) => ApiDestinations),
      (item) => ({
        id: item.Name ?? '',
        arn: item.ApiDestinationArn ?? item.Name ?? '',
        seen: `to ${item.InvocationEndpoint ?? '?'}`,
      }),
    ),
});

const CONNECTIONS = listed({
  name: 'connections',
  types: ['AWS::Events::Connection'],
  channels: [],
  undeclared: { why: 'it holds what is needed to sign in somewhere else', remedy: DELETE },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(EVENT_READS.connections, {}, ({ Connections }) => Connections), (item) => ({
      id: item.Name ?? '',
      arn: item.ConnectionArn ?? item.Name ?? '',
      seen: item.AuthorizationType ?? 'connection',
    })),
});

const ENDPOINTS = listed({
  name: 'global endpoints',
  types: ['AWS::Events::Endpoint'],
  channels: [],
  undeclared: { why: 'a global endpoint sends events to a bus in another Region', remedy: DELETE },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(EVENT_READS.endpoints, {}, ({ Endpoints }) => Endpoints), (item) => {
      const buses = (item.EventBuses ?? []).map(({ EventBusArn }) => EventBusArn);
      return {
        id: item.Name ?? '',
        arn: item.Arn ?? item.Name ?? '',
        seen: `over ${buses.join(', ')}`,
        reaches: regionsOf(...buses),
      };
    }),
});

const ARCHIVES = listed({
  name: 'event archives',
  types: ['AWS::Events::Archive'],
  channels: [],
  undeclared: { why: 'an archive keeps a copy of every event it matches', remedy: DELETE },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(EVENT_READS.archives, {}, ({ Archives }) => Archives), (item) => ({
      id: item.ArchiveName ?? '',
      arn: item.ArchiveName ?? '',
      seen: `of ${item.EventSourceArn ?? '?'}`,
    })),
});

export const EVENTS_SERVICE = kindsService('events', EVENT_READS, [
  RULES,
  BUSES,
  API_DESTINATIONS,
  CONNECTIONS,
  ENDPOINTS,
  ARCHIVES,
]);
