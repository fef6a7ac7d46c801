/**
 * All patterns of a list of tests as one automaton: patterns that begin alike share their beginning. Reading a text, a state
 * is the set of places that it may have come to.
 */
import type { Glob, Token } from './glob';

/** A test is "the text matches one of these patterns". */
export type Test = readonly Glob[];

interface Place {
  readonly number: number;
  /** A star stands here: any character (`all`), or any but a colon, leads back. */
  readonly loop: 'all' | 'no colon' | undefined;
  readonly byLetter: Map<string, Place[]>;
  /** The same by the letters that lead there alike: two where case does not matter. */
  readonly byLetters: Map<string, Place>;
  readonly byAny: Place[];
  readonly byAnyButColon: Place[];
  /** Reached with this one without reading: stars match nothing too. */
  readonly stars: Place[];
  /** Tests of which a pattern ends here. */
  readonly accepts: number[];
  /** Tests of which a pattern passes or ends here. */
  readonly serves: Set<number>;
}

/** How far the reading has come. */
export interface State {
  readonly places: readonly Place[];
  /** Tests that hold however the text goes on. */
  readonly settled: ReadonlySet<number>;
  /** Equal for equal states. */
  readonly key: string;
}

export class PatternTrie {
  private readonly places: Place[] = [];
  private readonly root = this.place(undefined);

  constructor(tests: readonly Test[]) {
    tests.forEach((test, index) => test.forEach((glob) => this.insert(glob, index)));
  }

  /** Before anything is read. */
  start(): State {
    return this.state([this.root], new Set());
  }

  next({ places, settled }: State, character: string): State {
    const reached: Place[] = [];
    for (const place of places) {
      if (place.loop === 'all' || (place.loop !== undefined && character !== ':')) reached.push(place);
      const letters = place.byLetter.get(character);
      if (letters) reached.push(...letters);
      reached.push(...place.byAny);
      if (character !== ':') reached.push(...place.byAnyButColon);
    }
    return this.state(reached, settled);
  }

  /** Numbers of the tests that hold of the text read. */
  accepted({ places, settled }: State): ReadonlySet<number> {
    if (places.every((place) => place.accepts.length === 0)) return settled;
    return new Set([...settled, ...places.flatMap((place) => place.accepts)]);
  }

  /** The characters that may lead elsewhere than others do; whether a colon does is among them. */
  distinguished({ places }: State): ReadonlySet<string> {
    const characters = new Set<string>();
    for (const place of places) {
      for (const letter of place.byLetter.keys()) characters.add(letter);
      if (place.loop === 'no colon' || place.byAnyButColon.length > 0) characters.add(':');
    }
    return characters;
  }

  private place(loop: Place['loop']): Place {
    const made: Place = {
      number: this.places.length,
      loop,
      byLetter: new Map(),
      byLetters: new Map(),
      byAny: [],
      byAnyButColon: [],
      stars: [],
      accepts: [],
      serves: new Set(),
    };
    this.places.push(made);
    return made;
  }

  private insert(glob: Glob, test: number): void {
    let at = this.root;
    at.serves.add(test);
    for (const token of glob) {
      at = this.after(at, token);
      at.serves.add(test);
    }
    at.accepts.push(test);
  }

  /** Where a token leads. */
  private after(place: Place, token: Token): Place {
    if (token.kind === 'star') {
      const loop = token.colon ? 'all' : 'no colon';
      return place.stars.find((star) => star.loop === loop) ?? this.added(place.stars, loop);
    }
    if (token.kind === 'any') {
      const list = token.colon ? place.byAny : place.byAnyButColon;
      return list[0] ?? this.added(list);
    }
    const before = place.byLetters.get(token.letters);
    if (before) return before;
    const made = this.place(undefined);
    place.byLetters.set(token.letters, made);
    for (const letter of token.letters) place.byLetter.set(letter, [...(place.byLetter.get(letter) ?? []), made]);
    return made;
  }

  private added(list: Place[], loop?: Place['loop']): Place {
    const made = this.place(loop);
    list.push(made);
    return made;
  }

  /** The places with those reached without reading, without what serves only tests that are settled. */
  private state(reached: readonly Place[], settledBefore: ReadonlySet<number>): State {
    const all = new Set<Place>();
    const add = (place: Place): void => {
      if (all.has(place)) return;
      all.add(place);
      place.stars.forEach(add);
    };
    reached.forEach(add);
    let settled = settledBefore;
    for (const place of all)
      if (place.loop === 'all' && place.accepts.some((test) => !settled.has(test)))
        settled = new Set([...settled, ...place.accepts]);
    const open = settled.size === 0 ? [...all] : [...all].filter(({ serves }) => !isWithin(serves, settled));
    const places = open.sort((a, b) => a.number - b.number);
    const key = `${places.map(({ number }) => number).join()}|${[...settled].sort((a, b) => a - b).join()}`;
    return { places, settled, key };
  }
}

function isWithin(some: ReadonlySet<number>, others: ReadonlySet<number>): boolean {
  for (const one of some) if (!others.has(one)) return false;
  return true;
}
