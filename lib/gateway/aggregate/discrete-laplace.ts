/**
 * Noise from the discrete Laplace distribution (the two-sided geometric mechanism), sampled exactly.
 *
 * Mechanism: Ghosh, Roughgarden and Sundararajan, "Universally Utility-Maximizing Privacy Mechanisms", STOC 2009. Sampler:
 * Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy", NeurIPS 2020, algorithms 1 and 2. Only
 * whole numbers and coin tosses from the operating system's random source: floating-point samplers leak the true value
 * through the holes in what they can return (Mironov, CCS 2012).
 */
import { randomInt } from 'node:crypto';

/** A uniformly random whole number from 0 up to, not including, `below`. */
export type RandomBelow = (below: number) => number;

/** `crypto.randomInt` reaches to 2^48 − 1; divisors grow by small factors, so scales stay well below. */
const LARGEST_SCALE = 2 ** 40;

/** ε as a fraction of whole numbers. */
export interface Epsilon {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * A random whole number X with P(X = x) proportional to exp(−ε·|x| / sensitivity).
 *
 * @param sensitivity how far one person can move the figure; a whole number from 1
 */
export function discreteLaplace(epsilon: Epsilon, sensitivity: number, below: RandomBelow = randomInt): number {
  const s = epsilon.numerator;
  const t = sensitivity * epsilon.denominator;
  if (![s, t].every((n) => Number.isSafeInteger(n) && n >= 1 && n <= LARGEST_SCALE))
    throw new RangeError('noise needs a positive ε and sensitivity in whole numbers below 2^40');
  for (;;) {
    const u = below(t);
    if (!exponentialCoin(u, t, below)) continue;
    let v = 0;
    while (exponentialCoin(1, 1, below)) v += 1;
    const magnitude = Math.floor((u + t * v) / s);
    const negative = below(2) === 1;
    if (negative && magnitude === 0) continue; // or zero would come up twice as often
    return negative ? -magnitude : magnitude;
  }
}

/** True with probability exp(−a/b), for 0 ≤ a ≤ b: von Neumann's series of coins of a/b, a/2b, a/3b … */
function exponentialCoin(a: number, b: number, below: RandomBelow): boolean {
  for (let k = 1; ; k += 1) if (below(b * k) >= a) return k % 2 === 1;
}
