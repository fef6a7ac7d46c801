import type { Application, Template } from '../../template';

/** Share of a stack's resources that must stand under the same logical id for it to be the same stack by another name. */
const ENOUGH = 0.5;

/** Name in the head → name in the base, for stacks that were renamed: most of their resources keep their logical ids. */
export function renamedStacks(base: Application, head: Application): ReadonlyMap<string, string> {
  const gone = without(base, head);
  const appeared = without(head, base);
  const candidates = appeared
    .flatMap((now) => gone.map((before) => ({ now, before, share: overlap(before, now) })))
    .filter(({ share }) => share >= ENOUGH)
    .sort(
      (a, b) =>
        b.share - a.share || compare(nameOf(a.now), nameOf(b.now)) || compare(nameOf(a.before), nameOf(b.before)),
    );
  const renamed = new Map<string, string>();
  const taken = new Set<string>();
  for (const { now, before } of candidates) {
    if (renamed.has(nameOf(now)) || taken.has(nameOf(before))) continue;
    renamed.set(nameOf(now), nameOf(before));
    taken.add(nameOf(before));
  }
  return renamed;
}

const nameOf = ({ source }: Template): string => source.stackName;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function without(these: Application, those: Application): readonly Template[] {
  const names = new Set(those.templates.map(nameOf));
  return these.templates.filter((template) => !names.has(nameOf(template)));
}

/** Stacks of different accounts are different stacks, whatever they hold. */
function overlap(before: Template, now: Template): number {
  if (before.source.account !== now.source.account || before.resources.length === 0) return 0;
  const same = now.resources.filter(({ logicalId, type }) => before.resource(logicalId)?.type === type).length;
  return same / Math.max(before.resources.length, now.resources.length);
}
