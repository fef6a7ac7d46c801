import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StateFile } from '../../bin/aws/state-file';
import { Bounded, Reading } from '../../lib/attestation';
import type { Memory } from '../../lib/attestation';
import { TABLE_READS } from '../../lib/attestation/tables/tables-reader';
import { refusal } from './recorded-aws';

const reading = (answers: (object | Error)[], memory?: Memory) => {
  const asked: unknown[] = [];
  const send = ({ input }: { input: unknown }) => {
    asked.push(input);
    const answer = answers.shift() ?? {};
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const place = { account: '111122223333', region: 'eu-west-1' };
  const options = { gate: new Bounded(2), ...(memory ? { memory } : {}) };
  return { asked, reader: new Reading(place, () => ({ send: send as never }), options) };
};
const names = (reader: Reading) => reader.list(TABLE_READS.tables, {}, ({ TableNames }) => TableNames);

test('every page is read, and the same question is asked once', async () => {
  const { reader, asked } = reading([{ TableNames: ['a'], LastEvaluatedTableName: 'a' }, { TableNames: ['b'] }]);
  expect(await names(reader)).toEqual({ kind: 'answer', value: ['a', 'b'] });
  await names(reader);
  expect(asked).toEqual([{}, { ExclusiveStartTableName: 'a' }]);
});

test('a refusal on the second page is no complete list', async () => {
  const { reader } = reading([{ TableNames: ['a'], LastEvaluatedTableName: 'a' }, refusal()]);
  expect(await names(reader)).toMatchObject({ kind: 'missing', action: 'dynamodb:ListTables' });
});

test('what the service says is not there is an answer, and another error is none', async () => {
  const { reader } = reading([refusal('PolicyNotFoundException'), refusal('InternalServerError')]);
  expect(await reader.one(TABLE_READS.policy, { ResourceArn: 'a' })).toEqual({ kind: 'answer', value: undefined });
  expect(await reader.one(TABLE_READS.policy, { ResourceArn: 'b' })).toMatchObject({ kind: 'missing' });
});

describe('an interrupted run', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'state-'));
    writeFileSync(join(folder, 'manifest.json'), '{}');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const open = (now: number) => StateFile.open(join(folder, 'state'), folder, now);

  test('goes on with what was answered, and asks again what was missing', async () => {
    await names(reading([{ TableNames: ['a'] }], open(0)).reader);
    await reading([refusal()], open(1)).reader.one(TABLE_READS.policy, { ResourceArn: 'a' });
    const again = reading([{ Policy: '{}' }], open(2));
    expect(await names(again.reader)).toEqual({ kind: 'answer', value: ['a'] });
    expect(await again.reader.one(TABLE_READS.policy, { ResourceArn: 'a' })).toMatchObject({ kind: 'answer' });
    expect(again.asked).toEqual([{ ResourceArn: 'a' }]);
  });

  test('begins anew after an hour, because old answers show what was', async () => {
    await names(reading([{ TableNames: ['a'] }], open(0)).reader);
    const again = reading([{ TableNames: ['b'] }], open(3_600_001));
    expect(await names(again.reader)).toEqual({ kind: 'answer', value: ['b'] });
  });

  test('of another assembly is refused', async () => {
    await names(reading([{ TableNames: ['a'] }], open(0)).reader);
    writeFileSync(join(folder, 'manifest.json'), '{"version":"1"}');
    expect(() => open(1)).toThrow(/belongs to another assembly/u);
  });
});
