/**
 * One pass over every value of the application: which resources refer to which, and which texts may name a place. What
 * needs all values (touched stores, value sweep, unknown properties) reads from here. Properties are walked as they are
 * written; only where a value depends on conditions, or something may be found, are leaves made of them.
 */
import { roleOf } from '../catalogue';
import { findRegion } from '../geo';
import type { Leaf, Resolved, Resource } from '../template';
import { describe, textOf, walkPlainly } from '../template';
import { normaliseCode } from './places';
import { holdsData, referencesIn } from './stores';
import type { PropertyPlace } from './sweep/property-place';
import { factsOf, placesOf } from './sweep/property-place';
import { mayNamePlaces } from './sweep/tokens';

/** Actions that hand out the contents of a store when they are allowed on resources no template names. */
const READS_CONTENT =
  /^(\*|(s3|s3express|dynamodb|secretsmanager|sqs|kinesis|rds-data|kms|glue|athena|ssm|es|aoss|redshift-data|logs|backup|elasticfilesystem|ebs|ec2|rds):(\*|Get|BatchGet|Query|Scan|PartiQL|Select|Receive|Filter|StartQuery|Decrypt|Execute|Copy|Restore|Read|Client|Create|Start|Export|Modify))/i;

const ACTION = /\.(?:Not)?Action(?:\[\d+\])?$/;
const READS_LOGS = /^(\*|logs:(\*|Get|Filter|StartQuery|StartLiveTail|Unmask|CreateExport|PutSubscription))/i;

/** What a walk over properties as they are written has shown of the texts in them. */
export interface PlainTexts {
  /** Texts that may name a place, at properties that no row judges and that do more than mention. */
  readonly texts: readonly string[];
  /** True when a property stands there that nobody assessed. */
  readonly hasUnassessed: boolean;
}

export class Surveyed {
  private lazyLeaves: readonly Leaf[] | undefined;

  constructor(
    private readonly resource: Resource,
    readonly refersTo: ReadonlySet<Resource>,
    /** True when a role it runs under is not in the judged templates. */
    readonly hasForeignRole: boolean,
    /** Absent when something in the properties depends on conditions, macros or structures that functions make. */
    readonly plain?: PlainTexts,
  ) {}

  /** Read when first asked for: of most resources nobody asks. */
  get leaves(): readonly Leaf[] {
    return (this.lazyLeaves ??= [...this.resource.leaves()]);
  }
}

export class Survey {
  private readonly judged: ReadonlySet<Resource>;
  private readonly seen = new Map<Resource, Surveyed>();
  private readonly touched = new Map<Resource, readonly Resource[]>();
  private readonly wide = new Map<Resource, boolean>();
  private lazyReferrers: ReadonlyMap<Resource, ReadonlySet<Resource>> | undefined;

  constructor(resources: readonly Resource[]) {
    this.judged = new Set(resources);
  }

  /** What was seen at a judged resource. Walked when first asked for: of one that is like another nobody may ask. */
  of(resource: Resource): Surveyed | undefined {
    const known = this.seen.get(resource);
    if (known || !this.judged.has(resource)) return known;
    const surveyed = plainly(resource) ?? leafByLeaf(resource);
    this.seen.set(resource, surveyed);
    return surveyed;
  }

  /** What refers to a resource. Turned about when first asked for: only code and network members are asked who hands them a store. */
  private referrersOf(resource: Resource): ReadonlySet<Resource> {
    this.lazyReferrers ??= this.turnedAbout();
    return this.lazyReferrers.get(resource) ?? NOTHING;
  }

  /** For each resource that something refers to, what does. */
  private turnedAbout(): ReadonlyMap<Resource, ReadonlySet<Resource>> {
    const referrers = new Map<Resource, Set<Resource>>();
    for (const resource of this.judged)
      for (const target of this.of(resource)!.refersTo) {
        const by = referrers.get(target);
        if (by) by.add(resource);
        else referrers.set(target, new Set([resource]));
      }
    return referrers;
  }

  /** True for a policy of the judged resources that allows data actions on resources it does not name one by one. */
  private isWide(policy: Resource): boolean {
    const known = this.wide.get(policy);
    if (known !== undefined) return known;
    const wide = this.judged.has(policy) && isPolicy(policy) && allowsEverywhere(policy);
    this.wide.set(policy, wide);
    return wide;
  }

  /** Stores the properties of a resource refer to directly. A log group that code only writes its own events to is none. */
  storesReferredBy(resource: Resource): readonly Resource[] {
    const known = this.touched.get(resource);
    if (known) return known;
    const touched = this.findStores(resource);
    this.touched.set(resource, touched);
    return touched;
  }

  private findStores(resource: Resource): readonly Resource[] {
    const found = [...(this.of(resource)?.refersTo ?? [])].filter((one) => one !== resource && holdsData(one));
    if (!found.some((one) => one.type === 'AWS::Logs::LogGroup')) return found;
    const writesOnly = roleOf(resource.type) === 'compute' || (isPolicy(resource) && !this.readsLogs(resource));
    return writesOnly ? found.filter((one) => one.type !== 'AWS::Logs::LogGroup') : found;
  }

  private readsLogs(policy: Resource): boolean {
    const actions = (this.of(policy)?.leaves ?? []).filter((leaf) => ACTION.test(leaf.path));
    return actions.some((leaf) => leaf.possible.some(({ value }) => READS_LOGS.test(textOf(value) ?? '*')));
  }

