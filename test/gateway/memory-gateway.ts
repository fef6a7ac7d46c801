/** A gateway whose table, flag, queues and objects are in memory: the handlers are the deployed ones. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { AuditRecord } from '../../lib/gateway/audit/audit-record';
import { DecisionRecorder } from '../../lib/gateway/audit/recorder';
import type { RedactedPiece, RedactionOrder } from '../../lib/gateway/data-plane/redactor';
import { dataPlaneHandler } from '../../lib/gateway/data-plane/data-plane-handler';
import type { Dataset, Person, RegisteredTransfer } from '../../lib/gateway/decision/facts';
import { switchText } from '../../lib/gateway/decision/kill-switch';
import { approvalHandler } from '../../lib/gateway/handling/approval-handler';
import { awaitApprovalsHandler } from '../../lib/gateway/handling/await-approvals-handler';
import { brokerHandler } from '../../lib/gateway/handling/broker-handler';
import { checkRequestHandler } from '../../lib/gateway/handling/check-request-handler';
import { issueGrantHandler } from '../../lib/gateway/handling/issue-grant-handler';
import { killSwitchHandler } from '../../lib/gateway/handling/kill-switch-handler';
import { revocationHandler } from '../../lib/gateway/handling/revocation-handler';
import { requestHandler } from '../../lib/gateway/handling/request-handler';
import type { ApiAnswer } from '../../lib/gateway/handling/api-event';
import type { Kind, Ledger, Stored } from '../../lib/gateway/ports/ledger';
import type { StoredPlace } from '../../lib/gateway/ports/objects';
import type { SessionOrder } from '../../lib/gateway/ports/sessions';
import { engine, settings } from './shipped';

export const START = Date.UTC(2026, 10, 22, 9);

export const PEOPLE: readonly Person[] = [
  { id: 'anna', role: 'analyst', active: true, contract: 'SE', employer: 'SE', managers: ['boss', 'chief'] },
  { id: 'boss', role: 'privacy', active: true, contract: 'SE', employer: 'SE', managers: ['chief'] },
  { id: 'chief', role: 'operator', active: true, contract: 'IE', employer: 'IE', managers: [] },
  { id: 'pia', role: 'privacy', active: true, contract: 'IE', employer: 'IE', managers: [] },
  { id: 'sam', role: 'safety', active: true, contract: 'DE', employer: 'DE', managers: [] },
  { id: 'gwen', role: 'privacy', active: true, contract: 'GB', employer: 'GB', managers: [] },
  { id: 'report', role: 'safety', active: true, contract: 'SE', employer: 'SE', managers: ['anna', 'boss'] },
  { id: 'ines', role: 'engineer', active: true, contract: 'IN', employer: 'IN', managers: [] },
  { id: 'olaf', role: 'operator', active: true, contract: 'NO', employer: 'NO', managers: [] },
  { id: 'uma', role: 'auditor', active: true, contract: 'DE', employer: 'DE', managers: [] },
  { id: 'call', role: 'on-call', active: true, contract: 'IE', employer: 'IE', managers: [] },
  { id: 'gone', role: 'analyst', active: false, contract: 'SE', employer: 'SE', managers: [] },
];

export const DATASETS: readonly Dataset[] = [
  { id: 'media', class: 'restricted', source: 'media-bucket', prefix: 'media/' },
  { id: 'social', class: 'interoperable', source: 'social-bucket', prefix: '' },
  { id: 'published', class: 'public', source: 'published-bucket', prefix: '' },
  { id: 'statistics', class: 'aggregate', source: 'statistics-bucket', prefix: '' },
];

export const TRANSFERS: readonly RegisteredTransfer[] = [
  {
    id: 'service-in',
    dataset: 'social',
    class: 'interoperable',
    zone: 'THIRD',
    expiresAt: START + 90 * 86_400_000,
    assessment: 'tia-7',
  },
  { id: 'plain-in', dataset: 'social', class: 'interoperable', zone: 'THIRD', expiresAt: START + 90 * 86_400_000 },
  { id: 'ended-in', dataset: 'social', class: 'interoperable', zone: 'THIRD', expiresAt: START, assessment: 'tia-6' },
];

export class MemoryLedger implements Ledger {
  readonly items = new Map<string, { text: string; version: number }>();
  /** Called before each replacement: lets a test slip another writer in. */
  beforeReplace: (() => Promise<unknown>) | undefined;

  create<D>({ name }: Kind<D>, id: string, document: D): Promise<'created' | 'exists'> {
    const key = `${name}#${id}`;
    if (this.items.has(key)) return Promise.resolve('exists');
    this.items.set(key, { text: JSON.stringify(document), version: 1 });
    return Promise.resolve('created');
  }

  read<D>({ name, schema }: Kind<D>, id: string): Promise<Stored<D> | undefined> {
    const item = this.items.get(`${name}#${id}`);
    return Promise.resolve(item && { document: schema.parse(JSON.parse(item.text)), version: item.version });
  }

  async replace<D>({ name }: Kind<D>, id: string, document: D, read: Stored<D>): Promise<'replaced' | 'conflict'> {
    const slip = this.beforeReplace;
    this.beforeReplace = undefined;
    await slip?.();
    const item = this.items.get(`${name}#${id}`);
    if (item?.version !== read.version) return 'conflict';
    this.items.set(`${name}#${id}`, { text: JSON.stringify(document), version: read.version + 1 });
    return 'replaced';
  }
}

