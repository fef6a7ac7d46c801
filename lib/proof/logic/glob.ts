/** Patterns of IAM as token lists, and whether a text matches one. */

/** One or more characters that are the same letter (two when case does not matter), any character, or any run of them. */
export type Token =
  | { readonly kind: 'letter'; readonly letters: string }
  | { readonly kind: 'any'; readonly colon: boolean }
  | { readonly kind: 'star'; readonly colon: boolean };

export type Glob = readonly Token[];

const letter = (character: string, ignoreCase: boolean): Token => {
  const lower = character.toLowerCase();
  const upper = character.toUpperCase();
  return { kind: 'letter', letters: ignoreCase && lower !== upper ? lower + upper : character };
};

/** Exactly this text. */
export const literal = (text: string, ignoreCase = false): Glob => [...text].map((c) => letter(c, ignoreCase));

/** `*` and `?` are wildcards; `colon` says whether they match a colon. */
export const wildcard = (text: string, ignoreCase = false, colon = true): Glob =>
  [...text].map((c) =>
    c === '*' ? { kind: 'star', colon } : c === '?' ? { kind: 'any', colon } : letter(c, ignoreCase),
  );

/** ARN operators: wildcards of the first five sections stay within their section. Undefined when it is no ARN pattern. */
export function arnPattern(text: string): Glob | undefined {
  const sections = text.split(':');
  if (sections.length < 6) return undefined;
  const head = sections.slice(0, 5).flatMap((section) => [...wildcard(section, false, false), ...literal(':')]);
  return [...head, ...wildcard(sections.slice(5).join(':'))];
}

/** Whether a token takes this character. */
export const takes = (token: Token, character: string): boolean =>
  token.kind === 'letter' ? token.letters.includes(character) : token.colon || character !== ':';

/** Positions reachable without reading: a star may match nothing. Adds to `into`. */
export function reach(glob: Glob, position: number, into: Set<number>): void {
  for (let at = position; !into.has(at); at++) {
    into.add(at);
    if (glob[at]?.kind !== 'star') return;
  }
}

/** Positions after reading one character. */
export function step(glob: Glob, positions: Iterable<number>, character: string): Set<number> {
  const next = new Set<number>();
  for (const at of positions) {
    const token = glob[at];
    if (token && takes(token, character)) reach(glob, token.kind === 'star' ? at : at + 1, next);
  }
  return next;
}

/** Whether the whole text matches. */
export function matches(glob: Glob, text: string): boolean {
  let positions = new Set<number>();
  reach(glob, 0, positions);
  for (const character of text) {
    positions = step(glob, positions, character);
    if (positions.size === 0) return false;
  }
  return positions.has(glob.length);
}