  /**
   * Whether code or a network member can come by the contents of a store: by what it refers to, what refers to it, or
   * what the roles it runs under allow. Anything that cannot be read counts as yes.
   */
  mayTouchStores(resource: Resource): boolean {
    const own = this.of(resource);
    if (!own || own.hasForeignRole) return true;
    const holders = [resource, ...this.referrersOf(resource)];
    if (holders.some((one) => this.storesReferredBy(one).length > 0 || (one !== resource && holdsData(one))))
      return true;
    const roles = [...own.refersTo].filter(
      (one) => one.type === 'AWS::IAM::Role' || one.type === 'AWS::IAM::InstanceProfile',
    );
    return roles.some((role) => this.roleTouchesStores(role, new Set()));
  }

  private roleTouchesStores(role: Resource, visited: Set<Resource>): boolean {
    if (visited.has(role)) return false;
    visited.add(role);
    const policies = [...this.referrersOf(role)].filter(isPolicy);
    const attached = [...(this.of(role)?.refersTo ?? [])].filter(isPolicy);
    return [role, ...policies, ...attached].some(
      (one) =>
        this.isWide(one) ||
        this.storesReferredBy(one).length > 0 ||
        (one !== role && one.type === 'AWS::IAM::Role' && this.roleTouchesStores(one, visited)),
    );
  }
}

const NOTHING: ReadonlySet<Resource> = new Set();

/** Gathers what refers where, value by value. */
class Sightings {
  hasForeignRole = false;
  private found: Set<Resource> | undefined;

  constructor(private readonly resource: Resource) {}

  get refersTo(): ReadonlySet<Resource> {
    return this.found ?? NOTHING;
  }

  refer(target: Resource): void {
    (this.found ??= new Set()).add(target);
  }

  note(value: Resolved, isRole: boolean): void {
    const references = referencesIn(value);
    for (const { resource: target } of references) this.refer(target);
    if (references.length > 0 || !isRole) return;
    const denoted = this.resource.template.application.denoted(value, 'AWS::IAM::Role');
    for (const target of denoted) this.refer(target);
    if (denoted.length === 0) this.hasForeignRole = true;
  }
}

const NO_TEXTS: readonly string[] = [];

/** A reference in whose words no place can be named: nothing but letters and digits, and one dot between the two. */
const isPlainName = (value: Resolved): boolean =>
  value.kind === 'reference' && ALPHANUMERIC.test(value.resource.logicalId) && ALPHANUMERIC.test(value.attribute);

const ALPHANUMERIC = /^[A-Za-z0-9]*$/;

function plainly(resource: Resource): Surveyed | undefined {
  const sightings = new Sightings(resource);
  let texts: string[] | undefined;
  let hasUnassessed = false;
  const read = ({ facts }: PropertyPlace, text: string | undefined): void => {
    if (facts.judgedByRow) return;
    if (!facts.known) hasUnassessed = true;
    if (facts.mentions || text === undefined || !mayNamePlaces(text)) return;
    // A name may mention a Region; a property that is nothing but a Region code is a destination whatever it is called.
    if (!facts.isName || findRegion(normaliseCode(text))) (texts ??= []).push(text);
  };
  const isPlain = walkPlainly(resource, placesOf(resource.type), {
    literal: (place, value) => {
      if (place.facts.isRole) sightings.note({ kind: 'text', text: String(value) }, true);
      read(place, typeof value === 'string' ? value : undefined);
    },
    computed: (place, value) => {
      sightings.note(value, place.facts.isRole);
      read(place, isPlainName(value) ? undefined : describe(value));
    },
  });
  if (!isPlain) return undefined;
  return new Surveyed(resource, sightings.refersTo, sightings.hasForeignRole, {
    texts: texts ?? NO_TEXTS,
    hasUnassessed,
  });
}

function leafByLeaf(resource: Resource): Surveyed {
  const sightings = new Sightings(resource);
  for (const leaf of resource.leaves()) {
    const { isRole } = factsOf(resource.type, leaf.path);
    for (const { value } of leaf.possible) sightings.note(value, isRole);
  }
  return new Surveyed(resource, sightings.refersTo, sightings.hasForeignRole);
}

const POLICY_TYPES = new Set([
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::Role',
  'AWS::IAM::InstanceProfile',
]);

const isPolicy = (resource: Resource): boolean => POLICY_TYPES.has(resource.type) || roleOf(resource.type) === 'policy';

/** True when a policy allows data actions on resources it does not name one by one. */
function allowsEverywhere(resource: Resource): boolean {
  for (const pattern of ['PolicyDocument.Statement[]', 'Policies[].PolicyDocument.Statement[]'])
    for (const leaf of resource.at(pattern))
      for (const { value } of leaf.possible) {
        if (value.kind !== 'map') return true;
        const texts = (key: string): readonly string[] =>
          (value.entries.get(key)?.possible ?? []).flatMap((one) =>
            one.value.kind === 'list'
              ? one.value.items.flatMap((slot) => slot.possible.map((member) => describe(member.value)))
              : [describe(one.value)],
          );
        if (texts('Effect').includes('Deny')) continue;
        const reads = value.entries.has('NotAction') || texts('Action').some((action) => READS_CONTENT.test(action));
        if (!reads) continue;
        if (value.entries.has('NotResource') || texts('Resource').some(isUnnamed)) return true;
      }
  return false;
}

/** A resource of a statement that stands for more than one declared resource: everything, a literal ARN, an open name. */
const isUnnamed = (text: string): boolean =>
  text === '*' || (text.startsWith('arn:') && !text.includes('${')) || text.includes('${?');
