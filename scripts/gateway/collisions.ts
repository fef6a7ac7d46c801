/**
 * `ts-node scripts/gateway/collisions.ts [--millions N]`: pseudonyms of N million different values, and how many are
 * equal. Default 10.
 *
 * The first 64 of the 192 bits of each are kept and sorted: if these differ, the pseudonyms do. Equal beginnings are
 * reported; among 10 million, one is expected in 370,000 runs.
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { PseudonymKeys } from '../../lib/gateway/pseudonymise';
import { TOKEN_LABEL } from '../../lib/gateway/pseudonymise/record-rule';

const BYTES = 8;

/** Values of several spellings, among them such as differ in one character. */
const value = (n: number): string =>
  n % 3 === 0 ? String(n) : n % 3 === 1 ? `user-${n}@example.org` : `${n.toString(16).padStart(32, '0')}`;

async function main(values: number): Promise<number> {
  const keys = new PseudonymKeys({ generateMac: () => Promise.resolve<Uint8Array>(randomBytes(32)) });
  const mac = await keys.recordMac({ recipient: 'recipient', purposeGroup: 'research', epoch: '2026-11' });
  const token = mac.tokeniser(TOKEN_LABEL, 'recipient', 'research', 'person');
  const begins = new BigUint64Array(values);
  const begun = process.hrtime.bigint();
  for (let n = 0; n < values; n += 1)
    begins[n] = Buffer.from(token(value(n)), 'base64url')
      .subarray(0, BYTES)
      .readBigUInt64BE();
  begins.sort();
  let equal = 0;
  for (let n = 1; n < values; n += 1) if (begins[n] === begins[n - 1]) equal += 1;
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  process.stdout.write(`${values} different values, ${equal} equal pseudonyms, ${seconds.toFixed(0)} s\n`);
  return equal;
}

const { values } = parseArgs({ options: { millions: { type: 'string', default: '10' } } });
void main(Math.round(Number(values.millions) * 1e6)).then((equal) => {
  process.exitCode = equal === 0 ? 0 : 1;
});
