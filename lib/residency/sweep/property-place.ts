/**
 * What is known of the properties of a type, as a tree that is walked beside the properties: key by key, without spelling a
 * path for every text of every resource.
 */
import { propertyIsKnown, rowsOf, structuralReason, verdictOf } from '../../catalogue';
import type { StructuralReason } from '../../catalogue';
import { nameInPath } from '../../template';
import type { Guide } from '../../template';

/** Last segment of a path that only names or describes. */
const MENTIONS =
  /(?:^|\.)(?:Tags|TagList|HostedZoneTags|BackupVaultTags|Description|Comment|Metadata|Sid|[A-Za-z]*(?<!Service)Name|Name|Label|Title)(?:$|[.[])/;

/** Last segment of a path that says under which role something runs. */
const ROLE_PROPERTY = /(?:^|\.)\w*Role(?:Arn|ARN|Name)?$/;

/** Reasons that make a place in a property a mere mention: it names, describes, selects, or says where data comes from. */
const MENTIONING: ReadonlySet<StructuralReason> = new Set([
  'naming',
  'text',
  'tag',
  'inbound',
  'filter',
  'schema',
  'schedule',
  'edge-front',
]);

/** Reasons of properties that are read by operators alone. */
const LABELLING: ReadonlySet<StructuralReason> = new Set(['naming', 'text', 'tag']);

export interface PropertyFacts {
  /** The property names, describes or points to where data comes from. */
  readonly mentions: boolean;
  /** Its name says that it names or describes. */
  readonly isName: boolean;
  readonly judgedByRow: boolean;
  /** False when the type is assessed and nobody assessed this property. */
  readonly known: boolean;
  readonly isRole: boolean;
}

/** A place in the properties of a type; items of a list are one place. */
export class PropertyPlace implements Guide {
  private readonly keys = new Map<string, PropertyPlace>();
  private items: PropertyPlace | undefined;
  private lazyFacts: PropertyFacts | undefined;
  private lazyLabel: boolean | undefined;

  constructor(
    private readonly type: string,
    /** Without indices: `Rules[].Destination`. */
    private readonly path: string,
  ) {}

  key(name: string): PropertyPlace {
    const known = this.keys.get(name);
    if (known) return known;
    const below = new PropertyPlace(this.type, nameInPath(this.path, name));
    // Maps of the user's own have keys without end; what is kept of them is bounded.
    if (this.keys.size < KEPT_KEYS) this.keys.set(name, below);
    return below;
  }

  item(): PropertyPlace {
    return (this.items ??= new PropertyPlace(this.type, `${this.path}[]`));
  }

  get facts(): PropertyFacts {
    return (this.lazyFacts ??= factsAt(this.type, this.path));
  }

  /** The property only names, describes or tags, and no row reads it, not even beside another. */
  get isLabel(): boolean {
    return (this.lazyLabel ??= this.mayBeLabel());
  }

  private mayBeLabel(): boolean {
    const { judgedByRow, isRole } = this.facts;
    const reason = structuralReason(this.type, this.path);
    return LABELLING.has(reason!) && !judgedByRow && !isRole && !isReadBeside(this.type, this.path);
  }
}

const KEPT_KEYS = 2_000;
const ROOTS = new Map<string, PropertyPlace>();

/** The root of the properties of a type. */
export function placesOf(type: string): PropertyPlace {
  const known = ROOTS.get(type);
  if (known) return known;
  const root = new PropertyPlace(type, '');
  ROOTS.set(type, root);
  return root;
}

const FACTS = new Map<string, Map<string, PropertyFacts>>();

/** What the catalogue knows of the property at a path, with or without indices. */
export function factsOf(type: string, path: string): PropertyFacts {
  const bare = path.replace(/\[\d+\]/g, '[]');
  let ofType = FACTS.get(type);
  if (!ofType) FACTS.set(type, (ofType = new Map()));
  const kept = ofType.get(bare);
  if (kept) return kept;
  const facts = factsAt(type, bare);
  ofType.set(bare, facts);
  return facts;
}

function factsAt(type: string, bare: string): PropertyFacts {
  return {
    judgedByRow: isJudgedByRow(type, bare),
    known: verdictOf(type)?.verdict !== 'assessed' || propertyIsKnown(type, bare),
    mentions: MENTIONING.has(structuralReason(type, bare)!),
    isName: MENTIONS.test(bare),
    isRole: ROLE_PROPERTY.test(bare),
  };
}

/** Whether a row of the type names the property, or one of its neighbours, among its arguments. */
function isReadBeside(type: string, bare: string): boolean {
  let names = READ_BESIDE.get(type);
  if (!names) {
    const read = rowsOf(type).flatMap(({ args }) => Object.values(args ?? {}));
    names = new Set(read.flatMap((value) => (typeof value === 'string' ? [firstName(value)] : [])));
    READ_BESIDE.set(type, names);
  }
  return names.has(firstName(bare));
}

/** By type, the first names of what its rows read beside the values they judge. */
const READ_BESIDE = new Map<string, ReadonlySet<string>>();

const FIRST_END = /[.[{]/;

function isJudgedByRow(type: string, bare: string): boolean {
  const begins = firstName(bare);
  return judgedPatterns(type).some(
    // Nearly every pattern begins with another name, and its expression need not even be made.
    (one) =>
      (one.first === begins || NO_NAME.test(one.first)) &&
      (bare === one.text || (one.covers ??= covering(one.text)).test(bare)),
  );
}

const firstName = (path: string): string => path.split(FIRST_END)[0]!;
/** A pattern that begins with any key, or with a quoted one. */
const NO_NAME = /^(?:$|["*])/;

interface JudgedPattern {
  readonly text: string;
  readonly first: string;
  covers?: RegExp;
}

const JUDGED = new Map<string, readonly JudgedPattern[]>();

/** The patterns of all rows of a type. */
function judgedPatterns(type: string): readonly JudgedPattern[] {
  const known = JUDGED.get(type);
  if (known) return known;
  const patterns = [...new Set(rowsOf(type).flatMap((row) => row.paths))];
  const made = patterns.map((text) => ({ text, first: firstName(text) }));
  JUDGED.set(type, made);
  return made;
}

/** Matches what is the pattern or lies beneath it; `{}` stands for any key. */
function covering(pattern: string): RegExp {
  const source = pattern
    .split(/(\[\]|\.?\{\})/)
    .map((part) =>
      part === '[]' ? '(?:\\[\\])?' : /\{\}/.test(part) ? '\\.[^.[]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${source}(?:$|[.[])`);
}
