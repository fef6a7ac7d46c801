/**
 * `ts-node scripts/bench/pseudonymise.ts [--gigabytes N]`: what pseudonymising costs over reading and writing.
 *
 * The floor is the same stream, split into lines, parsed and written again without any check or cryptography. Every
 * measurement is a process of its own, so that its peak memory is its own; sizes grow from 10 MB to N GB (default 1).
 * Ratios are of CPU time; the process that is compared with runs just before.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { messages } from '../../config/datasets/messages';
import { PseudonymKeys, Quarantine } from '../../lib/gateway/pseudonymise';
import { JsonLinesTransform } from '../../lib/gateway/pseudonymise/json-lines';
import { recordRule } from '../../lib/gateway/pseudonymise/record-rule';
import { RecordTreatment } from '../../lib/gateway/pseudonymise/record-treatment';
import { rowWriter } from '../../lib/gateway/pseudonymise/row-writer';
import type { Dataset } from '../../lib/gateway/datasets';

const MEGABYTE = 1_000_000;
const CHUNK = 64 * 1024;
const DATASET = messages as Dataset;

interface Measured {
  readonly records: number;
  readonly bytes: number;
  readonly cpuSeconds: number;
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly keyCalls: number;
}

const WORDS = 'kan vi møtes i morgen klokken tolv ved havnen jeg tar med kaffe og boller til alle sammen hilsen'.split(
  ' ',
);

/** A message as the dataset describes it, about 430 bytes, different for every number. */
function message(n: number): string {
  const word = (i: number) => WORDS[(n * 7 + i * 13) % WORDS.length]!;
  return `${JSON.stringify({
    message: `m-${(n * 2654435761) % 2 ** 32}-${n}`,
    conversation: `c-${(n * 40503) % 1_000_003}`,
    sender: `u-${(n * 7919) % 500_009}-7f3a`,
    recipient: `u-${(n * 104729) % 500_009}-7f3a`,
    sent: new Date(Date.UTC(2026, 10, 1) + n * 1000).toISOString(),
    body: Array.from({ length: 12 + (n % 12) }, (_, i) => word(i)).join(' '),
    language: 'nb',
    address: `203.0.${n % 256}.${(n * 31) % 256}`,
    device: `d-${(n * 48271) % 2 ** 31}`,
    home: 'NO-34',
    characters: 40 + (n % 200),
    edited: n % 9 === 0,
  })}\n`;
}

/** The stream: 16 MB of different records, again and again, in chunks as S3 gives them. */
function stream(bytes: number): Readable {
  const records: string[] = [];
  for (let n = 0, length = 0; length < 16 * MEGABYTE; n += 1) length += records[records.push(message(n)) - 1]!.length;
  const block = Buffer.from(records.join(''), 'utf8');
  records.length = 0;
  function* chunks() {
    for (let sent = 0; sent < bytes;)
      for (let at = 0; at < block.length && sent < bytes; at += CHUNK) {
        const chunk = block.subarray(at, Math.min(at + CHUNK, block.length));
        sent += chunk.length;
        yield chunk;
      }
  }
  return Readable.from(chunks(), { objectMode: false, highWaterMark: CHUNK });
}

/** The floor: lines split as the product splits them, parsed, written again. */
class Rewrite extends Transform {
  records = 0;
  private rest = '';
  private readonly decoder = new TextDecoder();

  override _transform(chunk: Buffer, _: BufferEncoding, done: (error: null, data: Buffer) => void): void {
    const lines = (this.rest + this.decoder.decode(chunk, { stream: true })).split('\n');
    this.rest = lines.pop()!;
    let text = '';
    for (const line of lines) text += `${JSON.stringify(JSON.parse(line))}\n`;
    this.records += lines.length;
    done(null, Buffer.from(text, 'utf8'));
  }
}

async function measure(variant: string, bytes: number): Promise<Measured> {
  let keyCalls = 0;
  const root = {
    generateMac: () => {
      keyCalls += 1;
      return Promise.resolve<Uint8Array>(randomBytes(32));
    },
  };
  const domain = { recipient: 'Example Research Ltd', purposeGroup: 'research', epoch: '2026-11' };
  const mac = await new PseudonymKeys(root).recordMac(domain);
  const rule = recordRule(DATASET, { kind: 'treated', mac, ...domain, referenceDay: '2026-11-01' });
  // The last record is cut off where the stream ends, and goes to quarantine.
  const quarantine = new Quarantine(DATASET.name, { quarantined: () => undefined }, bytes / (16 * MEGABYTE) + 2);
  const treatment = new RecordTreatment(rule, rowWriter('jsonl', rule), quarantine);
  const floor = new Rewrite();
  const step = variant === 'floor' ? floor : new JsonLinesTransform(treatment);
  const input = stream(bytes);
  let peak = 0;
  const sink = new Writable({
    write: (_chunk, _encoding, done) => {
      peak = Math.max(peak, process.memoryUsage.rss());
      done();
    },
  });
  const [cpu, begun] = [process.cpuUsage(), process.hrtime.bigint()];
  await pipeline(input, step, sink);
  const used = process.cpuUsage(cpu);
  return {
    records: variant === 'floor' ? floor.records : treatment.records,
    bytes,
    cpuSeconds: (used.user + used.system) / 1e6,
    seconds: Number(process.hrtime.bigint() - begun) / 1e9,
    peakMegabytes: peak / MEGABYTE,
    keyCalls,
  };
}

function inOwnProcess(variant: string, bytes: number): Measured {
  const options = [
    '--no-warnings',
    '-r',
    'ts-node/register',
    __filename,
    '--measure',
    variant,
    '--bytes',
    String(bytes),
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, options, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`measuring ${variant} ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout) as Measured;
}

function report(gigabytes: number): void {
  const sizes = [10, 100, 1_000, 5_000].filter((megabytes) => megabytes <= gigabytes * 1_000);
  const table = new Table({
    head: [
      'input',
      'floor records/s',
      'records/s',
      'MB/s',
      'CPU ratio',
      'peak memory (floor)',
      'key calls',
      'a call per value',
    ],
    style: { head: [], border: [] },
  });
  for (const megabytes of sizes) {
    const [floor, treated] = [
      inOwnProcess('floor', megabytes * MEGABYTE),
      inOwnProcess('treated', megabytes * MEGABYTE),
    ];
    const perRecord = Object.values(DATASET.fields).filter(({ treatment }) => treatment === 'pseudonymise').length;
    table.push([
      `${megabytes} MB`,
      Math.round(floor.records / floor.cpuSeconds),
      Math.round(treated.records / treated.cpuSeconds),
      (treated.bytes / MEGABYTE / treated.cpuSeconds).toFixed(1),
      (treated.cpuSeconds / treated.records / (floor.cpuSeconds / floor.records)).toFixed(2),
      `${treated.peakMegabytes.toFixed(0)} MB (${floor.peakMegabytes.toFixed(0)} MB)`,
      treated.keyCalls,
      treated.records * perRecord,
    ]);
  }
  process.stdout.write(`${table.toString()}\nPer second of CPU, one core, Node ${process.version}.\n`);
}

const { values } = parseArgs({
  options: { gigabytes: { type: 'string', default: '1' }, measure: { type: 'string' }, bytes: { type: 'string' } },
});
if (values.measure === undefined) report(Number(values.gigabytes));
else void measure(values.measure, Number(values.bytes)).then((result) => process.stdout.write(JSON.stringify(result)));
