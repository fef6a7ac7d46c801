import { BUDGET_MILLI_EPSILON, EPSILON, costOf, noisy, shownTable } from '../../../lib/gateway/aggregate';
import { discreteLaplace } from '../../../lib/gateway/aggregate/discrete-laplace';

/** Pearson's statistic of a sample against the distribution, tails joined; and its degrees of freedom. */
function chiSquare(sample: readonly number[], scale: number, reach: number): number {
  const p = Math.exp(-1 / scale);
  const mass = (x: number) => ((1 - p) / (1 + p)) * p ** Math.abs(x);
  const tail = p ** (reach + 1) / (1 + p);
  const counts = new Map<number, number>();
  for (const x of sample) {
    const bin = Math.max(-reach - 1, Math.min(reach + 1, x));
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  let statistic = 0;
  for (let x = -reach - 1; x <= reach + 1; x += 1) {
    const expected = sample.length * (Math.abs(x) > reach ? tail : mass(x));
    statistic += ((counts.get(x) ?? 0) - expected) ** 2 / expected;
  }
  return statistic;
}

test.each([
  [{ numerator: 1, denominator: 2 }, 1, 2],
  [{ numerator: 1, denominator: 1 }, 1, 1],
  [{ numerator: 3, denominator: 2 }, 2, 4 / 3],
])('noise at ε %j and sensitivity %i has the discrete Laplace distribution', (epsilon, sensitivity, scale) => {
  const sample = Array.from({ length: 40_000 }, () => discreteLaplace(epsilon, sensitivity));
  // 13 or so degrees of freedom: 45 is exceeded once in 20,000 runs.
  expect(chiSquare(sample, scale, 6)).toBeLessThan(45);
});

test('the test of the distribution notices a wrong scale', () => {
  const sample = Array.from({ length: 40_000 }, () => discreteLaplace({ numerator: 1, denominator: 2 }, 1));
  expect(chiSquare(sample, 2.2, 6)).toBeGreaterThan(45);
});

test('one person changes the odds of any answer by no more than e to the ε', () => {
  const runs = 60_000;
  const frequency = (persons: number) => {
    const counts = new Map<number, number>();
    for (let i = 0; i < runs; i += 1) {
      const answer = noisy({ group: [], persons, sums: [] }, []).persons;
      counts.set(answer, (counts.get(answer) ?? 0) + 1);
    }
    return counts;
  };
  const [without, and] = [frequency(20), frequency(21)];
  const bound = Math.exp(EPSILON.numerator / EPSILON.denominator);
  for (let answer = 18; answer <= 23; answer += 1)
    expect((and.get(answer) ?? 0) / (without.get(answer) ?? 0)).toBeLessThan(bound * 1.1);
});

test('a differencing attack on two noisy tables that differ by one person finds nothing certain', () => {
  const differences = new Set<number>();
  for (let i = 0; i < 400; i += 1) {
    const [all, but] = [21, 20].map((persons) => noisy({ group: [], persons, sums: [] }, []).persons);
    differences.add(all! - but!);
  }
  expect(differences.size).toBeGreaterThan(5);
});

test('noise needs whole numbers that make sense', () => {
  for (const bad of [0, -1, 0.5, Number.NaN, 2 ** 41])
    expect(() => discreteLaplace({ numerator: 1, denominator: 1 }, bad)).toThrow(RangeError);
});

test('every random number comes from the source, so the operating system’s is enough', () => {
  const asked: number[] = [];
  discreteLaplace({ numerator: 1, denominator: 2 }, 1, (below) => {
    asked.push(below);
    return below - 1;
  });
  expect(asked.length).toBeGreaterThan(1);
});

test('a noisy table shows no totals and nothing that is under the threshold, before or after the noise', () => {
  const cells = [9, 10, 11, 500].map((persons, i) => ({ group: [`g${i}`], persons, sums: [persons] }));
  for (let run = 0; run < 200; run += 1) {
    const { rows, suppressedGroups } = shownTable(cells, {
      minimumGroup: 10,
      noise: true,
      bounds: [{ lower: 0, upper: 1 }],
    });
    expect(rows.length + suppressedGroups).toBe(4);
    for (const { group, persons } of rows) {
      expect(['g1', 'g2', 'g3']).toContain(group[0]);
      expect(persons).toBeGreaterThanOrEqual(10);
    }
  }
});

test('a table costs the ε of each of its measures, and the budget is soon spent', () => {
  expect(costOf(0)).toBe(500);
  expect(costOf(1)).toBe(1_000);
  expect(BUDGET_MILLI_EPSILON / costOf(1)).toBe(8);
});