/** Answers as JSON, except the data plane's rows. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** Everything a test looks at or breaks. */
export function memoryGateway() {
  const state = {
    now: START,
    flag: switchText({ access: 'on', changedAt: START - 1, changedBy: ['olaf', 'uma'], voidBefore: START - 1 }),
    flagVersion: 1,
    flagReadable: true,
    archive: [] as AuditRecord[],
    feed: [] as AuditRecord[],
    deadLetters: [] as AuditRecord[],
    archiveFails: 0,
    feedFails: 0,
    deadLettersFail: 0,
    sessions: [] as SessionOrder[],
    orders: [] as RedactionOrder[],
    objects: new Map<string, string>([
      ['media-bucket/media/2026/clips.jsonl', '{"owner":"kari"}\n{"owner":"lena"}\n'],
      ['social-bucket/posts.jsonl', '{"author":"kari"}\n'],
      ['published-bucket/posts.jsonl', '{"post":"hello"}\n'],
      ['statistics-bucket/use.jsonl', '{"person":"kari"}\n'],
    ]),
    started: [] as string[],
    approved: [] as string[],
    refused: [] as string[],
    pieces: undefined as AsyncIterable<RedactedPiece> | undefined,
  };
  const ledger = new MemoryLedger();
  const fail = (key: 'archiveFails' | 'feedFails' | 'deadLettersFail'): void => {
    if (state[key] === 0) return;
    state[key] -= 1;
    throw new Error('throttled');
  };
  const people = new Map(PEOPLE.map((person) => [person.id, person]));
  const now = () => state.now;
  const recorder = new DecisionRecorder({
    site: 'dub-1',
    engine,
    archive: { keep: async (record) => (fail('archiveFails'), void state.archive.push(record)) },
    feed: { send: async (record) => (fail('feedFails'), void state.feed.push(record)) },
    deadLetters: { send: async (record) => (fail('deadLettersFail'), void state.deadLetters.push(record)) },
    persistence: { attempts: 3, firstWait: 1, sleep: () => Promise.resolve(), random: () => 0 },
    now,
    newId: randomUUID,
  });
  const ports = {
    site: 'dub-1',
    settings,
    registers: {
      datasets: new Map(DATASETS.map((d) => [d.id, d])),
      transfers: new Map(TRANSFERS.map((t) => [t.id, t])),
    },
    engine,
    directory: { find: (id: string) => Promise.resolve(people.get(id)) },
    ledger,
    killSwitch: {
      read: async () => {
        if (!state.flagReadable) throw new Error('unreachable');
        return { text: state.flag, version: state.flagVersion };
      },
      write: async (text: string, over: number | undefined, onConflict: string) => {
        const lost = over !== undefined && state.flagVersion !== over;
        state.flag = lost ? onConflict : text;
        state.flagVersion += 1;
        return lost ? ('conflict' as const) : ('written' as const);
      },
    },
    recorder,
    now,
    newId: randomUUID,
    workflow: {
      start: async (id: string) => void state.started.push(id),
      approved: async (_: string, id: string) => void state.approved.push(id),
      refused: async (token: string) => void state.refused.push(token),
    },
    sessions: {
      open: async (order: SessionOrder) => {
        state.sessions.push(order);
        return { accessKeyId: 'ASIASECRET', secretAccessKey: 'secret-key', sessionToken: 'secret-token' };
      },
    },
    objects: {
      read: async ({ source, key }: StoredPlace) => {
        const text = state.objects.get(`${source}/${key}`);
        return text === undefined ? undefined : bytes(text);
      },
    },
    redactor: {
      redact: (source: AsyncIterable<Uint8Array>, order: RedactionOrder) => {
        state.orders.push(order);
        return state.pieces ?? lines(source);
      },
    },
  };
  const api = {
    request: requestHandler(ports),
    approval: approvalHandler(ports),
    broker: brokerHandler(ports),
    data: dataPlaneHandler(ports),
    killSwitch: killSwitchHandler(ports),
    revoke: revocationHandler(ports),
  };
  const steps = {
    check: checkRequestHandler(ports),
    await: awaitApprovalsHandler(ports),
    issue: issueGrantHandler(ports),
  };
  const call = async (
    path: keyof typeof api,
    person: string,
    body: object,
    { network = people.get(person)?.contract ?? 'SE' }: { network?: string | null } = {},
  ): Promise<Answer> => {
    const once = { nonce: nonce(), issuedAt: state.now };
    return answerOf(await api[path](eventOf(person, network, JSON.stringify({ ...once, ...body }))));
  };
  return { state, ledger, ports, api, steps, call };
}

