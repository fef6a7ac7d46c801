/** Address ranges as intervals of integers. */
import { parse, parseCIDR } from 'ipaddr.js';
import type { IPv4, IPv6 } from 'ipaddr.js';

export interface IpRange {
  readonly six: boolean;
  readonly first: bigint;
  readonly last: bigint;
}

export interface Address {
  readonly six: boolean;
  readonly number: bigint;
}

const numberOf = (address: IPv4 | IPv6): bigint =>
  address.toByteArray().reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);

/** An address, or undefined when the text is none. */
export function addressOf(text: string): Address | undefined {
  try {
    const address = parse(text);
    return { six: address.kind() === 'ipv6', number: numberOf(address) };
  } catch {
    return undefined;
  }
}

/** `10.0.0.0/8`, or one address. Undefined when the text is neither. */
export function rangeOf(text: string): IpRange | undefined {
  if (!text.includes('/')) {
    const one = addressOf(text);
    return one && { six: one.six, first: one.number, last: one.number };
  }
  try {
    const [address, length] = parseCIDR(text);
    const six = address.kind() === 'ipv6';
    const size = 1n << BigInt((six ? 128 : 32) - length);
    const first = (numberOf(address) / size) * size;
    return { six, first, last: first + size - 1n };
  } catch {
    return undefined;
  }
}

/** The address as text. */
export const addressText = ({ six, number }: Address): string =>
  six
    ? Array.from({ length: 8 }, (_, i) => ((number >> BigInt(112 - 16 * i)) & 0xffffn).toString(16)).join(':')
    : [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join('.');
