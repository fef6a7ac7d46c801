/**
 * Third net: every leaf no catalogue row names is read for places. Silent where a place is only mentioned: names, tags,
 * descriptions, Deny statements. Also reports properties nobody assessed, and resources abroad that are handed a store.
 */
import { propertyIsKnown, rowsOf, structuralReason, verdictOf } from '../../catalogue';
import type { StructuralReason } from '../../catalogue';
import type { Leaf, Resource } from '../../template';
import { describe, textOf } from '../../template';
import { findRegion } from '../../geo';
import type { Draft } from '../draft';
import { fullLabel } from '../labels';
import { unknown } from '../opinion';
import { normaliseCode } from '../places';
import type { Premises } from '../premises';
import { holdsData, referencesIn } from '../stores';
import type { Survey } from '../survey';
import { placesNamed } from './tokens';

/** Last segment of a path that only names or describes. */
const MENTIONS =
  /(?:^|\.)(?:Tags|TagList|HostedZoneTags|BackupVaultTags|Description|Comment|Metadata|Sid|[A-Za-z]*(?<!Service)Name|Name|Label|Title)(?:$|[.[])/;
const HEALTH_CHECK_REGIONS = /^AWS::Route53::HealthCheck$/;

/** Reasons that make a place in a property a mere mention: it names, describes, selects, or says where data comes from. */
const MENTIONING: ReadonlySet<StructuralReason> = new Set([
  'naming',
  'text',
  'tag',
  'inbound',
  'filter',
  'schema',
  'schedule',
]);

interface PathFacts {
  /** The property names, describes or points to where data comes from. */
  readonly mentions: boolean;
  readonly judgedByRow: boolean;
  readonly known: boolean;
}

const FACTS = new Map<string, Map<string, PathFacts>>();

/** What the catalogue knows of a property, by type and path without indices; kept, because few paths are distinct. */
function factsOf(type: string, path: string): PathFacts {
  const bare = path.replace(/\[\d+\]/g, '[]');
  let ofType = FACTS.get(type);
  if (!ofType) FACTS.set(type, (ofType = new Map()));
  const kept = ofType.get(bare);
  if (kept) return kept;
  const patterns = rowsOf(type).flatMap((row) => row.paths);
  const facts: PathFacts = {
    judgedByRow: patterns.some((pattern) => bare === pattern || covers(pattern, bare)),
    known: propertyIsKnown(type, path),
    mentions: MENTIONING.has(structuralReason(type, bare)!),
  };
  ofType.set(bare, facts);
  return facts;
}

/** True when `path` is the pattern or lies beneath it; `{}` stands for any key. */
function covers(pattern: string, path: string): boolean {
  const source = pattern
    .split(/(\[\]|\.?\{\})/)
    .map((part) =>
      part === '[]' ? '(?:\\[\\])?' : /\{\}/.test(part) ? '\\.[^.[]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${source}(?:$|[.[])`).test(path);
}

/** Findings of the sweep for one resource. */
export function sweep(resource: Resource, survey: Survey, premises: Premises): readonly Draft[] {
  const surveyed = survey.of(resource);
  if (!surveyed) return [];
  const drafts: Draft[] = [];
  const assessed = verdictOf(resource.type)?.verdict === 'assessed';
  // Roles stand in no Region; what they allow is judged by their statements.
  const abroad = premises.home(resource).verdict !== 'inside' && !resource.type.startsWith('AWS::IAM::');
  const unread = new Set<string>();
  const denied = deniedStatements(surveyed.leaves);
  for (const leaf of surveyed.leaves) {
    if (denied.some((prefix) => leaf.path.startsWith(prefix))) continue;
    const facts = factsOf(resource.type, leaf.path);
    if (abroad && !(facts.judgedByRow && holdsData(resource))) drafts.push(...pulls(resource, leaf, premises));
    if (facts.judgedByRow) continue;
    if (assessed && !facts.known) {
      const property = leaf.path.split(/[.[]/)[0]!;
      if (!unread.has(property)) drafts.push(notAssessed(resource, leaf, property));
      unread.add(property);
    }
    if (!facts.mentions) drafts.push(...named(resource, leaf, premises));
  }
  return drafts;
}

function named(resource: Resource, leaf: Leaf, premises: Premises): readonly Draft[] {
  if (HEALTH_CHECK_REGIONS.test(resource.type)) return [];
  const mentions = MENTIONS.test(leaf.path);
  return leaf.possible.flatMap((possible) => {
    const text = describe(possible.value);
    // A name may mention a Region; a property that is nothing but a Region code is a destination whatever it is called.
    if (mentions && !findRegion(normaliseCode(textOf(possible.value) ?? ''))) return [];
    return placesNamed(text, premises)
      .filter((opinion) => opinion.verdict !== 'inside')
      .map((opinion) => ({
        rule: 'value-sweep',
        channel: 'export' as const,
        resource,
        store: resource,
        path: leaf.path,
        opinion: {
          ...opinion,
          because: `\`${leaf.path}\`, which no row of the catalogue judges, names ${opinion.because}`,
        },
        origin: possible.origin,
        remedy: 'Remove the place, or have the property assessed in the catalogue.',
        ...(leaf.line === undefined ? {} : { line: leaf.line }),
      }));
  });
}

function notAssessed(resource: Resource, leaf: Leaf, property: string): Draft {
  return {
    rule: 'property-not-assessed',
    channel: 'arbitrary-code',
    resource,
    store: resource,
    path: leaf.path,
    opinion: unknown(`the property ${property} of ${resource.type} is not assessed`, { value: property }),
    origin: [],
    remedy: 'Correct the name of the property, or have it assessed in the catalogue.',
    ...(leaf.line === undefined ? {} : { line: leaf.line }),
  };
}

/** A resource outside that is handed the identity of a store inside can pull from it. */
function pulls(resource: Resource, leaf: Leaf, premises: Premises): readonly Draft[] {
  const home = premises.home(resource);
  return leaf.possible.flatMap(({ value, origin }) => {
    const targets = new Set([
      ...referencesIn(value).map((reference) => reference.resource),
      ...(value.kind === 'text' && value.text.length > 2 ? premises.denoted(value) : []),
    ]);
    return [...targets]
      .filter((target) => target !== resource && holdsData(target) && premises.home(target).verdict === 'inside')
      .map((target) => ({
        rule: 'pulled-from-abroad',
        channel: 'export' as const,
        resource,
        store: target,
        path: leaf.path,
        opinion: {
          place: home.place,
          verdict: home.verdict,
          because: `${fullLabel(resource)} in ${home.because}, which is handed its identity`,
        },
        origin,
        remedy: 'Move the resource into the Region of the store, or take the store out of its reach.',
        ...(leaf.line === undefined ? {} : { line: leaf.line }),
      }));
  });
}

/** Paths of statements that deny: what they name is what may not be reached. */
function deniedStatements(leaves: readonly Leaf[]): readonly string[] {
  return leaves
    .filter((leaf) => leaf.path.endsWith('.Effect') && leaf.possible.every(({ value }) => textOf(value) === 'Deny'))
    .map((leaf) => `${leaf.path.slice(0, -'Effect'.length)}`);
}
