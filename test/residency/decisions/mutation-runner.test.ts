/** The runner of `scripts/mutation` tells a killed mutant from a surviving one, on a file of two decisions. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { mutantsOf, withMutants } from '../../../scripts/mutation/operators';

const ROOT = path.join(__dirname, '../../..');
const TOY = `export const isAdult = (age: number): boolean => age >= 18;
export const isOurs = (name: string): boolean => name === 'ours';
`;

const operatorsOf = (text: string): readonly string[] => mutantsOf('toy.ts', text).map(({ operator }) => operator);

describe('mutants', () => {
  test('are wrong decisions, each of one place', () => {
    const texts = mutantsOf('toy.ts', TOY).map(
      ({ start, end, replacement }) => TOY.slice(0, start) + replacement + TOY.slice(end),
    );
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.some((text) => text.includes("((name) !== ('ours'))"))).toBe(true);
    expect(texts.some((text) => text.includes('((age) > (18))'))).toBe(true);
    expect(texts.some((text) => text.includes('age >= 17'))).toBe(true);
  });
  test('exchange the makers of opinions, but leave their reasons alone', () => {
    expect(operatorsOf("const a = unknown(b ? 'one thing' : 'or another', p);")).toEqual([
      'unknown → closed',
      'unknown → inside',
      'unknown → outside',
    ]);
  });
  test('do not touch types, imports and texts that are only said', () => {
    expect(operatorsOf("import a from 'inside'; type B = 'inside' | 'unknown'; const c = `${a ? 1 : 2}`;")).toEqual([]);
  });
  test('sleep in the text until they are woken, and say when they are reached', () => {
    const text = 'const [a, b] = [" X ", "x"]; return a?.trim().toLowerCase() === b;';
    const mutants = mutantsOf('toy.ts', text);
    const switches = globalThis as unknown as { awake: number; reached: (numbers: readonly number[]) => void };
    const seen = new Set<number>();
    switches.reached = (numbers) => numbers.forEach((one) => seen.add(one));
    const answers = [-1, ...mutants.map(({ index }) => 100 + index)].map((awake) => {
      switches.awake = awake;
      return new Function(withMutants(text, mutants, 100))() as boolean;
    });
    expect(answers).toEqual([true, ...mutants.map(() => false)]);
    expect([...seen].sort()).toEqual(mutants.map(({ index }) => 100 + index));
  });
});

test('a mutant the tests notice is killed, and one they do not is reported as a survivor', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mutation-toy-'));
  try {
    const [subject, tests] = [path.join(folder, 'toy.ts'), path.join(folder, 'toy.test.ts')];
    writeFileSync(subject, TOY);
    writeFileSync(
      tests,
      `import { isAdult, isOurs } from './toy';
test('ours is ours', () => { expect(isOurs('ours')).toBe(true); expect(isOurs('theirs')).toBe(false); });
test('a child is no adult', () => expect([isAdult(3), isAdult(40)]).toEqual([false, true]));
`,
    );
    const page = execFileSync(
      process.execPath,
      ['-r', 'ts-node/register', 'scripts/mutation/mutate.ts', '--subject', subject, '--tests', tests],
      { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    // `>=` for `>` and 18 for 17 or 19 make no difference to a child of 3 and an adult of 40.
    expect(page).toContain('5 mutants: 2 killed, 3 survived, 0 equivalent**, by 2 trials');
    expect(page).toMatch(/\| `.*toy\.ts:1` \| >= → > \| `age >= 18` \|/);
    expect(page).not.toMatch(/toy\.ts:2/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
