/**
 * What a change did not touch. Most of an application is the same before and after, so this is asked of every resource and
 * answered by texts: nothing is resolved unless a text may mean something else although it reads the same.
 */
import type { Json, Resource, Template } from '../../template';
import type { Pairing } from './pairing';

/** Words by which a resource takes values from another stack. */
const FROM_ELSEWHERE = /Fn::ImportValue|Fn::GetStackOutput|"Outputs\.|[{.]Outputs\.|\{\{resolve:/u;

/** What two texts of one template have in common. */
interface Common {
  /** Byte for byte the same, in the same place. */
  readonly whole: boolean;
  /** Everything but the resources says the same. */
  readonly around: boolean;
  /** Logical ids of resources that have another name now, are new or are gone. */
  readonly changedNames: ReadonlySet<string>;
  readonly takesFromElsewhere: boolean;
}

/** Whether two templates are the same text in the same place. */
export function isSameText(before: Template, now: Template): boolean {
  return (
    before.text !== undefined &&
    before.text === now.text &&
    before.source.region === now.source.region &&
    before.source.account === now.source.account
  );
}

export class Untouched {
  private readonly known = new Map<Resource, boolean>();
  private readonly common = new Map<Template, Map<Template, Common>>();
  private readonly names: ReadonlyMap<Template, ReadonlySet<string>>;

  constructor(private readonly pairing: Pairing) {
    this.names = changedNames(pairing);
  }

  /** True when a resource says what its partner says, and whatever it refers to is the same on both sides. */
  holds(before: Resource, now: Resource): boolean {
    const known = this.known.get(now);
    if (known !== undefined) return known;
    const found = this.compare(before, now);
    this.known.set(now, found);
    return found;
  }

  private compare(before: Resource, now: Resource): boolean {
    const { whole, around, changedNames: changed, takesFromElsewhere } = this.commonOf(before.template, now.template);
    if (!around || !this.isPassedTheSame(before.template, now.template)) return false;
    if (whole && changed.size === 0 && !takesFromElsewhere) return true;
    if (!readsTheSame(before.properties, now.properties, changed)) return false;
    return (
      !takesFromElsewhere || !FROM_ELSEWHERE.test(JSON.stringify(now.properties)) || this.meansTheSame(before, now)
    );
  }

  /** A nested stack means what its parent passes to it. */
  private isPassedTheSame(before: Template, now: Template): boolean {
    const [parent, then] = [now.source.nestedIn, before.source.nestedIn];
    if (!parent || !then) return parent === then;
    return this.pairing.partnerOf(parent) === then && this.holds(then, parent);
  }

  private meansTheSame(before: Resource, now: Resource): boolean {
    const { nameOf } = this.pairing;
    return this.pairing.contentsOf(before).hash(nameOf) === this.pairing.contentsOf(now).hash(nameOf);
  }

  private commonOf(before: Template, now: Template): Common {
    let ofBefore = this.common.get(before);
    if (!ofBefore) this.common.set(before, (ofBefore = new Map<Template, Common>()));
    let common = ofBefore.get(now);
    if (!common) ofBefore.set(now, (common = this.readCommon(before, now)));
    return common;
  }

  private readCommon(before: Template, now: Template): Common {
    const whole = isSameText(before, now);
    return {
      whole,
      around: whole || around(before) === around(now),
      changedNames: new Set([...(this.names.get(before) ?? []), ...(this.names.get(now) ?? [])]),
      takesFromElsewhere: now.text === undefined || FROM_ELSEWHERE.test(now.text),
    };
  }
}

/** Whether two values are written alike and name none of `changed`. Maps have no order. */
function readsTheSame(before: Json, now: Json, changed: ReadonlySet<string>): boolean {
  if (typeof before !== 'object' || before === null)
    return before === now && (typeof before !== 'string' || changed.size === 0 || !names(before, changed));
  if (typeof now !== 'object' || now === null) return false;
  if (Array.isArray(before)) {
    if (!Array.isArray(now) || now.length !== before.length) return false;
    for (let index = 0; index < before.length; index += 1)
      if (!readsTheSame(before[index]!, now[index]!, changed)) return false;
    return true;
  }
  if (Array.isArray(now)) return false;
  let left = 0;
  for (const key in before) {
    const there = now[key];
    if (there === undefined || !readsTheSame(before[key]!, there, changed)) return false;
    left += 1;
  }
  for (const _key in now) left -= 1;
  return left === 0;
}

/** Whether a text names one of these as `Name`, `Name.Attribute` or `${Name…}`. */
function names(text: string, changed: ReadonlySet<string>): boolean {
  if (changed.has(text)) return true;
  const end = text.indexOf('.');
  if (end > 0 && changed.has(text.slice(0, end))) return true;
  return text.includes('${') && [...text.matchAll(SUBSTITUTED)].some(([, name]) => changed.has(name!));
}

const SUBSTITUTED = /\$\{([^.}]+)/gu;

function around({ raw, source }: Template): string {
  const { Resources: _resources, ...rest } = raw;
  return JSON.stringify([rest, source.region, source.account]);
}

/** Logical ids that mean something else on the other side, by the template that may refer to them. */
function changedNames({ pairs, gone, appeared }: Pairing): ReadonlyMap<Template, ReadonlySet<string>> {
  const found = new Map<Template, Set<string>>();
  const add = ({ template, logicalId }: Resource): void => {
    found.set(template, (found.get(template) ?? new Set<string>()).add(logicalId));
  };
  for (const { base, head, by } of pairs) if (by !== undefined) [base, head].forEach(add);
  [...gone, ...appeared].forEach(add);
  return found;
}
