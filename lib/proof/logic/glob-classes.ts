/**
 * All ways in which one text can satisfy or not satisfy a list of tests at once, each test being "matches one of these
 * patterns": the reachable accept-vectors of the product automaton, each with the shortest text that shows it.
 *
 * Characters that stand in no pattern are interchangeable, so one of them represents all the rest of Unicode.
 */
import { ProofRefusal } from '../refusal';
import { reach, step } from './glob';
import type { Glob } from './glob';

export interface GlobClass {
  readonly witness: string;
  /** One truth value for each test, in their order. */
  readonly accepts: readonly boolean[];
}

/** More states than this is no proof but a symptom; shipped policies need a few thousand. */
const MOST_STATES = 200_000;

/** Candidates for the one character that stands in no pattern. */
const SPARE = 'xzqXZQ~!#éж中';

/** How far the reading has come in each pattern of a test that can still match; `settled` once the test holds for good. */
type Progress = 'settled' | ReadonlyMap<number, readonly number[]>;
/** By the index of each test that can still hold. */
type State = ReadonlyMap<number, Progress>;
type Test = readonly Glob[];

/** The classes. @throws ProofRefusal when there are too many states */
export function globClasses(tests: readonly Test[], subject: string): readonly GlobClass[] {
  const spare = spareCharacter(tests, subject);
  const first = stateOf(tests, (glob) => {
    const start = new Set<number>();
    reach(glob, 0, start);
    return start;
  });
  const seen = new Set([keyOf(first)]);
  const queue: { readonly state: State; readonly text: string }[] = [{ state: first, text: '' }];
  const classes = new Map<string, GlobClass>();
  for (let head = 0; head < queue.length; head++) {
    const { state, text } = queue[head]!;
    const accepts = tests.map((test, index) => acceptedBy(test, state.get(index)));
    const key = accepts.map(Number).join('');
    if (!classes.has(key)) classes.set(key, { witness: text, accepts });
    for (const character of distinguished(tests, state, spare)) {
      const next = advanced(tests, state, character);
      const nextKey = keyOf(next);
      if (seen.has(nextKey)) continue;
      seen.add(nextKey);
      if (seen.size > MOST_STATES)
        throw new ProofRefusal(
          `more than ${MOST_STATES} states in the automaton of its patterns`,
          subject,
          'Use fewer wildcards in the middle of patterns.',
        );
      queue.push({ state: next, text: text + character });
    }
  }
  return [...classes.values()];
}

function acceptedBy(test: Test, progress: Progress | undefined): boolean {
  if (progress === undefined || progress === 'settled') return progress === 'settled';
  for (const [index, positions] of progress) if (positions.includes(test[index]!.length)) return true;
  return false;
}

function stateOf(tests: readonly Test[], positions: (glob: Glob) => Set<number>): State {
  const state = new Map<number, Progress>();
  tests.forEach((test, index) => {
    const progress = progressOf(
      test.map((glob, i) => [i, positions(glob)] as const),
      test,
    );
    if (progress !== undefined) state.set(index, progress);
  });
  return state;
}

/** A reached star at the end accepts for good, and then no other pattern of the test matters. */
function progressOf(reached: readonly (readonly [number, Set<number>])[], test: Test): Progress | undefined {
  const open = new Map<number, readonly number[]>();
  for (const [index, at] of reached) {
    if (at.size === 0) continue;
    const glob = test[index]!;
    const last = glob.at(-1);
    if (last?.kind === 'star' && last.colon && at.has(glob.length - 1)) return 'settled';
    open.set(index, at.size === 1 ? [...at] : [...at].sort((a, b) => a - b));
  }
  return open.size === 0 ? undefined : open;
}

function advanced(tests: readonly Test[], state: State, character: string): State {
  const next = new Map<number, Progress>();
  for (const [index, progress] of state) {
    if (progress === 'settled') {
      next.set(index, progress);
      continue;
    }
    const test = tests[index]!;
    const reached = [...progress].map(([i, positions]) => [i, step(test[i]!, positions, character)] as const);
    const after = progressOf(reached, test);
    if (after !== undefined) next.set(index, after);
  }
  return next;
}

function keyOf(state: State): string {
  let key = '';
  for (const [index, progress] of state) {
    key += `${index}=`;
    if (progress === 'settled') key += '!';
    else for (const [pattern, positions] of progress) key += `${pattern}:${positions.join()};`;
  }
  return key;
}

/** The characters that lead to different states from here, and one for all others. */
function distinguished(tests: readonly Test[], state: State, spare: string): ReadonlySet<string> {
  const characters = new Set([spare]);
  for (const [index, progress] of state) {
    if (progress === 'settled') continue;
    for (const [pattern, positions] of progress)
      for (const at of positions) {
        const token = tests[index]![pattern]![at];
        if (token?.kind === 'letter') for (const c of token.letters) characters.add(c);
        else if (token && !token.colon) characters.add(':');
      }
  }
  return characters;
}

function spareCharacter(tests: readonly Test[], subject: string): string {
  const used = new Set<string>(':');
  for (const test of tests)
    for (const glob of test)
      for (const token of glob) if (token.kind === 'letter') for (const c of token.letters) used.add(c);
  const spare = [...SPARE].find((c) => !used.has(c));
  if (spare === undefined)
    throw new ProofRefusal('its patterns use every stand-in character', subject, 'Use fewer scripts in one key.');
  return spare;
}
