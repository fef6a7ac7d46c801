/**
 * Run by parquet.test.ts in a process of its own, since jest cannot load the ES module that reads Parquet. Writes what
 * came of a file as JSON.
 */
import { datasets } from '../../../config/datasets';
import { enclave } from '../../../config/enclave';
import { parseDatasets } from '../../../config/registers';
import { PseudonymKeys, pseudonymiseBatch } from '../../../lib/gateway/pseudonymise';
import { MemoryQuarantine, MemoryRootKey, MemorySink, MemorySource } from './memory-ports';

async function main(): Promise<unknown> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const rows = 1_000;
  const column = <T>(value: (n: number) => T) => Array.from({ length: rows }, (_, n) => value(n));
  const file = (extra: Parameters<typeof parquetWriteBuffer>[0]['columnData'] = []) =>
    Buffer.from(
      parquetWriteBuffer({
        columnData: [
          { name: 'item', data: column((n) => `i-${n}`), type: 'STRING' },
          { name: 'owner', data: column((n) => `u-${n % 7}-7f3a`), type: 'STRING' },
          { name: 'objectKey', data: column((n) => `private/${n}.jpg`), type: 'STRING' },
          { name: 'kind', data: column((n) => (n === 500 ? 'document' : 'photo')), type: 'STRING' },
          { name: 'bytes', data: column((n) => BigInt(n) * 10_000n), type: 'INT64' },
          { name: 'taken', data: column((n) => new Date(Date.UTC(2020 + (n % 5), 1, 1))), type: 'TIMESTAMP' },
          { name: 'place', data: column(() => 'NO-34'), type: 'STRING' },
          ...extra,
        ],
        rowGroupSize: 100,
      }),
    );
  const dataset = parseDatasets(datasets, enclave.stores).find(({ name }) => name === 'media')!;
  const run = async (content: Buffer) => {
    const quarantine = new MemoryQuarantine();
    const keys = new PseudonymKeys(new MemoryRootKey());
    const ports = { source: new MemorySource(content), sink: new MemorySink(), keys, quarantine, alarm: quarantine };
    const asked = {
      source: { key: 'in', etag: '"a"' },
      dataset,
      recipient: 'Example Research',
      purposeGroup: 'research',
      fields: ['item', 'owner', 'kind', 'bytes', 'taken', 'place'],
      format: 'jsonl',
      prefix: 'out',
      now: new Date('2026-11-22'),
    } as const;
    const outcome = await pseudonymiseBatch(asked, ports).catch((error: unknown) => String(error));
    return { outcome, output: [...ports.sink.visible.values()].join(''), kept: quarantine.kept.length };
  };
  const whole = file();
  return {
    good: await run(whole),
    unknown: await run(file([{ name: 'iban', data: column(() => 'x'), type: 'STRING' }])),
    cut: await run(whole.subarray(0, whole.length - 9)),
    noise: await run(Buffer.from('PAR1 anna@example.org')),
  };
}

void main().then((result) => process.stdout.write(JSON.stringify(result)));
