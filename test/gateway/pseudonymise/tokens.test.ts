import { createHmac, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { PseudonymKeyError, PseudonymKeys } from '../../../lib/gateway/pseudonymise';
import type { Domain } from '../../../lib/gateway/pseudonymise';
import { RecordMac } from '../../../lib/gateway/pseudonymise/record-mac';
import { tuple } from '../../../lib/gateway/pseudonymise/tuple';
import { MemoryRootKey } from './memory-ports';

const DOMAIN: Domain = { recipient: 'Example Research', purposeGroup: 'research', epoch: '2026-11' };

async function token(value: string, domain: Partial<Domain> = {}, root = new MemoryRootKey(), identifier = 'person') {
  const all = { ...DOMAIN, ...domain };
  const mac = await new PseudonymKeys(root).recordMac(all);
  return mac.tokeniser('label', all.recipient, all.purposeGroup, identifier)(value);
}

test('a pseudonym is the beginning of HMAC-SHA-256 over the length-prefixed parts', () => {
  const key = Buffer.alloc(32, 7);
  const tokenise = new RecordMac(key).tokeniser('a', 'bc');
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 2_000 }), fc.string()), (value) => {
      const expected = createHmac('sha256', key)
        .update(tuple('a', 'bc', value))
        .digest('base64url')
        .slice(0, 32);
      expect(tokenise(value)).toBe(expected);
    }),
  );
});

test('the key of the records is derived from what the key service answers, by HKDF', async () => {
  const root = new MemoryRootKey();
  const mac = createHmac('sha256', 'root key of a test')
    .update(tuple('enclave/pseudonym-key/v1', DOMAIN.recipient, DOMAIN.purposeGroup, DOMAIN.epoch))
    .digest();
  const key = new Uint8Array(hkdfSync('sha256', mac, '', 'enclave/record-mac/v1', 32));
  expect(await token('u-1', {}, root)).toBe(
    new RecordMac(key).tokeniser('label', 'Example Research', 'research', 'person')('u-1'),
  );
});

test('the same value has the same pseudonym; another recipient, purpose, epoch, key or kind of identifier gives another', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1 }), async (value) => {
      const all = await Promise.all([
        token(value),
        token(value, { recipient: 'Example Research 2' }),
        token(value, { purposeGroup: 'security' }),
        token(value, { epoch: '2026-12' }),
        token(value, {}, new MemoryRootKey('another key')),
        token(value, {}, undefined, 'device'),
      ]);
      expect(await token(value)).toBe(all[0]);
      expect(new Set(all).size).toBe(all.length);
    }),
    { numRuns: 50 },
  );
});

test('parts that join to the same text are different domains', () => {
  expect(tuple('ab', 'c').equals(tuple('a', 'bc'))).toBe(false);
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 4 }), fc.array(fc.string(), { maxLength: 4 }), (a, b) => {
      expect(tuple(...a).equals(tuple(...b))).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
  );
});

test('200,000 different values have 200,000 different pseudonyms', () => {
  const tokenise = new RecordMac(Buffer.alloc(32, 1)).tokeniser('person');
  const tokens = new Set(Array.from({ length: 200_000 }, (_, n) => tokenise(`user-${n}`)));
  expect(tokens.size).toBe(200_000);
});

test('callers that ask at the same time share one question, and later ones ask none', async () => {
  const root = new MemoryRootKey();
  const keys = new PseudonymKeys(root);
  await Promise.all(Array.from({ length: 50 }, () => keys.recordMac(DOMAIN)));
  await keys.recordMac(DOMAIN);
  expect(root.calls).toBe(1);
  await keys.recordMac({ ...DOMAIN, recipient: 'another' });
  expect(root.calls).toBe(2);
});

test('a failed question is forgotten, and the next caller asks again', async () => {
  const root = new MemoryRootKey();
  root.failures = 1;
  const keys = new PseudonymKeys(root);
  await expect(keys.recordMac(DOMAIN)).rejects.toThrow('the key service is down');
  await expect(keys.recordMac(DOMAIN)).resolves.toBeInstanceOf(RecordMac);
  expect(root.calls).toBe(2);
});

test('the answer of the key service is overwritten once the key is derived', async () => {
  const root = new MemoryRootKey();
  await new PseudonymKeys(root).recordMac(DOMAIN);
  expect(root.answers.map((answer) => Buffer.from(answer).equals(Buffer.alloc(32)))).toEqual([true]);
});

test('a destroyed key makes no pseudonym, and its buffers are zero', async () => {
  const mac = await new PseudonymKeys(new MemoryRootKey()).recordMac(DOMAIN);
  const tokenise = mac.tokeniser('person');
  expect(tokenise('x')).toHaveLength(32);
  mac.destroy();
  expect(() => tokenise('x')).toThrow('the record key was destroyed');
  const { inner, outer } = mac as unknown as { inner: Buffer; outer: Buffer };
  expect([...inner, ...outer].every((byte) => byte === 0)).toBe(true);
});

test('keys of earlier epochs can be forgotten, and closed keys give nothing', async () => {
  const root = new MemoryRootKey();
  const keys = new PseudonymKeys(root);
  await keys.recordMac(DOMAIN);
  keys.forgetAllBut('2026-12');
  await keys.recordMac(DOMAIN);
  expect(root.calls).toBe(2);
  keys.close();
  await expect(keys.recordMac(DOMAIN)).rejects.toThrow(PseudonymKeyError);
});

test('a key forgotten while a caller waits for it is never used as zeros', async () => {
  const keys = new PseudonymKeys(new MemoryRootKey());
  const waiting = keys.recordMac(DOMAIN);
  keys.forgetAllBut('2026-12');
  await expect(waiting).rejects.toThrow(PseudonymKeyError);
});
