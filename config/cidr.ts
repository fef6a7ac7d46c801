import ipaddr from 'ipaddr.js';

/** An IPv4 block: first and last address as unsigned 32-bit numbers. */
export interface CidrBlock {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** Parses `a.b.c.d/n`; undefined when malformed or when the address is not the first of its block. */
export function parseCidr(value: string): CidrBlock | undefined {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(value)) return undefined;
  const [address, prefix] = ipaddr.IPv4.parseCIDR(value);
  const first = address.toByteArray().reduce((sum, byte) => sum * 256 + byte, 0);
  if (ipaddr.IPv4.networkAddressFromCIDR(value).toString() !== address.toString()) return undefined;
  return { first, last: first + 2 ** (32 - prefix) - 1, prefix };
}

/** True when the two blocks share an address; malformed blocks share none (they are reported on their own). */
export function cidrsOverlap(a: string, b: string): boolean {
  const [x, y] = [parseCidr(a), parseCidr(b)];
  return !!x && !!y && x.first <= y.last && y.first <= x.last;
}

/** True when `outer` holds every address of `inner`. */
export function cidrContains(outer: string, inner: string): boolean {
  const [x, y] = [parseCidr(outer), parseCidr(inner)];
  return !!x && !!y && x.first <= y.first && y.last <= x.last;
}
