/** Random and malformed requests against every path of the API, with a mark in every value that must not come back. */
import { auditRecordSchema } from '../../../lib/gateway/audit/audit-record';
import { answerOf, grantTo, memoryGateway } from '../memory-gateway';
import type { Answer } from '../memory-gateway';
import { randomFrom } from './random';
import type { Random } from './random';

/** Occurs in no name, id or code of the gateway, so that wherever it appears it came from a request or from the data. */
export const MARK = 'Zq7';

export interface FuzzReport {
  readonly requests: number;
  readonly seed: number;
  /** How often each status was answered. */
  readonly statuses: Record<string, number>;
  /** Requests whose handler threw, by number. */
  readonly crashes: readonly number[];
  /** Requests whose answer or record had a mark in it, by number. */
  readonly leaks: readonly number[];
  /** Requests without exactly one record that matches its schema. */
  readonly unrecorded: number;
  readonly cpuSeconds: number;
}

const OPEN = {
  dataset: 'social',
  class: 'interoperable',
  purpose: 'service-operation',
  ticket: 'C-1',
  seconds: 900,
  transfer: 'service-in',
};

/** Runs them. The same seed makes the same requests. */
export async function fuzz(requests: number, seed: number): Promise<FuzzReport> {
  const gateway = memoryGateway();
  const grantId = await grantTo(gateway);
  const asked = await gateway.call('request', 'ines', OPEN);
  const open = String(asked.body['requestId']);
  const tickets: string[] = [];
  const random = randomFrom(seed);
  const paths = Object.keys(PLAUSIBLE) as Path[];
  const report = {
    requests,
    seed,
    statuses: {} as Record<string, number>,
    crashes: [] as number[],
    leaks: [] as number[],
    unrecorded: 0,
  };
  const before = process.cpuUsage();
  for (let n = 0; n < requests; n += 1) {
    // A random request that happens to turn the switch or to revoke the grant would hide every path behind it.
    const { flag } = gateway.state;
    const grant = gateway.ledger.items.get(`grant#${grantId}`)!;
    const ids = [grantId, open, ...tickets];
    gateway.state.archive.length = 0;
    gateway.state.feed.length = 0;
    let answer: Answer | undefined;
    try {
      const path = random.pick(paths);
      answer = answerOf(await gateway.api[path](event(random, path, gateway.state.now, random.pick(ids))));
    } catch {
      report.crashes.push(n);
    }
    const [record, ...more] = gateway.state.archive;
    if (!record || more.length > 0 || !auditRecordSchema.safeParse(record).success) report.unrecorded += 1;
    if (`${answer?.text}${JSON.stringify(answer?.headers)}${JSON.stringify(record)}`.includes(MARK))
      report.leaks.push(n);
    const ticket = answer?.body['accessId'];
    if (typeof ticket === 'string') tickets.splice(0, 1, ticket);
    const status = String(answer?.status);
    report.statuses[status] = (report.statuses[status] ?? 0) + 1;
    gateway.state.flag = flag;
    gateway.ledger.items.set(`grant#${grantId}`, grant);
    if (n % 5_000 === 0) forgetNonces(gateway.ledger.items);
  }
  const { user, system } = process.cpuUsage(before);
  return { ...report, cpuSeconds: (user + system) / 1e6 };
}

function forgetNonces(items: Map<string, unknown>): void {
  for (const key of items.keys()) if (key.startsWith('nonce#')) items.delete(key);
}

/** An event as API Gateway makes it, as somebody may forge it, or nothing of the kind. */
function event(random: Random, path: Path, now: number, grantId: string): unknown {
  if (random.chance(0.05)) return random.json(MARK, 3);
  const person = random.chance(0.96) ? random.pick(PERSONS) : random.value(MARK);
  const network = random.chance(0.96) ? random.pick(['SE', 'IE', 'GB', 'IN', 'XX']) : random.value(MARK);
  const text = body(random, path, now, grantId);
  return {
    ...(random.chance(0.1) ? { headers: { [random.text(MARK)]: random.value(MARK) }, path: random.text(MARK) } : {}),
    isBase64Encoded: random.chance(0.03),
    body: random.chance(0.02) ? random.value(MARK) : text,
    requestContext: { authorizer: { person, ...(random.chance(0.9) ? { network } : {}) } },
  };
}

const PERSONS = ['anna', 'pia', 'sam', 'ines', 'olaf', 'uma', 'call', 'gone', 'nobody'];

/** What a caller of each path would send; `grant` stands for a grant that exists. */
const PLAUSIBLE = {
  request: {
    dataset: ['media', 'social', 'published', 'statistics'],
    class: ['restricted', 'interoperable', 'public', 'aggregate'],
    purpose: ['legal-obligation', 'service-operation', 'trust-and-safety'],
    ticket: [`CASE-${MARK}`],
    seconds: [900, 3600, 86_400],
    transfer: ['service-in', 'plain-in', undefined],
  },
  approval: { requestId: ['grant'], approve: [true, false] },
  broker: {
    grantId: ['grant', undefined],
    dataset: ['media', 'published', 'statistics'],
    class: ['restricted', 'public', 'aggregate'],
    purpose: ['legal-obligation'],
    object: [`${MARK}/clips.jsonl`, 'posts.jsonl', '2026/clips.jsonl'],
  },
  data: { accessId: ['grant'] },
  killSwitch: { access: ['on', 'off'] },
  revoke: { grantId: ['grant'] },
} as const satisfies Record<string, Record<string, readonly unknown[]>>;
type Path = keyof typeof PLAUSIBLE;

function body(random: Random, path: Path, now: number, grantId: string): string {
  if (random.chance(0.08)) return random.text(MARK);
  if (random.chance(0.08)) return JSON.stringify(random.json(MARK, 4));
  const fields: Record<string, unknown> = { nonce: random.nonce(), issuedAt: now - random.below(130_000) };
  for (const [name, values] of Object.entries<readonly unknown[]>(PLAUSIBLE[path])) {
    const value = random.pick(values);
    fields[name] = value === 'grant' ? grantId : value;
  }
  // Half of them are spoilt in one place or more.
  while (random.chance(0.5)) {
    const name = random.chance(0.8) ? random.pick(Object.keys(fields)) : random.text(MARK);
    fields[name] = random.chance(0.3) ? undefined : random.json(MARK, 2);
  }
  const text = JSON.stringify(fields);
  // Torn, doubled, or with one character changed.
  if (random.chance(0.03)) return text.slice(0, random.below(text.length));
  if (random.chance(0.02)) return `${text}${text}`;
  if (random.chance(0.02)) return `${text.slice(0, 10)}${random.text(MARK)}${text.slice(11)}`;
  return text;
}
