/**
 * Which resource of the head is which of the base. Names change: a renamed construct, a moved stack or a new logical id is
 * the same resource. Tried in turn, each step only on what the steps before left over, each key only where it is unique on
 * both sides:
 *
 *  0. type, stack, logical id, physical name and place; 1. type, physical name, account and Region; 2. type and physical
 *  name (a store that moved keeps its name); 3. type, stack and logical id, a stack that was renamed counting as the same;
 *  4. type, stack and construct path; 5. type, logical id and place, in any stack; 6. type, place and the same contents,
 *  references compared by what they lead to; 7. type and the same neighbours: it refers to, and is referred to by, the same
 *  matched resources; 8. type, place and the construct's own id.
 *
 * What no step pairs has appeared or is gone. Two resources that are paired by 4 to 8 are listed as renamed, so that a
 * reader can disagree.
 */
import type { Application, Resource } from '../../template';
import { physicalNameOf } from '../../residency/labels';
import type { NameOf } from './canonical';
import { Contents } from './contents';
import { renamedStacks } from './renamed-stacks';
import { isSameText } from './untouched';

/** A key two resources have in common, or undefined when a resource cannot be found this way. */
type Key = (resource: Resource) => string | undefined;

export interface Pair {
  readonly base: Resource;
  readonly head: Resource;
  /** Why they are taken for the same; undefined when name and place are unchanged. */
  readonly by: string | undefined;
}

const place = ({ template: { source } }: Resource): string => `${source.account ?? ''} ${source.region ?? ''}`;

const joined = (...parts: readonly (string | undefined)[]): string | undefined =>
  parts.includes(undefined) ? undefined : JSON.stringify(parts);

/** The last id of the construct's path that a person chose. */
function constructId({ constructPath }: Resource): string | undefined {
  return constructPath
    ?.split('/')
    .filter((id) => id !== 'Resource' && id !== 'Default')
    .at(-1);
}

export class Pairing {
  readonly pairs: Pair[] = [];
  private readonly names = new Map<Resource, string>();
  private readonly partner = new Map<Resource, Resource>();
  private readonly contents = new Map<Resource, Contents>();
  private base: Set<Resource>;
  private head: Set<Resource>;

  constructor(baseSide: Application, headSide: Application) {
    this.base = new Set([...baseSide.resources()].filter((resource) => resource.mayExist));
    this.head = new Set([...headSide.resources()].filter((resource) => resource.mayExist));
    const before = renamedStacks(baseSide, headSide);
    const stack = ({ template: { source } }: Resource): string => before.get(source.stackName) ?? source.stackName;
    const headOnly = this.head;
    const inBaseWords: Key = (r) =>
      joined(r.type, headOnly.has(r) ? stack(r) : r.template.source.stackName, r.logicalId);
    const pathInStack: Key = (r) => {
      const top = r.template.source.constructPath ?? r.template.source.stackName;
      const path = r.constructPath;
      return joined(r.type, headOnly.has(r) ? stack(r) : r.template.source.stackName, path?.replace(`${top}/`, ''));
    };
    this.unmovedStacks(baseSide, headSide);
    this.unique((r) => joined(r.type, physicalNameOf(r), place(r)), 'its physical name');
    this.unique((r) => joined(r.type, physicalNameOf(r)), 'its physical name');
    this.unique(inBaseWords, 'its logical id in a renamed stack');
    this.unique(pathInStack, 'its construct path');
    this.unique((r) => joined(r.type, r.logicalId, place(r)), 'its logical id in another stack');
    this.alike();
    this.neighbours();
    this.unique((r) => joined(r.type, constructId(r), place(r)), 'the id of its construct');
    this.nameTheRest();
  }

  /** One name on both sides for a resource that is the same; a name of its own for any other. */
  readonly nameOf: NameOf = (resource) => this.names.get(resource) ?? `outside ${resource.logicalId}`;

  /** The same resource on the other side. */
  partnerOf(resource: Resource): Resource | undefined {
    return this.partner.get(resource);
  }

  /** Resources of the base without a partner. */
  get gone(): ReadonlySet<Resource> {
    return this.base;
  }

  /** Resources of the head without a partner. */
  get appeared(): ReadonlySet<Resource> {
    return this.head;
  }

  contentsOf(resource: Resource): Contents {
    const known = this.contents.get(resource);
    if (known) return known;
    const read = new Contents(resource);
    this.contents.set(resource, read);
    return read;
  }

