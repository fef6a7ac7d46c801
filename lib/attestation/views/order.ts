import type { AttestedClaim, ClaimVerdict } from '../model';

/** Claims of one group that share verdict, reason and remedy, so that one cause is told once. */
export interface Told {
  readonly first: AttestedClaim;
  readonly claims: readonly AttestedClaim[];
}

const RANK: Record<ClaimVerdict, number> = { broken: 0, unseen: 1, holds: 2 };

/** The worst first, otherwise as they come. */
export const worstFirst = (claims: readonly AttestedClaim[]): AttestedClaim[] =>
  [...claims].sort((a, b) => RANK[a.verdict] - RANK[b.verdict]);

/** Claims by the stack they belong to; claims about a whole account and Region stand under that. Groups with the worst claim first. */
export function byStack(claims: readonly AttestedClaim[]): [string, AttestedClaim[]][] {
  const groups = new Map<string, AttestedClaim[]>();
  for (const claim of claims) {
    const { stack, account, region } = claim.resource;
    const where = [account, region].filter((part) => part !== undefined).join(' ');
    const title = stack === undefined ? where : where === '' ? stack : `${stack} (${where})`;
    groups.set(title, [...(groups.get(title) ?? []), claim]);
  }
  const rank = (group: readonly AttestedClaim[]): number => Math.min(...group.map(({ verdict }) => RANK[verdict]));
  return [...groups]
    .map(([title, group]): [string, AttestedClaim[]] => [title, worstFirst(group)])
    .sort(([, a], [, b]) => rank(a) - rank(b));
}

/** Folds the unseen claims of a group that have one reason into one line; broken claims are each told. */
export function told(claims: readonly AttestedClaim[]): Told[] {
  const folded = new Map<string, AttestedClaim[]>();
  for (const claim of claims) {
    const key = claim.verdict === 'unseen' ? `unseen ${claim.why}` : claim.id;
    folded.set(key, [...(folded.get(key) ?? []), claim]);
  }
  return [...folded.values()].flatMap((group) => (group[0] ? [{ first: group[0], claims: group }] : []));
}
