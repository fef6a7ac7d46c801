/** Which layer alone carries which invariant, as docs/proof-layers.md. */
import { INVARIANTS, prove } from '../../../lib/proof';
import type { EnclavePolicies } from '../../../lib/proof/policy/enclave-policies';
import { FALLS } from './fall';

/** Slugs of the invariants that do not hold of these policies. */
function broken(policies: EnclavePolicies, invariants: typeof INVARIANTS): ReadonlySet<string> {
  const { results } = prove(policies, invariants);
  return new Set(
    results.filter(({ answers }) => answers.some(({ verdict }) => verdict === 'refuted')).map(({ slug }) => slug),
  );
}

/** @throws Error when an invariant does not hold of the policies as they are */
export function layersPage(policies: EnclavePolicies): string {
  // What is about nothing in the assembly rests on nothing.
  const invariants = INVARIANTS.filter(({ scopes }) => scopes(policies).length > 0);
  const already = broken(policies, invariants);
  if (already.size > 0) throw new Error(`${[...already].join(', ')}: refuted as it is; no layer carries it.`);
  const layers = Object.keys(FALLS);
  const fallen = new Map(layers.map((layer) => [layer, broken(FALLS[layer]!(policies), invariants)]));
  const rows = invariants.map(({ slug }) => {
    const alone = layers.filter((layer) => fallen.get(layer)!.has(slug));
    return { slug, carried: alone.length === 0 ? 'any one may fall' : alone.join('; ') };
  });
  const count = (layer: string): number => fallen.get(layer)!.size;
  const spare = rows.filter(({ carried }) => carried === 'any one may fall').length;
  return `${[
    '# Which layer alone carries which invariant',
    '',
    'Written by `npx ts-node scripts/proof/layers.ts cdk.out`. Each kind of policy in turn is taken to hold nothing back (denials',
    'dropped, conditions of trust dropped, boundaries and endpoint policies absent) and everything is proved again. An invariant that',
    'is refuted then rests on that layer: the others do not hold it. Two in one row: each is needed.',
    '',
    '| Layer that falls | Invariants that fall with it |',
    '| --- | --- |',
    ...layers.map((layer) => `| ${layer} | ${count(layer)} of ${invariants.length} |`),
    '',
    `${spare} invariants hold when any single layer falls.`,
    '',
    '| Invariant | Rests on |',
    '| --- | --- |',
    ...rows.map(({ slug, carried }) => `| ${slug} | ${carried} |`),
  ].join('\n')}\n`;
}