  /** A text in which resources are named by `nameOf`, as a person reads it. */
  readable(text: string): string {
    return text.replace(
      /\$\{(?:=(\d+)|[+-][^/}]*\/([A-Za-z0-9]+))((?:\.[\w.]+)?)\}/gu,
      (_whole, at, logicalId, rest) => {
        const name = at === undefined ? String(logicalId) : this.pairs[Number(at)]!.head.logicalId;
        return `\${${name}${rest === '.Ref' ? '' : String(rest)}}`;
      },
    );
  }

  private join(base: Resource, head: Resource, by: string): void {
    const name = `=${this.pairs.length}`;
    this.names.set(base, name).set(head, name);
    this.partner.set(base, head).set(head, base);
    this.base.delete(base);
    this.head.delete(head);
    const unmoved =
      base.logicalId === head.logicalId && base.template.source.stackName === head.template.source.stackName;
    this.pairs.push({ base, head, by: unmoved ? undefined : by });
  }

  /** Step 0. What it pairs, steps 1 to 3 would pair as well; but it is nearly everything, and asks for no key. */
  private unmovedStacks(baseSide: Application, headSide: Application): void {
    for (const now of headSide.templates) {
      const { stackName, region, account } = now.source;
      const [before, ...others] = baseSide.stacksNamed(stackName);
      if (!before || others.length > 0 || headSide.stacksNamed(stackName).length > 1) continue;
      if (before.source.region !== region || before.source.account !== account) continue;
      const isSame = isSameText(before, now);
      for (const head of now.resources) {
        const base = before.resource(head.logicalId);
        if (!base || base.type !== head.type || !this.base.has(base) || !this.head.has(head)) continue;
        if (isSame || physicalNameOf(base) === physicalNameOf(head)) this.join(base, head, 'its logical id');
      }
    }
  }

  private unique(key: Key, by: string): void {
    const heads = grouped(this.head, key);
    for (const [text, found] of grouped(this.base, key)) {
      const there = heads.get(text);
      if (found.length === 1 && there?.length === 1) this.join(found[0]!, there[0]!, by);
    }
  }

  /**
   * Step 6. References to what is not matched yet are written by what that says in turn, two steps deep; resources that no
   * difference tells apart are interchangeable, and are paired in the order of their names.
   */
  private alike(): void {
    if (this.base.size === 0 || this.head.size === 0) return;
    const types = new Set([...this.head].map(({ type }) => type));
    const rest = [...this.base, ...this.head].filter(({ type }) => types.has(type));
    let hashes = new Map<Resource, string>();
    for (let depth = 0; depth < 3; depth += 1) {
      const last = hashes;
      const nameOf: NameOf = (resource) => this.names.get(resource) ?? last.get(resource) ?? resource.type;
      hashes = new Map(rest.map((resource) => [resource, this.contentsOf(resource).hash(nameOf)]));
    }
    const key: Key = (resource) => joined(resource.type, place(resource), hashes.get(resource));
    const heads = grouped(this.head, key);
    for (const [text, found] of grouped(this.base, key)) {
      const there = sortedByName(heads.get(text) ?? []);
      sortedByName(found).forEach((one, index) => {
        const other = there[index];
        if (other) this.join(one, other, 'the same contents');
      });
    }
  }

  /** Step 7. */
  private neighbours(): void {
    if (this.base.size === 0 || this.head.size === 0) return;
    const names = (resources: readonly Resource[]): readonly string[] =>
      resources.map((one) => this.names.get(one)).filter((name) => name !== undefined);
    this.unique((resource) => {
      const to = names(this.contentsOf(resource).refersTo);
      return to.length === 0 ? undefined : joined(resource.type, place(resource), ...[...to].sort());
    }, 'what it refers to');
    const referrers = referrersOf([...this.base, ...this.head]);
    this.unique((resource) => {
      const by = names(referrers.get(resource) ?? []);
      return by.length === 0 ? undefined : joined(resource.type, place(resource), ...[...by].sort());
    }, 'what refers to it');
  }

  private nameTheRest(): void {
    for (const [prefix, rest] of [
      ['-', this.base],
      ['+', this.head],
    ] as const)
      for (const resource of rest)
        this.names.set(resource, `${prefix}${resource.template.source.stackName}/${resource.logicalId}`);
  }
}

/** A logical id in a reference of a template as it is written. */
const REFERENCE = /"(?:Ref|Fn::GetAtt)":(?:\["|")([A-Za-z0-9]+)/gu;

/** Which resources of the same template refer to each of these. */
function referrersOf(resources: readonly Resource[]): ReadonlyMap<Resource, readonly Resource[]> {
  const wanted = new Set(resources);
  const found = new Map<Resource, Resource[]>();
  for (const template of new Set(resources.map((one) => one.template)))
    for (const by of template.resources)
      for (const [, logicalId] of JSON.stringify(by.properties).matchAll(REFERENCE)) {
        const target = template.resource(logicalId!);
        if (target && target !== by && wanted.has(target)) found.set(target, [...(found.get(target) ?? []), by]);
      }
  return found;
}

function grouped(resources: Iterable<Resource>, key: Key): Map<string, Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    const text = key(resource);
    if (text === undefined) continue;
    const group = groups.get(text);
    if (group) group.push(resource);
    else groups.set(text, [resource]);
  }
  return groups;
}

const fullName = (resource: Resource): string => `${resource.template.source.stackName}/${resource.logicalId}`;

const sortedByName = (resources: readonly Resource[]): readonly Resource[] =>
  [...resources].sort((a, b) => (fullName(a) < fullName(b) ? -1 : 1));
