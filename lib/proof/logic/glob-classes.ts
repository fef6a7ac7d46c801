/**
 * All ways in which one text can satisfy or not satisfy a list of tests at once, each test being "matches one of these
 * patterns": the reachable accept-vectors of the product automaton, each with a text that shows it.
 *
 * Characters that stand in no pattern are interchangeable, so one of them represents all the rest of Unicode.
 */
import { ProofRefusal } from '../refusal';
import { PatternTrie } from './pattern-trie';
import type { State, Test } from './pattern-trie';

export interface GlobClass {
  readonly witness: string;
  /** One truth value for each test, in their order. */
  readonly accepts: readonly boolean[];
}

/** More states than this is no proof but a symptom; shipped policies need a few thousand. */
const MOST_STATES = 200_000;

/** Candidates for the one character that stands in no pattern. */
const SPARE = 'xzqXZQ~!#éж中';

/**
 * The classes, each shown by the first familiar text that falls into it, or else by a shortest one.
 * @throws ProofRefusal when there are too many states
 */
export function globClasses(
  tests: readonly Test[],
  subject: string,
  familiar: readonly string[] = [],
): readonly GlobClass[] {
  const spare = spareCharacter(tests, subject);
  const trie = new PatternTrie(tests);
  const classes = new Map<string, GlobClass>();
  const note = (state: State, witness: string): void => {
    const accepted = trie.accepted(state);
    const key = [...accepted].sort((a, b) => a - b).join();
    if (!classes.has(key)) classes.set(key, { witness, accepts: tests.map((_, index) => accepted.has(index)) });
  };
  const first = trie.start();
  for (const text of familiar)
    note(
      [...text].reduce((state, character) => trie.next(state, character), first),
      text,
    );
  const seen = new Set([first.key]);
  const queue: { readonly state: State; readonly text: string }[] = [{ state: first, text: '' }];
  for (let head = 0; head < queue.length; head++) {
    const { state, text } = queue[head]!;
    note(state, text);
    for (const character of [spare, ...trie.distinguished(state)]) {
      const next = trie.next(state, character);
      if (seen.has(next.key)) continue;
      seen.add(next.key);
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
