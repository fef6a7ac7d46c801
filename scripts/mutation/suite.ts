/** The tests of a test file, collected without running them, so that they can be run one by one in this process. */
import { createRequire } from 'node:module';
import { format } from 'node:util';
import type { World } from './world';

export interface Trial {
  readonly title: string;
  /** Throws, or rejects, when an expectation is broken. */
  run(): unknown;
}

type Body = (...args: never[]) => unknown;
type Declare = (title: string, body: Body) => void;

/** Loads a test file in the world as it is and returns its tests in order. */
export function trialsIn(world: World, file: string): readonly Trial[] {
  const trials: Trial[] = [];
  const heading: string[] = [];
  const describe: Declare = (title, body) => {
    heading.push(title);
    (body as () => unknown)();
    heading.pop();
  };
  const test: Declare = (title, body) => {
    trials.push({ title: [...heading, title].join(' › '), run: body as () => unknown });
  };
  const unsupported = (): never => {
    throw new Error(`${file} has hooks, which are not run here`);
  };
  Object.assign(globalThis, {
    describe: Object.assign(describe, { each: each(describe) }),
    test: Object.assign(test, { each: each(test) }),
    it: test,
    expect,
    beforeAll: unsupported,
    beforeEach: unsupported,
    afterAll: unsupported,
    afterEach: unsupported,
  });
  world.load(file);
  return trials;
}

/** The matchers of the test runner; they come with its types. */
const expect = (createRequire(require.resolve('@types/jest/package.json'))('expect') as { expect: unknown }).expect;

function each(declare: Declare) {
  return (table: readonly unknown[]) =>
    (title: string, body: Body): void => {
      for (const row of table) {
        const cells: readonly unknown[] = Array.isArray(row) ? row : [row];
        const places = title.match(/%[sdijop]/g)?.length ?? 0;
        declare(format(title, ...cells.slice(0, places)), (() =>
          (body as (...args: unknown[]) => unknown)(...cells)) as Body);
      }
    };
}