export const nonce = (): string => randomBytes(18).toString('base64url');

export function eventOf(person: string, network: string | null, body: string | null): object {
  return { body, isBase64Encoded: false, requestContext: { authorizer: { person, ...(network ? { network } : {}) } } };
}

export function answerOf({ statusCode, headers, body }: ApiAnswer): Answer {
  const json = headers['content-type'] === 'application/json';
  return { status: statusCode, headers, text: body, body: json ? (JSON.parse(body) as Record<string, unknown>) : {} };
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** A redactor that passes every line: what the real one does is tested where it is. */
async function* lines(source: AsyncIterable<Uint8Array>): AsyncGenerator<RedactedPiece> {
  for await (const chunk of source)
    for (const line of Buffer.from(chunk).toString('utf8').split('\n')) if (line) yield { kind: 'row', line };
}

type Gateway = ReturnType<typeof memoryGateway>;

/** Asks for restricted data as anna, has it approved by pia and sam, and returns the id of the grant. */
export async function grantTo(
  { call, steps }: Gateway,
  person = 'anna',
  wanted: object = { dataset: 'media', class: 'restricted', purpose: 'legal-obligation', seconds: 7200 },
  approvers: readonly string[] = ['pia', 'sam'],
): Promise<string> {
  const { body, status, text } = await call('request', person, { ticket: 'CASE-1', ...wanted });
  if (status !== 202) throw new Error(text);
  const requestId = String(body['requestId']);
  await steps.check({ requestId });
  await steps.await({ requestId, taskToken: 'token' });
  for (const approver of approvers) await call('approval', approver, { requestId, approve: true });
  const { outcome, reasons } = await steps.issue({ requestId });
  if (outcome !== 'allow') throw new Error(reasons.join());
  return requestId;
}
