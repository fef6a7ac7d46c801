/** From findings to figures: a tool sees a leak when it says something else of the leaking build than of its safe twin. */
import type { Case } from '../../test/leaks/cases';
import type { ToolFinding } from './tool';

/** Per case, what a tool says, each finding once. */
export type Said = ReadonlyMap<string, ReadonlySet<string>>;

/** Sorts findings to cases by the number every stack name of the corpus begins with. */
export function byCase(findings: readonly ToolFinding[]): Said {
  const said = new Map<string, Set<string>>();
  for (const { at, what } of findings) {
    const id = /(?:^|[^a-z0-9])(c\d+)-/i.exec(at)?.[1];
    if (id === undefined) continue;
    let own = said.get(id);
    if (!own) said.set(id, (own = new Set()));
    own.add(what);
  }
  return said;
}

export interface Score {
  /** Leaving twins that are judged: the leak is written, and its twin has the same resources. */
  readonly leaks: number;
  readonly seen: number;
  /** Staying twins with a finding that their leaving twin has not. */
  readonly onlyOnStaying: number;
  readonly findingsOnLeaving: number;
  readonly findingsOnStaying: number;
}

const NOTHING: ReadonlySet<string> = new Set();

/**
 * A twin without the resource at all differs for every tool that looks at the resource, and a leak that was removed again
 * is none: neither tells whether a tool sees leaks. Nor do twins that both have to be `unknown`.
 */
export function isComparable(one: Case): boolean {
  return one.channel.manner !== 'presence' && one.whenLeaving !== 'silent' && one.whenLeaving !== one.whenStaying;
}

export function scoreOf(cases: readonly Case[], leaving: Said, staying: Said): Score {
  const comparable = cases.filter(isComparable);
  let seen = 0;
  let onlyOnStaying = 0;
  for (const { leaving: twin } of comparable) {
    const leaves = leaving.get(twin.id) ?? NOTHING;
    const stays = staying.get(twin.id) ?? NOTHING;
    if ([...leaves].some((what) => !stays.has(what))) seen += 1;
    if ([...stays].some((what) => !leaves.has(what))) onlyOnStaying += 1;
  }
  const total = (said: Said): number =>
    cases.reduce((sum, { leaving: twin }) => sum + (said.get(twin.id)?.size ?? 0), 0);
  return {
    leaks: comparable.length,
    seen,
    onlyOnStaying,
    findingsOnLeaving: total(leaving),
    findingsOnStaying: total(staying),
  };
}
