import { alternative } from './alternatives';
import { NO_ASSUMPTIONS, compatible } from './assumptions';
import { LIMITS } from './limits';
import type { LoadedTemplate } from './loaded-template';
import type { Assumptions, Json, Leaf, Possible, Presence, Resource } from './model';
import { followPlainly } from './plain-follow';
import { LeafCollection, PlainLeaf, follow, parsePattern, presence, sweep } from './pattern';
import type { LeafOwner, Step } from './pattern';
import { namingProperties } from './physical-name';
import { isObject, own } from './scalar';

const NOTHING: { [key: string]: Json } = {};
const NO_LEAVES: readonly Leaf[] = [];

export class LoadedResource implements Resource, LeafOwner {
  readonly type: string;
  readonly properties: Json;
  private byPattern: Map<string, readonly Leaf[]> | undefined;
  private worlds: readonly Assumptions[] | undefined;

  constructor(
    readonly template: LoadedTemplate,
    readonly logicalId: string,
    readonly raw: { readonly [key: string]: Json },
  ) {
    const type = own(raw, 'Type');
    this.type = typeof type === 'string' ? type : '';
    this.properties = own(raw, 'Properties') ?? NOTHING;
  }

  get condition(): string | undefined {
    return this.text('Condition');
  }

  get deletionPolicy(): string | undefined {
    return this.text('DeletionPolicy');
  }

  get updateReplacePolicy(): string | undefined {
    return this.text('UpdateReplacePolicy');
  }

  get constructPath(): string | undefined {
    return this.metadata('aws:cdk:path') ?? this.template.constructOf(this.logicalId)?.path;
  }

  get sourceLocation(): { readonly file: string; readonly line: number } | undefined {
    return this.template.constructOf(this.logicalId)?.location;
  }

  get line(): number | undefined {
    return this.template.lineOf(['Resources', this.logicalId]);
  }

  get mayExist(): boolean {
    return this.condition === undefined || this.existsWhen().length > 0;
  }

  at(pattern: string): readonly Leaf[] {
    const known = this.byPattern?.get(pattern);
    if (known) return known;
    const steps = parsePattern(pattern);
    const plain = this.plainlyAt(steps);
    if (plain) return plain;
    const found = this.collect((root, into) => follow(root, '', steps, 0, into));
    // What is written plainly is found again sooner than it is kept.
    (this.byPattern ??= new Map<string, readonly Leaf[]>()).set(pattern, found);
    return found;
  }

  leaves(): Iterable<Leaf> {
    return this.collect((root, into) => sweep(root, '', into));
  }

  has(pattern: string): Presence {
    const steps = parsePattern(pattern);
    return presence(this.template.scope.evaluate(this.properties), steps, 0, NO_ASSUMPTIONS, (assumed) =>
      this.admits(assumed),
    );
  }

  physicalNames(): readonly Possible[] {
    for (const property of namingProperties(this.type)) {
      const leaf = this.at(property)[0];
      if (leaf) return leaf.possible;
    }
    return [];
  }

  /** A text of `Metadata`, as the template itself carries it. */
  metadata(key: string): string | undefined {
    const metadata = own(this.raw, 'Metadata');
    const value = isObject(metadata) ? own(metadata, key) : undefined;
    return typeof value === 'string' ? value : undefined;
  }

  /** The leaves of a pattern where nothing on the way, and nothing at its end, depends on a choice; else undefined. */
  private plainlyAt(steps: readonly Step[]): readonly Leaf[] | undefined {
    let found: Leaf[] | undefined;
    const isPlain = followPlainly(this.properties, steps, (path, node) => {
      const alternatives = this.template.scope.evaluate(node);
      const only = alternatives[0];
      if (!only || alternatives.length > 1 || only.assuming.size > 0) return false;
      if (only.value.kind === 'absent') return true;
      (found ??= []).push(new PlainLeaf(path, alternatives as readonly Possible[], this));
      return found.length < LIMITS.leaves;
    });
    return isPlain ? (found ?? NO_LEAVES) : undefined;
  }

  private text(key: string): string | undefined {
    const value = own(this.raw, key);
    return typeof value === 'string' ? value : undefined;
  }

  private collect(walk: (root: Possible, into: LeafCollection) => void): readonly Leaf[] {
    const into = new LeafCollection(this);
    for (const root of this.template.scope.evaluate(this.properties)) {
      if (root.value.kind !== 'absent') walk({ ...root, value: root.value }, into);
    }
    return into.leaves();
  }

  admits(assumed: Assumptions): boolean {
    return assumed.size === 0 || this.existsWhen().some((world) => compatible(world, assumed));
  }

  lineOf(path: string): number | undefined {
    return this.template.lineOfProperty(this, path);
  }

  presenceAt(path: string): Presence {
    return this.has(path);
  }

  /** The choices under which the resource exists. */
  private existsWhen(): readonly Assumptions[] {
    if (this.worlds) return this.worlds;
    const name = this.text('Condition');
    const truths = name === undefined ? [alternative(true)] : this.template.scope.conditions.named(name);
    return (this.worlds = truths.filter((each) => each.value).map((each) => each.assuming));
  }
}
