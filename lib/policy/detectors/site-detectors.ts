/**
 * The rules of a site's event bus, few and large: an operator reads a name, EventBridge a pattern of at most 2,048
 * characters. Every rule tells the auditor; none decides what is an incident.
 */
import { RECORDED_ELSEWHERE } from './event-sources';
import { PATTERN_CHARACTERS, recordedCall, withinQuota } from './pattern';
import type { Pattern } from './pattern';
import { REFUSED } from './refusals';
import { SUBJECTS, watchedEvents } from './watched-events';
import type { Subject } from './watched-events';

export interface Detector {
  /** Part of the rule's name, such as `replication` or `network-path-2`. */
  readonly name: string;
  readonly description: string;
  readonly pattern: Pattern;
}

const DESCRIPTIONS: Readonly<Record<Subject, string>> = {
  tampering: 'A hand on the oversight itself',
  replication: 'A store begins to copy itself',
  'backup-copy': 'A backup is copied',
  sharing: 'A store is opened to another account',
  export: 'Contents or lists of them are written elsewhere',
  'copy-by-call': 'A call that copies, shares or exports and that no template property opens',
  reclassification: 'A store is called something else than its template says',
  exposure: 'A store or function is opened to the public',
  streaming: 'Changes or messages are sent on',
  'granted-permission': 'Somebody is permitted more',
  'network-path': 'A network gets a way out',
  'arbitrary-code': 'Code may run that nobody judged',
  'reserved-call': 'A call that is left to the deployment, to key administrators or to nobody',
  placement: 'A store is made',
};

/** Event names of one service: an alternative of a pattern. */
interface Alternative {
  readonly eventSource: readonly [string];
  readonly eventName: readonly string[];
}

/** Every rule of a site's default bus. */
export function siteDetectors(): readonly Detector[] {
  return [...SUBJECTS.flatMap(ofSubject), refusedCalls(), alarms(), undeclaredStores()];
}

function ofSubject(subject: Subject): readonly Detector[] {
  const patterns: Alternative[][] = [];
  for (const { source, name } of watchedEvents().filter(
    (e) => e.subject === subject && !RECORDED_ELSEWHERE.has(e.source),
  )) {
    const last = patterns.at(-1);
    const grown = last && withName(last, source, name);
    if (grown && JSON.stringify(patternOf(grown)).length <= PATTERN_CHARACTERS) patterns[patterns.length - 1] = grown;
    else patterns.push([{ eventSource: [source], eventName: [name] }]);
  }
  return patterns.map((alternatives, index) => {
    const name = patterns.length === 1 ? subject : `${subject}-${index + 1}`;
    return { name, description: DESCRIPTIONS[subject], pattern: withinQuota(name, patternOf(alternatives)) };
  });
}

function withName(alternatives: readonly Alternative[], source: string, name: string): Alternative[] {
  const same = alternatives.find(({ eventSource }) => eventSource[0] === source);
  if (!same) return [...alternatives, { eventSource: [source], eventName: [name] }];
  return alternatives.map((one) => (one === same ? { ...same, eventName: [...same.eventName, name] } : one));
}

/** A name belongs to its service: `CreateUser` of Transfer Family must not tell of IAM. */
const patternOf = (alternatives: readonly Alternative[]): Pattern =>
  recordedCall(alternatives.length === 1 ? { ...alternatives[0]! } : { $or: alternatives.map((one) => ({ ...one })) });

/** Whatever was tried and refused, watched or not: reading contents as well. */
const refusedCalls = (): Detector => ({
  name: 'refused',
  description: 'A call was refused',
  pattern: recordedCall({ errorCode: REFUSED }),
});

/** Alarms of the site: those over the trail, which sees what no bus of the site does. */
const alarms = (): Detector => ({
  name: 'alarms',
  description: 'An alarm of the site goes off',
  pattern: {
    source: ['aws.cloudwatch'],
    'detail-type': ['CloudWatch Alarm State Change'],
    detail: { state: { value: ['ALARM'] } },
  },
});

/** AWS Config found a store that no template declares. */
const undeclaredStores = (): Detector => ({
  name: 'undeclared-stores',
  description: 'A store stands that no template declares',
  pattern: {
    source: ['aws.config'],
    'detail-type': ['Config Rules Compliance Change'],
    detail: { newEvaluationResult: { complianceType: ['NON_COMPLIANT'] } },
  },
});
