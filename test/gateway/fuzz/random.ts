/** Random values from a seed, so that a failure can be run again. */
export interface Random {
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  nonce(): string;
  /** Text with the mark in it, now and then long, empty or of odd characters. */
  text(mark: string): string;
  /** A value of any type of JSON, without depth. */
  value(mark: string): unknown;
  /** A value of any type of JSON, nested. */
  json(mark: string, depth: number): unknown;
}

const ODD = [
  '',
  ' ',
  '"',
  '\\',
  '\u0000',
  '\u202e',
  '😀',
  '../',
  '<script>',
  "'; drop",
  '__proto__',
  'constructor',
  '\ud800',
  '%00',
  '${jndi}',
];
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** mulberry32: small, and good enough to choose requests with. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)]!;
  const chance = (probability: number): boolean => next() < probability;
  const text = (mark: string): string => `${pick(ODD)}${mark}${chance(0.02) ? 'x'.repeat(below(20_000)) : pick(ODD)}`;
  const value = (mark: string): unknown =>
    pick<() => unknown>([
      () => text(mark),
      () => text(mark),
      () => below(2 ** 31) * pick([1, -1, 0.1, 1e300]),
      () => null,
      () => true,
      () => [text(mark)],
      () => ({ [text(mark)]: text(mark) }),
    ])();
  const json = (mark: string, depth: number): unknown => {
    if (depth === 0 || chance(0.3)) return value(mark);
    const items = Array.from({ length: below(4) }, () => json(mark, depth - 1));
    return chance(0.5) ? items : Object.fromEntries(items.map((item) => [text(mark), item]));
  };
  // No nonce holds a mark: nonces are not kept in records, and a chance hit would be no leak.
  const nonce = (): string => Array.from({ length: 24 }, () => ALPHABET[below(ALPHABET.length)]).join('');
  return { below, chance, pick, nonce, text, value, json };
}
